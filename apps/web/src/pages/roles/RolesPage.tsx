export function RolesPage() {
  return <main className="plain" id="content" />
}
