import { keepFormats } from "@alternat/document"
import * as Y from "yjs"
import type { AuthorId, DocId } from "../update-log.ts"

interface Kept {
  readonly rows: { readonly seq: number; readonly author: AuthorId; readonly bytes: Uint8Array }[]
  /** the fold of the rows */
  readonly fold: Y.Doc
  readonly owners: Map<number, AuthorId>
  rulesRev: number
}

/**
 * What has been committed, kept beside the log under test and by other means: who looks for a lie asks here, not there.
 * Each thing that can't be true goes to `wrong`.
 */
export class Ledger {
  readonly wrong: string[] = []
  readonly #docs = new Map<DocId, Kept>()
  /** whose Yjs client ids are, where the test has made them */
  readonly #known = new Map<number, AuthorId>()

  open(doc: DocId, initial: Uint8Array): void {
    this.#docs.set(doc, { rows: [], fold: keepFormats(new Y.Doc()), owners: new Map(), rulesRev: 1 })
    this.record(doc, "server", initial)
  }

  /** From now on only this person may write under this id. */
  introduce(clientId: number, author: AuthorId): void {
    this.#known.set(clientId, author)
  }

  record(doc: DocId, author: AuthorId, bytes: Uint8Array): void {
    const { rows, fold, owners } = this.#of(doc)
    const before = Y.decodeStateVector(Y.encodeStateVector(fold))
    rows.push({ seq: rows.length + 1, author, bytes: bytes.slice() })
    Y.applyUpdate(fold, bytes)
    if (fold.store.pendingStructs || fold.store.pendingDs) this.wrong.push(`row ${rows.length} of ${doc} has gaps`)
    for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(fold))) {
      if (end <= (before.get(client) ?? 0)) continue
      const owner = this.#known.get(client) ?? owners.get(client) ?? author
      owners.set(client, owner)
      if (owner !== author) this.wrong.push(`row ${rows.length} of ${doc} by ${author} writes as ${owner}`)
    }
  }

  rulesRose(doc: DocId): void {
    this.#of(doc).rulesRev++
  }

  /** Where every document stands. */
  positions(): readonly { readonly doc: DocId; readonly headSeq: number; readonly rulesRev: number }[] {
    return [...this.#docs].map(([doc, { rows, rulesRev }]) => ({ doc, headSeq: rows.length, rulesRev }))
  }

  fold(doc: DocId): Y.Doc {
    return this.#of(doc).fold
  }

  rows(doc: DocId): Kept["rows"] {
    return this.#of(doc).rows
  }

  owners(doc: DocId): ReadonlyMap<number, AuthorId> {
    return this.#of(doc).owners
  }

  /** Is all of it committed? Format marks that were taken away don't count: every client does that for itself. */
  holds(doc: DocId, update: Uint8Array): boolean {
    const { store } = this.#of(doc).fold
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length, constructor } of structs)
      if (constructor !== Y.Skip && id.clock + length > Y.getState(store, id.client)) return false
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) if (!isGone(store, client, clock, clock + len)) return false
    return true
  }

  #of(doc: DocId): Kept {
    const kept = this.#docs.get(doc)
    if (!kept) throw new Error(`no document ${doc}`)
    return kept
  }
}

function isGone(store: Y.Doc["store"], client: number, from: number, to: number): boolean {
  if (to > Y.getState(store, client)) return false
  const structs = store.clients.get(client) ?? []
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= to) break
    if (!struct.deleted && !(struct instanceof Y.Item && struct.content instanceof Y.ContentFormat)) return false
  }
  return true
}
