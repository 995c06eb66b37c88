export function HomePage() {
  return <main className="plain" id="content" />
}
