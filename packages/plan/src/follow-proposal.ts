import type { ClauseText } from "./clause-text.ts"
import type { Bilingual, Lang } from "./lang.ts"
import { LANGS } from "./lang.ts"
import type { Clause, Proposal } from "./plan-document.ts"
import type { HashPair } from "./standing.ts"
import { isSamePair } from "./standing.ts"

/** Places of a text as one string: a character, a field and the step to the next line are one each. */
export interface TextPlaces {
  readonly from: number
  readonly to: number
}

export interface MergedText {
  readonly text: ClauseText
  /** the words of the working text that moved where the wording changes them too; the merged text has the wording's */
  readonly overlaps: readonly TextPlaces[]
}

/** What `wording` changes in `base`, made in `working`. `text` has the function of this name. */
export type MergeTexts = (base: ClauseText, wording: ClauseText, working: ClauseText) => MergedText

/** A proposal as it stands beside today's working text: what is shown, and what a consent names. */
export interface FollowedProposal {
  /** its base is today's text, its wording the merge */
  readonly proposal: Proposal
  /** the working text has changed since it was tabled */
  readonly moved: boolean
  readonly overlaps: Bilingual<readonly TextPlaces[]>
}

const NONE: readonly TextPlaces[] = []
const WHOLE: readonly TextPlaces[] = [{ from: 0, to: Number.MAX_SAFE_INTEGER }]

/**
 * Tabling is the owner's consent to its wording and to every merge of it without overlap. A deletion names its clause and
 * not the words in it, an insertion the place: both follow whatever is typed.
 */
export function followProposal(
  proposal: Proposal,
  clause: Pick<Clause, Lang>,
  hash: HashPair,
  mergeTexts: MergeTexts,
): FollowedProposal {
  const none = { en: NONE, ru: NONE }
  if (proposal.kind === "insert_after") return { proposal, moved: false, overlaps: none }
  const moved = !isSamePair(proposal.base, hash)
  if (!moved) return { proposal, moved, overlaps: none }
  if (proposal.kind === "delete") return { proposal: { ...proposal, base: hash }, moved, overlaps: none }
  const merged = (lang: Lang): MergedText =>
    proposal.baseText === undefined
      ? { text: proposal[lang], overlaps: WHOLE } // of a time when the base was kept as a hash alone
      : mergeTexts(proposal.baseText[lang], proposal[lang], clause[lang])
  const [en, ru] = [merged("en"), merged("ru")]
  return {
    proposal: { ...proposal, base: hash, baseText: { en: clause.en, ru: clause.ru }, en: en.text, ru: ru.text },
    moved,
    overlaps: { en: en.overlaps, ru: ru.overlaps },
  }
}

/** The languages in which the same words moved: while there is one, nobody can consent. */
export const overlapLangs = (followed: FollowedProposal): readonly Lang[] =>
  LANGS.filter((lang) => followed.overlaps[lang].length > 0)
