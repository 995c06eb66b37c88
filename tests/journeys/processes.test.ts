import path from "node:path"
import { proposalHash } from "@alternat/seal"
import type { EmbeddedPostgres } from "@alternat/store"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { type RunningPart, SECRET, startOutsidePostgres, startPart } from "./harness/parts.ts"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

const folder = temporaryFolder()
const parts: RunningPart[] = []
let database: EmbeddedPostgres
let whole: RunningServer

beforeAll(async () => {
  database = await startOutsidePostgres(path.join(folder.path, "outside"))
  whole = await startServer({
    dataDir: folder.dataDir,
    port: await freePort(),
    env: { DATABASE_URL: database.urls.owner, AUTH_SECRET: SECRET, DEMO: "on" },
  })
})
afterAll(async () => {
  await Promise.all(parts.map((part) => part.stop()))
  await whole?.stop()
  await database?.stop()
  folder.remove()
})

test("an act of the API process reaches a stock client of the sync process, and of the whole one", async () => {
  const shared = { DATABASE_URL: database.urls.owner }
  const api = await startPart("api", { ...shared, AUTH_SECRET: SECRET, DEMO: "on" })
  const sync = await startPart("sync", shared)
  parts.push(api, sync)

  const head = await Person.signIn(api.url, "head@us.example")
  const ports = [sync.port, Number(new URL(whole.url).port)]
  const [apart, together] = await Promise.all(ports.map((port) => open(head, port)))
  if (!apart || !together) throw new Error("two clients were opened")
  const { plan } = await head.get<{ plan: { sections: { clauses: { id: string }[] }[] } }>("/api/plans/demo")
  expect(plan.sections.flatMap((section) => section.clauses)).toHaveLength(140)

  const proposal = proposalsOf(apart, "s17.c2").find((one) => one.party === "US" && one.status === "open")
  if (!proposal) throw new Error("17.2 has an open U.S. proposal")
  await head.act("demo", { act: "withdraw_proposal", proposalId: proposal.id, hash: await hashOf(head, proposal.id) })
  for (const doc of [apart, together])
    await expect.poll(() => proposalsOf(doc, "s17.c2").find((one) => one.id === proposal.id)?.status).toBe("withdrawn")
})

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
