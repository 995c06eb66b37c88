export function HistoryPage() {
  return <main className="plain" id="content" />
}
