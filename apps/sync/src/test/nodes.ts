import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { clauseFragment, initialCaucusUpdate, newDoc } from "@alternat/document"
import type { NodeBus, TicketDesk } from "@alternat/room"
import { bearer, smallDocument } from "@alternat/room/test-support"
import { createStore, type Store } from "@alternat/store"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import type { SyncService } from "../attach-face.ts"
import { attachSync } from "../attach-sync.ts"

export interface TestNode {
  readonly url: string
  readonly sync: SyncService
  readonly store: Store
  /** messages that its bus has brought it; no figure of `/metrics`, since the bus carries caucus rooms too ([API62]) */
  heard(): number
}

export interface Client {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly closed: number[]
  /** every byte that the server has sent it */
  heard(): string
}

type Space = "plan" | "caucus"
type Someone = (typeof CAST)[keyof typeof CAST]

/** Nodes of one installation, each with connections of its own to one PostgreSQL, and stock clients of them. */
export class Nodes {
  readonly #closing: (() => unknown)[] = []
  readonly #docs = new Map<string, string>()
  readonly #spaces = new Map<string, { space: Space; party: string | null }>()

  private constructor(readonly db: TestDatabase) {}

  static async open(): Promise<Nodes> {
    return new Nodes(await createTestDatabase())
  }

  /** A plan of two open clauses and both caucuses; the documents of the plan installed last are the ones that open. */
  async install(planId: string): Promise<void> {
    const contents = {
      plan: smallDocument({ "s1.c1": "One.", "s1.c2": "Two." }),
      US: initialCaucusUpdate({ drafts: [], notes: [] }, { planId, epoch: 1, clientId: 2 }),
      RU: initialCaucusUpdate({ drafts: [], notes: [] }, { planId, epoch: 1, clientId: 3 }),
    }
    const plan = smallPlan({ id: planId })
    const docs = plan.docs.map((doc) => {
      const bytes = doc.space === "plan" ? contents.plan : contents[doc.party === "US" ? "US" : "RU"]
      const clients = [1, 2, 3].map((clientId) => ({ clientId, author: "server" }))
      return { ...doc, updates: [{ bytes, author: "server" }], clients }
    })
    await this.db.store.installPlan({ ...plan, docs })
    for (const who of [CAST.headUs, CAST.headRu])
      for (const space of ["plan", "caucus"] as const) {
        const stored = await this.db.store.withReader(who, (tx) => tx.loadDoc(planId, space))
        if (!stored) throw new Error("a plan has a document for each space")
        this.#docs.set(`${space} ${who.party}`, stored.doc)
        this.#spaces.set(stored.doc, { space, party: space === "caucus" ? who.party : null })
      }
  }

  docOf(space: Space, party: string | null): string {
    return this.#docs.get(`${space} ${party}`) ?? "none"
  }

  /** One more node, on this bus. Accounts and tickets have tests of their own: here a user id is its own ticket. */
  async node(bus: NodeBus | null): Promise<TestNode> {
    const store = createStore({ urls: this.db.urls, maxConnections: 2 })
    const tickets: TicketDesk = {
      verify: async (room, userId) => {
        const [member, doc] = [Object.values(CAST).find((one) => one.userId === userId), this.#spaces.get(room)]
        if (!member || !doc || (doc.party !== null && doc.party !== member.party)) return null
        return bearer(userId, { doc: room, space: doc.space, party: member.party, roles: member.roles })
      },
      ended: async () => new Set(),
    }
    const server = createServer()
    const sync = attachSync(server, { log: store.log, feed: store.feed, tickets, bus })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    this.#closing.push(async () => {
      await sync.close()
      server.closeAllConnections()
      server.close()
      await bus?.close()
      await store.close()
    })
    await store.feed.ready
    return {
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`,
      sync,
      store,
      heard: () => bus?.stats().heard ?? 0,
    }
  }

  /** A stock provider, in sync. */
  async client(node: TestNode, who: Someone, space: Space = "plan"): Promise<Client> {
    const heard: string[] = []
    class HeardSocket extends WebSocket {
      constructor(url: string) {
        super(url)
        this.on("message", (data: Buffer) => heard.push(Buffer.from(data).toString("utf8")))
      }
    }
    const doc = newDoc(space)
    const provider = new WebsocketProvider(node.url, this.docOf(space, who.party ?? "US"), doc, {
      WebSocketPolyfill: HeardSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      params: { ticket: who.userId },
    })
    const closed: number[] = []
    provider.on("closed", ({ code }) => closed.push(code))
    this.#closing.push(() => provider.destroy())
    if (!provider.synced) await new Promise<void>((resolve) => provider.once("sync", () => resolve()))
    return { doc, provider, closed, heard: () => heard.join("\n") }
  }

  /** Ends clients and nodes, the last first, and keeps the database. */
  async clear(): Promise<void> {
    for (const close of this.#closing.splice(0).toReversed()) await close()
  }

  async close(): Promise<void> {
    await this.clear()
    await this.db.close()
  }
}

/** The words of a clause, to be typed into. */
export function wordsOf(doc: Y.Doc, clauseId = "s1.c1"): Y.XmlText {
  const paragraph = clauseFragment(doc, clauseId, "en")?.get(0)
  const words = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(words instanceof Y.XmlText)) throw new Error("a clause begins with a paragraph of words")
  return words
}

/** What the log alone gives. */
export async function replay(store: Store, doc: string): Promise<Y.Doc> {
  const replayed = newDoc("plan")
  for (const entry of await store.log.readAfter(doc, 0)) Y.applyUpdate(replayed, entry.bytes)
  return replayed
}

export const metric = (node: TestNode, name: string): number =>
  Number(new RegExp(`^alternat_sync_${name} (\\d+)$`, "m").exec(node.sync.metrics())?.[1])
