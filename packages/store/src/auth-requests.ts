/**
 * What the library behind `/api/auth` leaves to its callers and we decide here: a changed password always ends the other
 * sessions (their sockets and streams with them), and a list of sessions never holds the tokens that are their keys.
 */
export async function withOurRules(
  request: Request,
  handle: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (request.method === "POST" && pathname.endsWith("/change-password")) return handle(await endingOthers(request))
  const reply = await handle(request)
  return pathname.endsWith("/list-sessions") && reply.ok ? withoutTokens(reply) : reply
}

async function endingOthers(request: Request): Promise<Request> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null) // no JSON: the library says so
  if (typeof body !== "object" || body === null || Array.isArray(body)) return request
  const headers = new Headers(request.headers)
  headers.delete("content-length")
  return new Request(request.url, {
    method: request.method,
    headers,
    body: JSON.stringify({ ...body, revokeOtherSessions: true }),
  })
}

async function withoutTokens(reply: Response): Promise<Response> {
  const sessions: unknown = await reply.json()
  const shown = Array.isArray(sessions) ? sessions.map(({ token: _token, ...rest }: { token?: string }) => rest) : []
  const headers = new Headers(reply.headers)
  headers.delete("content-length")
  return new Response(JSON.stringify(shown), { status: reply.status, headers })
}
