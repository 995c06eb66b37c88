export function PrioritiesPage() {
  return <main className="plain" id="content" />
}
