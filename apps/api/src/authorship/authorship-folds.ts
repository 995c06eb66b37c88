import { type AuthoredClause, type AuthoredUpdate, type Authorship, createAuthorship } from "@alternat/document"
import { writtenKey } from "./author-names.ts"

/** Folds kept at most: one holds a plan with every word that was ever deleted from it. */
const KEPT = 4

export interface FoldQuestion {
  /** names the document, its epoch and the position that is asked about */
  readonly key: string
  readonly clauseId: string
  /** log position to be read at */
  readonly upTo: number
  /** the updates behind what the last answer had, none beyond `upTo` */
  readonly entries: readonly AuthoredUpdate[]
}

export type FoldAnswer =
  /** send what comes behind this position, and ask again */
  | { readonly type: "behind"; readonly seq: number }
  | { readonly type: "read"; readonly seq: number; readonly clauses: BothTexts | null }

export type BothTexts = Readonly<Record<"en" | "ru", AuthoredClause>>

/** Something that keeps folds and answers from them; on this thread or on another. */
export type AskFolds = (question: FoldQuestion) => Promise<FoldAnswer>

/**
 * Plans folded for who wrote what, live and at their versions. The first question about a plan is sent its whole log,
 * later ones only what came since. Nothing in a fold depends on who asks, so all readers share it.
 */
export function createFolds(): (question: FoldQuestion) => FoldAnswer {
  const kept = new Map<string, Authorship>()
  const foldOf = (key: string): Authorship => {
    const fold = kept.get(key) ?? createAuthorship()
    kept.delete(key)
    kept.set(key, fold)
    for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old)
    return fold
  }
  return ({ key, clauseId, upTo, entries }) => {
    const fold = foldOf(key)
    // what another asker has sent meanwhile passes as known; a fold that was let go meanwhile begins anew
    const [first] = entries
    if (first !== undefined && first.seq <= fold.seq + 1) fold.add(entries)
    return fold.seq < upTo
      ? { type: "behind", seq: fold.seq }
      : { type: "read", seq: fold.seq, clauses: readBoth(fold, clauseId) }
  }
}

function readBoth(fold: Authorship, clauseId: string): BothTexts | null {
  const en = fold.read(clauseId, "en", writtenKey)
  const ru = fold.read(clauseId, "ru", writtenKey)
  return en === null || ru === null ? null : { en, ru }
}
