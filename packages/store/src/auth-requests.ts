import { randomBytes } from "node:crypto"
import { type Attempt, type Brake, networkOf } from "./sign-in/brake.ts"
import { createTurns } from "./sign-in/turns.ts"

export interface AuthRules {
  readonly handle: (request: Request) => Promise<Response>
  readonly brake: Brake
  /** the e-mail of the session that these headers belong to */
  readonly emailOf: (headers: Headers) => Promise<string | null>
  readonly addressHeader: string
  /** whether cookies are only to be sent over TLS */
  readonly secure: boolean
}

/** As many passwords as the thread pool hashes at once: of one account no more are tried before the first is counted. */
const TRIED_AT_ONCE = 4
/** Attempts by strangers leave half of the pool to those who have signed in before, and one address has one of them. */
const STRANGERS_AT_ONCE = 2
/** Strangers of one address who may wait for their turn; the next is asked to come back. */
const STRANGERS_WAITING = 50
const COME_BACK_S = 5
/** The library serves more, such as a route that tries a session's password: a path that we don't know is not there. */
const SERVED = new Set([
  "sign-in/email",
  "sign-out",
  "get-session",
  "list-sessions",
  "revoke-session",
  "change-password",
])
const DEVICE_COOKIE = "alternat.device"
const DEVICE_DAYS = 365

/**
 * What the library behind `/api/auth` leaves to its callers and we decide here: wrong passwords slow the next attempt, a
 * changed password always ends the other sessions (their sockets and streams with them), and a list of sessions never
 * holds the tokens that are their keys.
 */
export function withOurRules(rules: AuthRules): (request: Request) => Promise<Response> {
  const ofAccount = createTurns(TRIED_AT_ONCE)
  const ofAddress = createTurns(1, STRANGERS_WAITING)
  const ofStrangers = createTurns(STRANGERS_AT_ONCE)
  const tried = async (request: Request, attempt: Attempt, isWrong: (reply: Response) => Promise<boolean>) => {
    const seconds = await rules.brake.wait(attempt)
    if (seconds > 0) return slowedReply(seconds)
    const reply = await rules.handle(request)
    if (await isWrong(reply)) await rules.brake.failed(attempt)
    return reply
  }
  const guarded: typeof tried = async (request, attempt, isWrong) => {
    const inTurn = () => ofAccount(attempt.account, () => tried(request, attempt, isWrong))
    if (await rules.brake.knows(attempt)) return inTurn()
    const reply = await ofAddress(networkOf(attempt.address), () => ofStrangers("all", inTurn))
    return reply ?? slowedReply(COME_BACK_S)
  }
  const signIn = async (request: Request): Promise<Response> => {
    const body = await readBody(request)
    const email = body?.["email"]
    if (body === null || typeof email !== "string") return rules.handle(request)
    const attempt = attemptOf(request, email, rules)
    const reply = await guarded(withBody(request, body), attempt, async ({ status }) => status === 401)
    if (!reply.ok) return reply
    const device = attempt.device ?? randomBytes(24).toString("base64url")
    await rules.brake.succeeded({ ...attempt, device })
    return withDevice(reply, device, rules.secure)
  }
  const changePassword = async (request: Request): Promise<Response> => {
    const [body, email] = [await readBody(request), await rules.emailOf(request.headers)]
    if (body === null || email === null) return rules.handle(request)
    const ours = withBody(request, { ...body, revokeOtherSessions: true })
    return guarded(ours, attemptOf(request, email, rules), isWrongPassword)
  }
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (!SERVED.has(pathname.replace(/^.*\/api\/auth\//, ""))) return new Response(null, { status: 404 })
    if (request.method === "POST" && pathname.endsWith("/sign-in/email")) return signIn(request)
    if (request.method === "POST" && pathname.endsWith("/change-password")) return changePassword(request)
    const reply = await rules.handle(request)
    return pathname.endsWith("/list-sessions") && reply.ok ? withoutTokens(reply) : reply
  }
}

/** A form or JSON, as the library takes both; null: neither, and the library says so. */
async function readBody(request: Request): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await request.clone().text()
  if (/x-www-form-urlencoded/i.test(request.headers.get("content-type") ?? ""))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : null
  } catch {
    return null
  }
}

/** The library reads what we have read: of a body that two parsers take for two things it sees ours. */
function withBody(request: Request, body: Readonly<Record<string, unknown>>): Request {
  const headers = new Headers(request.headers)
  headers.delete("content-length")
  headers.set("content-type", "application/json")
  return new Request(request.url, { method: request.method, headers, body: JSON.stringify(body) })
}

const attemptOf = (request: Request, email: string, { addressHeader }: AuthRules): Attempt => ({
  account: email.toLowerCase(),
  address: request.headers.get(addressHeader) ?? "",
  device: deviceIn(request.headers.get("cookie") ?? ""),
})

const deviceIn = (cookies: string): string | null =>
  /(?:^|;\s*)alternat\.device=([\w-]{32})(?:;|$)/.exec(cookies)?.[1] ?? null

/** The cookie says that somebody has signed in on this device before; it opens nothing. */
function withDevice(reply: Response, device: string, secure: boolean): Response {
  const headers = new Headers(reply.headers)
  const attributes = `Path=/api/auth; Max-Age=${DEVICE_DAYS * 86_400}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`
  headers.append("set-cookie", `${DEVICE_COOKIE}=${device}; ${attributes}`)
  return new Response(reply.body, { status: reply.status, headers })
}

async function isWrongPassword(reply: Response): Promise<boolean> {
  if (reply.status !== 400) return false
  const body: unknown = await reply.clone().json()
  return (body as { readonly code?: unknown }).code === "INVALID_PASSWORD"
}

const slowedReply = (seconds: number): Response =>
  Response.json(
    { code: "SLOWED", message: "Too many wrong passwords." },
    { status: 429, headers: { "retry-after": String(seconds) } },
  )

async function withoutTokens(reply: Response): Promise<Response> {
  const sessions: unknown = await reply.json()
  const shown = Array.isArray(sessions) ? sessions.map(({ token: _token, ...rest }: { token?: string }) => rest) : []
  const headers = new Headers(reply.headers)
  headers.delete("content-length")
  return new Response(JSON.stringify(shown), { status: reply.status, headers })
}
