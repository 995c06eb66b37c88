import { loadDoc, readClauseText } from "@alternat/document"
import type { SessionTicket } from "@alternat/room/client"
import { smallDocument } from "@alternat/room/test-support"
import { createStore, type Store } from "@alternat/store"
import { CAST, smallPlan } from "@alternat/testkit"
import type { Cluster } from "./cluster.ts"

export const CLAUSES = ["c1", "c2", "c3", "c4"] as const
const WRITERS = [CAST.headUs, CAST.drafterUs, CAST.headRu, CAST.drafterRu]
/** a fault outlives the usual quarter of an hour of no ticket here, but the tickets are not what is tried */
const TICKET_MS = 900_000

/** A plan with four clauses open to everybody, four people who may write, and a desk for their tickets. */
export class Stage {
  private constructor(
    readonly cluster: Cluster,
    readonly store: Store,
    readonly doc: string,
  ) {}

  static async set(cluster: Cluster): Promise<Stage> {
    const store = createStore({ urls: cluster.urls })
    const plan = smallPlan()
    const [shared, ...caucuses] = plan.docs
    const [open] = Object.values(plan.standing.clauses)
    if (!shared || !open) throw new Error("broken invariant: a small plan has a document and a clause")
    const bytes = smallDocument(Object.fromEntries(CLAUSES.map((id) => [id, "Text: "])))
    await store.installPlan({
      ...plan,
      docs: [
        { ...shared, updates: [{ bytes, author: "server" }], clients: [{ clientId: 1, author: "server" }] },
        ...caucuses,
      ],
      standing: { ...plan.standing, clauses: Object.fromEntries(CLAUSES.map((id) => [id, open])) },
    })
    await cluster.ask(async (sql) => {
      for (const { userId } of WRITERS) {
        await sql`insert into auth_user (id, name, email) values (${userId}, ${userId}, ${`${userId}@alternat.example`})
                  on conflict do nothing`
        await sql`insert into auth_session (id, user_id, token, expires_at)
                  values (${userId}, ${userId}, ${userId}, now() + interval '1 day')`
      }
    })
    const stored = await store.withReader(CAST.drafterUs, (tx) => tx.loadDoc(plan.id, "plan"))
    if (!stored) throw new Error("broken invariant: the plan was installed")
    return new Stage(cluster, store, stored.doc)
  }

  /** who writes as the `i`th of many */
  userOf(i: number): string {
    return WRITERS[i % WRITERS.length]?.userId ?? ""
  }

  async ticket(userId: string): Promise<SessionTicket> {
    const ticket = await this.store.withReader({ userId }, (tx) =>
      tx.issueTicket({ planId: "small", space: "plan", sessionId: userId, ttlMs: TICKET_MS }),
    )
    if (!ticket) throw new Error(`no ticket for ${userId}`)
    return ticket
  }

  /** Every word that the log holds, by a connection of its own. */
  async wordsInLog(): Promise<readonly string[]> {
    const fresh = createStore({ urls: this.cluster.urls, maxConnections: 1 })
    try {
      const stored = await fresh.log.load(this.doc)
      if (!stored) throw new Error("broken invariant: the document is in the log")
      const updates = [...(stored.snapshot ? [stored.snapshot.state] : []), ...stored.tail.map((entry) => entry.bytes)]
      const doc = loadDoc("plan", updates)
      const words = wordsOf(doc)
      doc.destroy()
      return words
    } finally {
      await fresh.close()
    }
  }

  close(): Promise<void> {
    return this.store.close()
  }
}

/** The words of all clauses, in their order. */
export const wordsOf = (doc: ReturnType<typeof loadDoc>): readonly string[] =>
  CLAUSES.flatMap((id) =>
    (readClauseText(doc, id, "en") ?? []).flatMap((block) => JSON.stringify(block).match(/\bw\d+\.\d+\b/g) ?? []),
  )
