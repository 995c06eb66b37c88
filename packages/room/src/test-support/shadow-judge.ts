import type { AcceptedVerdict, Bearer, GuardedEdit, Verdict } from "@alternat/document"
import type { EditRules } from "@alternat/plan"
import * as Y from "yjs"
import type { Judge, MakeJudge } from "../judge.ts"
import type { AuthorId } from "../update-log.ts"

/**
 * A judge with the manners of the real guard and none of its knowledge of plans: root types whose name is in
 * `closedClauses` are closed, a client id belongs to its first user, gaps are missing.
 */
export const makeShadowJudge: MakeJudge = ({ log, authors }) => new ShadowJudge(log, new Map(authors))

class ShadowJudge implements Judge {
  #doc: Y.Doc
  #pending: { readonly update: Uint8Array; readonly newClients: readonly number[] }[] = []

  constructor(
    readonly log: () => readonly Uint8Array[],
    readonly authors: Map<number, AuthorId>,
  ) {
    this.#doc = docOf(log())
  }

  judge(update: Uint8Array, bearer: Bearer, rules: EditRules): Verdict {
    const before = Y.encodeStateAsUpdate(this.#doc)
    const vector = Y.decodeStateVector(Y.encodeStateVector(this.#doc))
    const touched = new Set<string>()
    const note = (transaction: Y.Transaction): void => {
      for (const type of transaction.changed.keys()) touched.add(rootName(this.#doc, type))
    }
    const refuse = (verdict: Verdict): Verdict => {
      this.#doc.destroy()
      this.#doc = docOf([before])
      return verdict
    }
    this.#doc.on("afterTransaction", note)
    const newClients: number[] = []
    try {
      const { to } = Y.parseUpdateMeta(update)
      Y.applyUpdate(this.#doc, update)
      for (const [client, end] of to) {
        if (end <= (vector.get(client) ?? 0)) continue
        const owner = this.authors.get(client)
        if (owner === undefined) newClients.push(client)
        else if (owner !== bearer.userId) return refuse({ type: "rejected", reason: "foreign_client", clauseId: null })
      }
    } catch {
      return refuse({ type: "rejected", reason: "malformed", clauseId: null })
    }
    this.#doc.off("afterTransaction", note)
    if (this.#doc.store.pendingStructs || this.#doc.store.pendingDs) return refuse({ type: "missing" })
    if (rules.frozen && touched.size > 0) return refuse({ type: "rejected", reason: "frozen", clauseId: null })
    for (const name of touched)
      if (rules.closedClauses.has(name)) return refuse({ type: "rejected", reason: "clause_closed", clauseId: name })
    for (const client of newClients) this.authors.set(client, bearer.userId)
    if (touched.size > 0 || newClients.length > 0) this.#pending.push({ update, newClients })
    return { type: "ok", touched: [...touched], news: update, newClients }
  }

  judgeAll(edits: readonly GuardedEdit[], rules: EditRules): readonly AcceptedVerdict[] | null {
    const before = { state: Y.encodeStateAsUpdate(this.#doc), pending: this.#pending.length }
    const accepted: AcceptedVerdict[] = []
    for (const { update, bearer } of edits) {
      const verdict = this.judge(update, bearer, rules)
      if (verdict.type === "ok") accepted.push(verdict)
    }
    if (accepted.length === edits.length) return accepted
    for (const { newClients } of this.#pending.splice(before.pending))
      for (const client of newClients) this.authors.delete(client)
    this.#doc.destroy()
    this.#doc = docOf([before.state])
    return null
  }

  commit(count: number): void {
    this.#pending.splice(0, count)
  }

  rollback(): void {
    for (const { newClients } of this.#pending.splice(0)) for (const client of newClients) this.authors.delete(client)
    this.#doc.destroy()
    this.#doc = docOf(this.log())
  }

  apply(update: Uint8Array, author: string | null): void {
    Y.applyUpdate(this.#doc, update)
    if (author !== null) for (const client of Y.parseUpdateMeta(update).to.keys()) this.authors.set(client, author)
  }

  destroy(): void {
    this.#doc.destroy()
  }
}

function docOf(parts: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const part of parts) Y.applyUpdate(doc, part)
  return doc
}

/** Yjs types are invariant in their events; a name needs none of that. */
interface Node {
  readonly _item: { readonly parent: unknown } | null
}

function rootName(doc: Y.Doc, type: unknown): string {
  let top = type as Node
  while (top._item) top = top._item.parent as Node
  for (const [name, root] of doc.share) if ((root as unknown) === top) return name
  return "?"
}
