import type { Decision, ItemFault, Scene } from "./act-parts.ts"
import { fault, refuseItems } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { isEmptyText } from "./clause-standing.ts"
import type { ClauseText } from "./clause-text.ts"
import type { MergeTexts, TextPlaces } from "./follow-proposal.ts"
import { type Bilingual, LANGS, type Lang } from "./lang.ts"
import { isReleasable, type ReleaseDraft } from "./own-caucus.ts"
import type { Clause, Proposal } from "./plan-document.ts"

/**
 * The gate between a caucus and the table. It stands on the server, at the head of the caucus's log and under its lock:
 * what a delegation holds back does not leave, whatever program asks.
 */

export interface Outgoing {
  readonly en: ClauseText
  readonly ru: ClauseText
  /** the working text has changed since the draft was begun */
  readonly moved: boolean
  /** where it changed in the very words that the draft changes: the draft's words stand there */
  readonly overlaps: Bilingual<readonly TextPlaces[]>
}

/** The words that leave: what the draft changes, made in today's working text. */
export function outgoingOf(draft: ReleaseDraft, clause: Pick<Clause, Lang>, mergeTexts: MergeTexts): Outgoing {
  const overlaps = { en: [], ru: [] }
  if (draft.kind === "delete") return { en: [], ru: [], moved: false, overlaps }
  const base = draft.base ?? null
  const { en, ru } = draft
  if (draft.kind === "insert_after" || base === null) return { en, ru, moved: false, overlaps }
  const [english, russian] = [mergeTexts(base.en, en, clause.en), mergeTexts(base.ru, ru, clause.ru)]
  const isSame = (lang: Lang) => JSON.stringify(base[lang]) === JSON.stringify(clause[lang])
  return {
    en: english.text,
    ru: russian.text,
    moved: !isSame("en") || !isSame("ru"),
    overlaps: { en: english.overlaps, ru: russian.overlaps },
  }
}

type Release = Extract<Act, { act: "table_proposal" | "revise_proposal" }>

/** Why these words may not leave now, or null. The clause is the one as it stands. */
export function releaseFault(
  act: Release,
  { kind, clause }: { readonly kind: Proposal["kind"]; readonly clause: Clause },
  scene: Scene,
): Decision | null {
  const found = draftOf(act, { kind, clause }, scene)
  if (found === null) return null
  if (found === "stale") return refuseItems(act.act, [staleDraft(act.draftId ?? clause.id)])
  if (!isReleasable(found)) return refuseItems(act.act, [notReleasable(found)])
  const hanging = scene.caucus.threads.filter(
    (thread) => thread.clauseId === found.clauseId && !act.staying.includes(thread.id),
  )
  return hanging.length === 0 ? null : refuseItems(act.act, [privateThread(found, hanging.length)])
}

function draftOf(
  act: Release,
  { kind, clause }: { readonly kind: Proposal["kind"]; readonly clause: Clause },
  scene: Scene,
): ReleaseDraft | "stale" | null {
  const { hashes, caucus, mergeTexts } = scene
  const of = (draft: ReleaseDraft) => draft.clauseId === clause.id && draft.kind === kind
  if (act.draftId === null) {
    const sharing = caucus.drafts.filter((draft) => sharesText(draft, act, clause))
    return sharing.find((draft) => !isReleasable(draft)) ?? sharing[0] ?? null
  }
  const draft = caucus.drafts.find((one) => one.id === act.draftId)
  if (draft === undefined || !of(draft)) return "stale"
  if (act.draftHash !== null && hashes.draftHash(draft) !== act.draftHash) return "stale"
  const { en, ru } = outgoingOf(draft, clause, mergeTexts)
  const leaves = hashes.draftHash({ ...draft, en, ru, base: null })
  const named = hashes.draftHash({ ...draft, en: act.en, ru: act.ru, note: act.note, base: null })
  return leaves === named ? draft : "stale"
}

/**
 * The words of a draft pass the same gate without its name, whatever clause they are put to, and in a note. A language that
 * the draft leaves as the working text has it is nobody's secret.
 */
const sharesText = (draft: ReleaseDraft, act: Release, clause: Clause): boolean =>
  LANGS.some((lang) => {
    const own = draft[lang]
    if (isEmptyText(own) || isSameText(own, draft.base?.[lang]) || isSameText(own, clause[lang])) return false
    return isSameText(own, act[lang]) || (act.note?.[lang] ?? "").includes(plainOf(own))
  })

const isSameText = (a: ClauseText, b: ClauseText | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The words of a text as a person would copy them into a note. */
const plainOf = (text: ClauseText): string =>
  text
    .flatMap((block) => ("p" in block ? [block.p] : block.list))
    .map((line) => line.map((run) => (typeof run === "string" ? run : "em" in run ? run.em : "")).join(""))
    .join("\n")

const staleDraft = (id: string): ItemFault =>
  fault(
    id,
    409,
    "stale_draft",
    "The draft is no longer the one that was shown: look again at what leaves.",
    "Проект уже не тот, который был показан: еще раз просмотрите то, что передается.",
  )

const notReleasable = ({ clauseId }: ReleaseDraft): ItemFault =>
  fault(
    clauseId,
    422,
    "not_releasable",
    "The draft is marked internal and stays in the delegation until its marking is changed.",
    "Проект имеет пометку «внутреннее» и не передается, пока пометка не изменена.",
  )

const privateThread = ({ clauseId }: ReleaseDraft, count: number): ItemFault =>
  fault(
    clauseId,
    422,
    "private_thread",
    `Private comments of the delegation hang on this clause (${count}): look at them, then say that they stay, or resolve them.`,
    `К этому пункту относятся внутренние замечания делегации (${count}): просмотрите их и укажите, что они не передаются, или закройте их.`,
  )
