import type { ClauseText } from "./clause-text.ts"
import type { Bilingual } from "./lang.ts"
import type { Proposal } from "./plan-document.ts"

/** A wording in the making, as its delegation's caucus holds it. */
export interface ReleaseDraft {
  readonly id: string
  readonly clauseId: string
  readonly kind: Proposal["kind"]
  /** `none`: releasable to both Sides; anything else stays in the delegation */
  readonly marking: string
  readonly en: ClauseText
  readonly ru: ClauseText
  readonly note: Bilingual | null
  /** the working text that it was begun from; null: of a time when that was not kept */
  readonly base?: Bilingual<ClauseText> | null
}

/** The private things that the gate looks at: the own side's drafts, and its open private threads, each with its clause. */
export interface OwnCaucus {
  readonly drafts: readonly ReleaseDraft[]
  readonly threads: readonly { readonly id: string; readonly clauseId: string }[]
}

export const isReleasable = (draft: Pick<ReleaseDraft, "marking">): boolean => draft.marking === "none"
