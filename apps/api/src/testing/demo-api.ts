import { createAuth } from "@alternat/store"
import { createTestDatabase, type TestDatabase } from "@alternat/testkit"
import type { Api } from "../app.ts"
import { createSettings } from "../config.ts"
import { apiDeps, createApi } from "../create-api.ts"
import { demoAccounts } from "../demo/accounts.ts"
import { seedDemo } from "../demo/seed-demo.ts"
import type { ApiDeps } from "../deps.ts"
import type { Exporter } from "../exports/exporter.ts"
import { plainExporter } from "./plain-exporter.ts"

const ORIGIN = "http://localhost:3000"

export interface Reply<T = unknown> {
  readonly status: number
  readonly body: T
  readonly text: string
  readonly headers: Headers
}

/** One signed-in person's way of asking. Every reply's text is kept, for tests that search all of them. */
export interface Caller {
  readonly heard: string[]
  get<T = unknown>(path: string): Promise<Reply<T>>
  post<T = unknown>(path: string, body: unknown): Promise<Reply<T>>
  patch<T = unknown>(path: string, body: unknown): Promise<Reply<T>>
  send(path: string, init: RequestInit): Promise<Reply>
  bytes(path: string): Promise<Uint8Array>
}

export interface DemoApi {
  readonly app: Api
  readonly deps: ApiDeps
  readonly database: TestDatabase
  /** what the server wrote into its log */
  readonly logged: string[]
  as(email: string, password?: string): Promise<Caller>
  readonly stranger: Caller
  close(): Promise<void>
}

/** The seeded demo, or an installation that nobody has set up, behind a real API on a real database of its own. */
export async function openDemoApi(
  o: {
    readonly exporter?: Exporter
    readonly empty?: boolean
    readonly metricsToken?: string
    readonly demo?: boolean
    readonly trustedProxies?: number
  } = {},
): Promise<DemoApi> {
  const database = await createTestDatabase()
  const { store, urls } = database
  const settings = createSettings({
    publicUrl: ORIGIN,
    demo: o.demo ?? true,
    rate: { perSecond: 10_000, burst: 10_000 },
    metricsToken: o.metricsToken ?? null,
    trustedProxies: o.trustedProxies ?? 0,
  })
  const auth = createAuth({
    url: urls.auth,
    secret: "a secret of tests, long enough to be one",
    baseUrl: ORIGIN,
    trustedOrigins: settings.trustedOrigins,
    addressHeader: "x-alternat-address",
  })
  if (!o.empty) await seedDemo({ store, auth })
  const logged: string[] = []
  const write = (fields: object, message: string) => void logged.push(JSON.stringify([message, fields]))
  const logger = { info: write, warn: write, error: write }
  const exporter = o.exporter ?? plainExporter
  const deps = apiDeps({ store, auth, settings, exporter, logger, demo: demoAccounts })
  const app = createApi(deps)
  return {
    app,
    deps,
    database,
    logged,
    as: (email, password = demoAccounts.password) => signIn(app, email, password),
    stranger: caller(app, null),
    async close() {
      await auth.close()
      await database.close()
    },
  }
}

async function signIn(app: Api, email: string, password: string): Promise<Caller> {
  const reply = await app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", origin: ORIGIN },
    body: JSON.stringify({ email, password }),
  })
  if (reply.status !== 200) throw new Error(`cannot sign in as ${email}: ${reply.status} ${await reply.text()}`)
  const cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  return caller(app, cookie)
}

function caller(app: Api, cookie: string | null): Caller {
  const heard: string[] = []
  const headers = { origin: ORIGIN, ...(cookie === null ? {} : { cookie }) }
  const send = async <T>(path: string, init: RequestInit = {}): Promise<Reply<T>> => {
    const reply = await app.request(path, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    })
    const text = await reply.text()
    heard.push(text)
    const isJson = /json/.test(reply.headers.get("content-type") ?? "")
    return { status: reply.status, body: (isJson ? JSON.parse(text) : text) as T, text, headers: reply.headers }
  }
  const withBody =
    (method: string) =>
    <T>(path: string, body: unknown) =>
      send<T>(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } })
  return {
    heard,
    get: (path) => send(path),
    post: withBody("POST"),
    patch: withBody("PATCH"),
    send,
    async bytes(path) {
      const reply = await app.request(path, { headers })
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
      return new Uint8Array(await reply.arrayBuffer())
    },
  }
}
