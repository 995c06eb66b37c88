export function VerifyPage() {
  return <main className="plain" id="content" />
}
