import type { EditRules, PartyCode } from "@alternat/plan"
import type {
  AppendOutcome,
  AppendRequest,
  AuthorId,
  DocId,
  LogEntry,
  LogFeed,
  StoredDoc,
  UpdateLog,
} from "./update-log.ts"
import { StorageAwayError } from "./update-log.ts"

export interface NewMemoryDoc {
  readonly doc: DocId
  readonly planId?: string
  readonly space?: "plan" | "caucus"
  readonly party?: PartyCode | null
  readonly epoch?: number
  readonly updates?: readonly { readonly author: AuthorId; readonly bytes: Uint8Array }[]
}

/** The log without a disk: for tests, and the measure of what `UpdateLog` means. */
export interface MemoryLog extends UpdateLog, LogFeed {
  create(doc: NewMemoryDoc): void
  /** what an act does: new rules, perhaps an update of the server's, one rise of the rev, news to the feed */
  act(doc: DocId, change: { readonly rules?: Partial<EditRules>; readonly update?: Uint8Array }): void
  raiseEpoch(doc: DocId): void
  /** true: every question rejects, as if the storage could not be reached */
  away: boolean
}

interface Held {
  readonly head: Omit<StoredDoc, "headSeq" | "rulesRev" | "snapshot" | "tail" | "epoch">
  epoch: number
  rules: EditRules
  snapshot: StoredDoc["snapshot"]
  readonly rows: LogEntry[]
  headSeq: number
  readonly clients: Map<number, AuthorId>
}

export function memoryLog(options: { readonly now?: () => Date } = {}): MemoryLog {
  const now = options.now ?? (() => new Date())
  const docs = new Map<DocId, Held>()
  const listeners = new Set<Parameters<LogFeed["subscribe"]>[0]>()

  const write = (held: Held, author: AuthorId, bytes: Uint8Array): void => {
    held.headSeq++
    held.rows.push({ seq: held.headSeq, author, at: now(), bytes: bytes.slice() })
  }
  const tell = (doc: DocId, held: Held): void => {
    const news = { doc, headSeq: held.headSeq, rulesRev: held.rules.rev }
    queueMicrotask(() => {
      for (const listener of listeners) listener(news)
    })
  }
  const must = (doc: DocId): Held => {
    const held = docs.get(doc)
    if (!held) throw new Error(`no document ${doc}`)
    return held
  }

  const appendOne = (request: AppendRequest): AppendOutcome => {
    const held = docs.get(request.doc)
    if (!held) return { type: "noSuchDocument" }
    if (held.rules.rev !== request.rulesRev) return { type: "rulesChanged", rulesRev: held.rules.rev }
    const claimed = new Map<number, AuthorId>()
    for (const { clientId, author } of request.newClients) {
      const owner = held.clients.get(clientId) ?? claimed.get(clientId)
      if (owner !== undefined && owner !== author) return { type: "clientTaken", clientId }
      claimed.set(clientId, author)
    }
    for (const { clientId, author } of request.newClients) held.clients.set(clientId, author)
    const firstSeq = held.headSeq + 1
    for (const { author, bytes } of request.updates) write(held, author, bytes)
    tell(request.doc, held)
    return { type: "appended", firstSeq, lastSeq: held.headSeq }
  }

  const log: MemoryLog = {
    away: false,
    create({ doc, planId = "plan", space = "plan", party = null, epoch = 1, updates = [] }) {
      const held: Held = {
        head: { doc, planId, space, party },
        epoch,
        rules: { rev: 1, frozen: false, closedClauses: new Set(), closedLines: new Set() },
        snapshot: null,
        rows: [],
        headSeq: 0,
        clients: new Map(),
      }
      docs.set(doc, held)
      for (const { author, bytes } of updates) write(held, author, bytes)
    },
    act(doc, { rules, update }) {
      const held = must(doc)
      held.rules = { ...held.rules, ...rules, rev: held.rules.rev + 1 }
      if (update) write(held, "server", update)
      tell(doc, held)
    },
    raiseEpoch(doc) {
      const held = must(doc)
      held.epoch++
      held.rules = { ...held.rules, rev: held.rules.rev + 1 }
      tell(doc, held)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    append: (requests) => answer(log, () => requests.map(appendOne)),
    load: (doc) =>
      answer(log, () => {
        const held = docs.get(doc)
        if (!held) return null
        const { head, epoch, rules, headSeq, snapshot, rows } = held
        const tail = rows.filter((row) => row.seq > (snapshot?.seq ?? 0))
        return { ...head, epoch, rulesRev: rules.rev, headSeq, snapshot, tail }
      }),
    readAfter: (doc, seq) =>
      answer(log, () => {
        const held = docs.get(doc)
        return held ? held.rows.filter((row) => row.seq > seq) : []
      }),
    clientAuthors: (doc) => answer(log, () => new Map(docs.get(doc)?.clients)),
    rules: (doc) =>
      answer(log, () => {
        const held = docs.get(doc)
        return held ? { ...held.rules, epoch: held.epoch, headSeq: held.headSeq } : null
      }),
    compact: (doc, snapshot) =>
      answer(log, () => {
        const held = docs.get(doc)
        if (!held || snapshot.seq > held.headSeq || snapshot.seq <= (held.snapshot?.seq ?? 0)) return
        held.snapshot = snapshot
      }),
  }
  return log
}

/** Answers in a later turn, as storage does; the work itself is done at once, or not at all. */
async function answer<T>(log: MemoryLog, work: () => T): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve))
  if (log.away) throw new StorageAwayError("the storage is away")
  return work()
}
