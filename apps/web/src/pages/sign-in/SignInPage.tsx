export function SignInPage() {
  return <main className="plain" id="content" />
}
