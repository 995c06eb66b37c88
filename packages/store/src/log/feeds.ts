import type { LogFeed } from "@alternat/room"
import type { Queryable, Sql } from "../connect.ts"
import type { Hint, HintFeed } from "../contract/feeds.ts"

type News = Parameters<Parameters<LogFeed["subscribe"]>[0]>[0]

function createListeners<T>(): {
  readonly subscribe: (listener: (news: T) => void) => () => void
  readonly tell: (news: T) => void
} {
  const listeners = new Set<(news: T) => void>()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: (news) => {
      for (const listener of listeners) listener(news)
    },
  }
}

/**
 * Positions of documents, over LISTEN/NOTIFY. What happened before the connection listened was not heard: each time it
 * begins to listen, every document's position is told, and whoever is behind catches up from the log.
 */
export function createLogFeed(sql: Sql): LogFeed & { readonly start: () => Promise<void> } {
  const { subscribe, tell } = createListeners<News>()
  const tellAll = async () => {
    const rows = await sql<
      { id: string; head_seq: number; rules_rev: number }[]
    >`select id, head_seq, rules_rev from doc`
    for (const row of rows) tell({ doc: row.id, headSeq: row.head_seq, rulesRev: row.rules_rev })
  }
  const start = async () => {
    await sql.listen(
      "alternat_log",
      (payload) => {
        const positions = JSON.parse(payload) as [string, number, number][]
        for (const [doc, headSeq, rulesRev] of positions) tell({ doc, headSeq, rulesRev })
      },
      // When this read fails the database is away again, and the next reconnect repeats it.
      () => void tellAll().catch(() => undefined),
    )
  }
  return { subscribe, start }
}

export function createHintFeed(sql: Sql): HintFeed & { readonly start: () => Promise<void> } {
  const { subscribe, tell } = createListeners<Hint | { readonly type: "missed" }>()
  let connected = false
  const start = async () => {
    await sql.listen(
      "alternat_hint",
      (payload) => tell(JSON.parse(payload) as Hint),
      () => {
        if (connected) tell({ type: "missed" })
        connected = true
      },
    )
  }
  return { subscribe, start }
}

/** Goes out when the transaction commits. Never content: a hint says what to ask for again. */
export async function tellHint(sql: Queryable, hint: Hint): Promise<void> {
  await sql`select pg_notify('alternat_hint', ${JSON.stringify(hint)})`
}
