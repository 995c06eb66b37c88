export function CostsPage() {
  return <main className="plain" id="content" />
}
