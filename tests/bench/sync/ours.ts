// Our server in a process of its own: guard on, tickets checked, PostgreSQL with fsync.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { TicketBearer } from "@alternat/room"
import { attachSync } from "@alternat/sync"
import { CAST, smallPlan } from "@alternat/testkit"
import { openDatabase } from "../harness/postgres.ts"
import { clauseOf, roomUpdate, WRITERS } from "./room.ts"

const database = await openDatabase()
const { store } = database
const plan = smallPlan({ id: "bench" })
const [shared, ...caucuses] = plan.docs
const [clauseStanding] = Object.values(plan.standing.clauses)
if (!shared || !clauseStanding) throw new Error("broken invariant: a small plan has a document and a clause")
const clauses = Object.fromEntries(Array.from({ length: WRITERS }, (_, i) => [clauseOf(i), clauseStanding]))
await store.installPlan({
  ...plan,
  docs: [
    { ...shared, updates: [{ bytes: roomUpdate(), author: "server" }], clients: [{ clientId: 1, author: "server" }] },
    ...caucuses,
  ],
  standing: { ...plan.standing, clauses },
})
const stored = await store.withReader({ userId: CAST.drafterUs.userId }, (tx) => tx.loadDoc("bench", "plan"))
if (!stored) throw new Error("broken invariant: the plan was installed")

// the desk of accounts is not what is measured: a user id is its own ticket
const bearerOf = (userId: string): TicketBearer | null => {
  const member = Object.values(CAST).find((one) => one.userId === userId)
  return member
    ? {
        userId,
        sessionId: userId,
        name: userId,
        party: member.party,
        roles: member.roles,
        doc: stored.doc,
        planId: "bench",
        space: "plan",
        mayEdit: true,
        expiresAt: new Date(Date.now() + 3_600_000),
      }
    : null
}
const server = createServer()
const sync = attachSync(server, {
  log: store.log,
  feed: store.feed,
  tickets: { verify: async (_room, ticket) => bearerOf(ticket), ended: async () => new Set() },
})
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `ws://127.0.0.1:${port}/sync/${stored.doc}` })
})
process.on("message", (message) => {
  if (message === "cpu") process.send?.({ cpu: process.cpuUsage() })
  else
    void sync
      .close()
      .then(() => database.close())
      .then(() => process.exit(0))
})
