import { type ChildProcess, spawn } from "node:child_process"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { proposalHash } from "@alternat/seal"
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@alternat/store"
import postgres from "postgres"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

/** The same build, taken apart: an outside PostgreSQL, the API in one process, the sync server in another. */
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../apps/alternat/dist")
const secret = "a secret of thirty-two characters or more"
const folder = temporaryFolder()
const processes: ChildProcess[] = []
let database: EmbeddedPostgres
let whole: RunningServer

beforeAll(async () => {
  const started = await startEmbeddedPostgres({
    dataDir: path.join(folder.path, "outside"),
    log: () => {},
    fsync: false,
  })
  if (!started.ok) throw new Error(started.error.message)
  database = started.value
  // what an administrator does once for an outside database whose user may not make roles
  const url = new URL(database.adminUrl)
  const socket = url.searchParams.get("host")
  const admin = postgres({
    host: socket ?? url.hostname,
    port: Number(url.port),
    user: url.username,
    password: decodeURIComponent(url.password),
    database: "postgres",
  })
  await admin`grant alternat_app, alternat_sync, alternat_auth to alternat_owner`
  await admin.end()
  whole = await startServer({
    dataDir: path.join(folder.path, "data"),
    port: await freePort(),
    env: { DATABASE_URL: database.urls.owner, AUTH_SECRET: secret, DEMO: "on" },
  })
})
afterAll(async () => {
  for (const child of processes) child.kill("SIGTERM")
  await whole?.stop()
  await database?.stop()
  folder.remove()
})

test("an act of the API process reaches a stock client of the sync process, and of the whole one", async () => {
  const [apiPort, syncPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${apiPort}`
  await run("api.mjs", apiPort, { AUTH_SECRET: secret, DEMO: "on", PUBLIC_URL: url })
  await run("sync.mjs", syncPort)

  const head = await Person.signIn(url, "head@us.example")
  const [apart, together] = await Promise.all(
    [syncPort, Number(new URL(whole.url).port)].map((port) => open(head, port)),
  )
  if (!apart || !together) throw new Error("two clients were opened")
  const { plan } = await head.get<{ plan: { sections: { clauses: { id: string }[] }[] } }>("/api/plans/demo")
  expect(plan.sections.flatMap((section) => section.clauses)).toHaveLength(140)

  const proposal = proposalsOf(apart, "s17.c2").find((one) => one.party === "US" && one.status === "open")
  if (!proposal) throw new Error("17.2 has an open U.S. proposal")
  await head.act("demo", { act: "withdraw_proposal", proposalId: proposal.id, hash: await hashOf(head, proposal.id) })
  for (const doc of [apart, together])
    await expect.poll(() => proposalsOf(doc, "s17.c2").find((one) => one.id === proposal.id)?.status).toBe("withdrawn")
})

async function run(program: string, port: number, env: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [path.join(dist, program)], {
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: database.urls.owner,
      LOG_LEVEL: "warn",
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  })
  processes.push(child)
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          (reply) => reply.status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
}

async function open(person: Person, port: number): Promise<Y.Doc> {
  const { room, ticket } = (await (
    await person.post("/api/plans/demo/sync-ticket", { space: "plan" })
  ).json()) as Record<"room" | "ticket", string>
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, room, doc, {
    params: { ticket },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  await new Promise<void>((resolve) => provider.once("sync", () => resolve()))
  return doc
}

interface Listed {
  readonly id: string
  readonly party: string
  readonly status: string
}

function proposalsOf(doc: Y.Doc, clauseId: string): readonly Listed[] {
  const clause = doc.getMap("clauses").get(clauseId) as Y.Map<Y.Map<Omit<Listed, "id">>> | undefined
  return [...(clause?.get("proposals")?.entries() ?? [])].map(([id, value]) => ({ ...value, id }))
}

async function hashOf(person: Person, proposalId: string): Promise<string> {
  const { proposals } = await person.get<{ proposals: (Parameters<typeof proposalHash>[0] & { id: string })[] }>(
    "/api/plans/demo",
  )
  const proposal = proposals.find((one) => one.id === proposalId)
  if (!proposal) throw new Error(`no proposal ${proposalId}`)
  return proposalHash(proposal)
}
