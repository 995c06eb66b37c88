export function SignOffPage() {
  return <main className="plain" id="content" />
}
