import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { clauseFragment, newDoc, readClauseText, writeFragment } from "@alternat/document"
import { ok } from "@alternat/plan"
import type { TicketDesk } from "@alternat/room"
import { bearer, smallDocument, until } from "@alternat/room/test-support"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket as NodeWebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import type * as Y from "yjs"
import { attachSync } from "./attach-sync.ts"

let db: TestDatabase
const closing: (() => unknown)[] = []
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
  await db.close()
})

async function node(): Promise<string> {
  const server = createServer()
  const { log, feed } = db.store
  // accounts and tickets have tests of their own; here a user id is its own ticket
  const tickets: TicketDesk = {
    verify: async (room, userId) => {
      const member = Object.values(CAST).find((one) => one.userId === userId)
      return member ? bearer(userId, { doc: room, party: member.party, roles: member.roles }) : null
    },
    ended: async () => new Set(),
  }
  const sync = attachSync(server, { log, feed, tickets })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  closing.push(async () => {
    await sync.close()
    server.closeAllConnections()
    server.close()
  })
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`
}

async function open(url: string, who: { readonly userId: string }) {
  const stored = await db.store.withReader(who, (tx) => tx.loadDoc("synced", "plan"))
  const doc = newDoc("plan")
  const provider = new WebsocketProvider(url, stored?.doc ?? "none", doc, {
    WebSocketPolyfill: NodeWebSocket as unknown as typeof WebSocket,
    disableBc: true,
    params: { ticket: who.userId },
  })
  const closed: number[] = []
  provider.on("closed", ({ code }) => closed.push(code))
  closing.push(() => provider.destroy())
  return { doc, provider, closed }
}

const textOf = (doc: Y.Doc, clauseId: string): string => JSON.stringify(readClauseText(doc, clauseId, "en"))
const write = (doc: Y.Doc, clauseId: string, text: string): void => {
  const fragment = clauseFragment(doc, clauseId, "en")
  if (fragment) doc.transact(() => writeFragment(fragment, [{ p: [text] }]))
}

test("[SYNC14] two nodes on one PostgreSQL: edits cross, and an act on one closes a clause on both", async () => {
  const plan = smallPlan({ id: "synced" })
  const [shared, ...caucuses] = plan.docs
  if (!shared) throw new Error("no document")
  const initial = { bytes: smallDocument({ "s1.c1": "One.", "s1.c2": "Two." }), author: "server" }
  const docs = [{ ...shared, updates: [initial], clients: [{ clientId: 1, author: "server" }] }, ...caucuses]
  await db.store.installPlan({ ...plan, docs })
  const [us, ru] = [await open(await node(), CAST.drafterUs), await open(await node(), CAST.drafterRu)]
  await until(() => us.provider.synced && ru.provider.synced)
  write(us.doc, "s1.c1", "One, by the drafter.")
  await until(() => textOf(ru.doc, "s1.c1").includes("by the drafter"))
  write(ru.doc, "s1.c1", "One, by both.")
  await until(() => textOf(us.doc, "s1.c1").includes("by both"))
  await db.store.transactAct("synced", CAST.headUs, { caucus: false }, async (tx) => {
    await tx.applyStandingChanges([{ type: "plan", status: "frozen" }])
    return ok(null)
  })
  write(us.doc, "s1.c1", "Too late.")
  await until(() => us.closed.length === 1)
  expect(us.closed).toEqual([4403])
  expect(textOf(ru.doc, "s1.c1")).toContain("by both")
}, 30_000)
