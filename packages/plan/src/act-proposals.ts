import type { StandingChange, TextEffect } from "./act-effects.ts"
import type { Decision, FoundClause, ItemFault, Scene } from "./act-parts.ts"
import { byParty, createClauseFinder, effects, fault, partyOf, refuse, refuseItems, said } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { freshClauseStanding, isClosedClause, isEmptyText } from "./clause-standing.ts"
import type { ClauseText } from "./clause-text.ts"
import { followProposal, overlapLangs } from "./follow-proposal.ts"
import type { Proposal } from "./plan-document.ts"
import { releaseFault } from "./release-draft.ts"
import type { Standing } from "./standing.ts"
import { isSamePair } from "./standing.ts"
import { textFault } from "./text-characters.ts"
import { describeFault } from "./text-replacements.ts"

/**
 * Proposals to change a clause: tabled by one side, accepted by the other's consent to the very same words. Longer
 * than a module should be: it is one life from tabling to consent, and each refusal is worded here, in both languages.
 */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>

const clauseGone = () =>
  refuse(
    409,
    "unknown_clause",
    "There is no such clause (any more): reload the plan.",
    "Такого пункта нет или он снят: обновите план.",
  )
const staleBase = () =>
  refuse(
    409,
    "stale_hash",
    "The text has changed since: read it again and repeat.",
    "Текст с тех пор изменился: прочтите его заново и повторите.",
  )
const noProposal = () =>
  refuse(
    409,
    "unknown_proposal",
    "This proposal is no longer open: reload the plan.",
    "Это предложение уже не открыто: обновите план.",
  )
const otherSides = () =>
  refuse(
    403,
    "not_your_proposal",
    "Only the side that tabled a proposal revises or withdraws it.",
    "Изменить или отозвать предложение может только внесшая его Сторона.",
  )

const wordsOf = (text: ClauseText): readonly string[] =>
  text.flatMap((block) =>
    ("p" in block ? [block.p] : block.list).flatMap((inlines) =>
      inlines.flatMap((inline) => (typeof inline === "string" ? [inline] : "em" in inline ? [inline.em] : [])),
    ),
  )

const checkWords = (kind: Proposal["kind"], en: ClauseText, ru: ClauseText): ReturnType<typeof refuse> | null => {
  for (const words of [...wordsOf(en), ...wordsOf(ru)]) {
    const found = textFault(words)
    if (found === null) continue
    const sign = describeFault(found)
    return refuse(422, "bad_characters", `Take this out of the text: ${sign.en}.`, `Удалите из текста: ${sign.ru}.`)
  }
  const isEmpty = isEmptyText(en) && isEmptyText(ru)
  if (kind === "delete" && !isEmpty) {
    return refuse(
      422,
      "delete_with_text",
      "A proposal to delete carries no text.",
      "Предложение об исключении не содержит текста.",
    )
  }
  if (kind !== "delete" && isEmpty) {
    return refuse(
      422,
      "empty_text",
      "Write the text in at least one language.",
      "Напишите текст хотя бы на одном языке.",
    )
  }
  return null
}

const underNegotiation = (found: FoundClause, now: string): readonly StandingChange[] =>
  found.standing.state === "tabled"
    ? [
        {
          type: "clause",
          clauseId: found.clause.id,
          standing: { ...found.standing, state: "under_negotiation", since: now },
        },
      ]
    : []

export const tableProposal = (act: Of<"table_proposal">, scene: Scene): Decision => {
  const found = createClauseFinder(scene)(act.clauseId)
  if (found === null) return clauseGone()
  if (!isSamePair(found.hash, act.base)) return staleBase()
  const wrong = checkWords(act.kind, act.en, act.ru) ?? releaseFault(act, { kind: act.kind, ...found }, scene)
  if (wrong !== null) return wrong
  const { draftId, en, ru, kind, note, clauseId } = act
  if (kind === "replace" && isSamePair(scene.hashes.clausePair({ ...found.clause, en, ru }), found.hash)) {
    return refuse(422, "no_change", "The proposal says what the text already says.", "Предложение совпадает с текстом.")
  }
  const proposal: Proposal = {
    id: scene.newId(),
    clauseId,
    party: scene.party,
    kind,
    base: found.hash,
    baseText: { en: found.clause.en, ru: found.clause.ru },
    status: "open",
    en,
    ru,
    note,
    openedAt: scene.now,
    closedAt: null,
  }
  const text: TextEffect[] = [{ type: "put_proposal", proposal }]
  if (draftId !== null) text.push({ type: "remove_draft", party: scene.party, draftId })
  return effects({
    standing: underNegotiation(found, scene.now),
    text,
    events: [
      {
        kind: "table_proposal",
        subject: { type: "clause", id: clauseId },
        summary: byParty(scene, `proposal on ${found.label.en} tabled`, `внесено предложение (${found.label.ru})`),
        data: { proposal: proposal.id, hash: scene.hashes.proposalHash(proposal) },
      },
    ],
    created: { type: "proposal", id: proposal.id },
  })
}

/** A revised proposal starts from the text as it stands now. */
export const reviseProposal = (act: Of<"revise_proposal">, scene: Scene): Decision => {
  const proposal = openProposal(scene, act.proposalId)
  if (proposal === null) return noProposal()
  if (proposal.party !== scene.party) return otherSides()
  if (scene.hashes.proposalHash(proposal) !== act.hash) return staleBase()
  const found = createClauseFinder(scene)(proposal.clauseId)
  if (found === null) return clauseGone()
  if (act.base !== null && !isSamePair(act.base, found.hash)) return staleBase()
  const wrong = checkWords(proposal.kind, act.en, act.ru) ?? releaseFault(act, { kind: proposal.kind, ...found }, scene)
  if (wrong !== null) return wrong
  const { en, ru, note, draftId } = act
  const baseText = { en: found.clause.en, ru: found.clause.ru }
  const revised: Proposal = { ...proposal, en, ru, note, base: found.hash, baseText }
  const hash = scene.hashes.proposalHash(revised)
  if (hash === act.hash) {
    return refuse(422, "no_change", "The revision changes nothing.", "Новая редакция ничего не меняет.")
  }
  const text: TextEffect[] = [{ type: "put_proposal", proposal: revised }]
  if (draftId !== null) text.push({ type: "remove_draft", party: scene.party, draftId })
  return effects({
    text,
    events: [
      {
        kind: "revise_proposal",
        subject: { type: "clause", id: proposal.clauseId },
        summary: byParty(scene, `proposal on ${found.label.en} revised`, `предложение изменено (${found.label.ru})`),
        data: { proposal: proposal.id, hash },
      },
    ],
    created: { type: "proposal", id: proposal.id },
  })
}

export const withdrawProposal = (act: Of<"withdraw_proposal">, scene: Scene): Decision => {
  const proposal = openProposal(scene, act.proposalId)
  if (proposal === null) return noProposal()
  if (proposal.party !== scene.party) return otherSides()
  if (scene.hashes.proposalHash(proposal) !== act.hash) return staleBase()
  const label = createClauseFinder(scene)(proposal.clauseId)?.label ?? said("a withdrawn clause", "снятый пункт")
  return effects({
    text: [closing(proposal, "withdrawn", scene.now)],
    events: [
      {
        kind: "withdraw_proposal",
        subject: { type: "clause", id: proposal.clauseId },
        summary: byParty(scene, `proposal on ${label.en} withdrawn`, `предложение отозвано (${label.ru})`),
        data: { proposal: proposal.id, hash: act.hash },
      },
    ],
  })
}

const openProposal = (scene: Scene, id: string): Proposal | null =>
  scene.live.proposals.find((one) => one.id === id && one.status === "open") ?? null

const closing = (proposal: Proposal, status: Proposal["status"], closedAt: string): TextEffect => ({
  type: "proposal_status",
  proposalId: proposal.id,
  clauseId: proposal.clauseId,
  status,
  closedAt,
})

/** A proposal as it stands beside today's text. */
interface Accepted {
  readonly proposal: Proposal
  readonly found: FoundClause
}

/** The second side's consent: the proposal becomes the text. */
export const consentProposals = (act: Of<"consent_proposal">, scene: Scene): Decision => {
  const find = createClauseFinder(scene)
  const faults: ItemFault[] = []
  const accepted: Accepted[] = []
  const rewritten = new Set<string>()
  for (const item of act.items) {
    const judged = judgeConsent(item, scene, find)
    if ("status" in judged) faults.push(judged)
    else if (judged.proposal.kind !== "insert_after" && rewritten.has(judged.found.clause.id)) {
      faults.push(
        fault(
          item.proposalId,
          422,
          "same_clause",
          "Two proposals for one clause can't both be accepted.",
          "Нельзя принять два предложения по одному пункту.",
        ),
      )
    } else {
      if (judged.proposal.kind !== "insert_after") rewritten.add(judged.found.clause.id)
      accepted.push(judged)
    }
  }
  if (faults.length > 0) return refuseItems(act.act, faults)
  return carryOut(accepted, scene)
}

const judgeConsent = (
  item: Of<"consent_proposal">["items"][number],
  scene: Scene,
  find: (id: string) => FoundClause | null,
): ItemFault | Accepted => {
  const id = item.proposalId
  const proposal = openProposal(scene, id)
  const found = proposal === null ? null : find(proposal.clauseId)
  if (proposal === null || found === null) {
    return fault(id, 409, "unknown_proposal", "This proposal is no longer open.", "Это предложение уже не открыто.")
  }
  if (proposal.party === scene.party) {
    return fault(
      id,
      409,
      "own_proposal",
      "Your side has consented by tabling it; the other side's consent is awaited.",
      "Ваша Сторона дала согласие, внеся предложение; ожидается согласие другой Стороны.",
    )
  }
  const followed = followProposal(proposal, found.clause, found.hash, scene.mergeTexts)
  const isInsertion = proposal.kind === "insert_after"
  const isBaseKnown = isSamePair(item.base, found.hash) || (isInsertion && isSamePair(item.base, proposal.base))
  if (!isNamed(item.hash, [followed.proposal, proposal], scene) || !isBaseKnown) {
    return fault(
      id,
      409,
      "stale_hash",
      "The proposal or the text has changed since: read it again.",
      "Предложение или текст с тех пор изменились: прочтите их заново.",
    )
  }
  if (isInsertion) return { proposal, found }
  if (isClosedClause(found.standing.state)) {
    return fault(
      id,
      409,
      "clause_closed",
      `${found.label.en} is closed: a head reopens it first.`,
      `${found.label.ru} закрыт: сначала глава делегации возвращает его на обсуждение.`,
    )
  }
  return overlapLangs(followed).length > 0 ? sameWords(id, proposal, scene) : { proposal: followed.proposal, found }
}

/**
 * The hash of the proposal as shown, or that of its tabled wording: together with the named working text either of them
 * means one merge and no other.
 */
const isNamed = (hash: string, forms: readonly Proposal[], scene: Scene): boolean =>
  forms.some((form) => scene.hashes.proposalHash(form) === hash)

const sameWords = (id: string, proposal: Proposal, scene: Scene): ItemFault => {
  const { names } = partyOf(scene, proposal.party)
  return fault(
    id,
    409,
    "same_words_moved",
    `The words that it replaces have themselves changed since: ${names.en.short} has to hold it, rewrite it or withdraw it first.`,
    `Слова, которые заменяет это предложение, с тех пор изменились: сначала ${names.ru.short} подтверждает его, излагает заново или отзывает.`,
  )
}

const carryOut = (accepted: readonly Accepted[], scene: Scene): Decision => {
  const standing: StandingChange[] = []
  const text: TextEffect[] = []
  const closed = new Set(accepted.map((one) => one.proposal.id))
  const inserted = new Map<string, string>()
  let created: { type: "clause"; id: string } | null = null
  for (const { proposal, found } of accepted) {
    const clauseId = found.clause.id
    text.push(closing(proposal, "accepted", scene.now))
    if (proposal.kind === "replace") {
      const { en, ru } = proposal
      text.push({ type: "clause_text", clauseId, en, ru, dropAlternat: found.clause.alternat !== undefined })
      standing.push(changed(found.standing, clauseId, "under_negotiation", scene.now))
    } else if (proposal.kind === "insert_after") {
      const clause = { id: scene.newId(), en: proposal.en, ru: proposal.ru }
      text.push({ type: "insert_clause", sectionId: found.section.id, afterClauseId: clauseId, clause })
      standing.push({
        type: "clause",
        clauseId: clause.id,
        standing: freshClauseStanding(scene.now, "under_negotiation"),
      })
      created = { type: "clause", id: clause.id }
      inserted.set(proposal.id, clause.id)
    } else {
      text.push({ type: "clause_withdrawn", clauseId })
      standing.push(changed(found.standing, clauseId, "withdrawn", scene.now))
      for (const left of scene.live.proposals) {
        if (left.clauseId !== clauseId || left.status !== "open" || closed.has(left.id)) continue
        closed.add(left.id)
        text.push(closing(left, "superseded", scene.now))
      }
    }
  }
  const events = accepted.map(({ proposal, found }) => ({
    kind: "proposal_accepted",
    subject: { type: "clause", id: found.clause.id },
    summary: byParty(
      scene,
      `consent to the proposal on ${found.label.en}; it is now the text`,
      `согласие с предложением (${found.label.ru}); оно вошло в текст`,
    ),
    data: {
      proposal: proposal.id,
      hash: scene.hashes.proposalHash(proposal),
      ...(inserted.has(proposal.id) ? { created: inserted.get(proposal.id) } : {}),
    },
  }))
  return effects({ standing, text, events, created })
}

const changed = (
  standing: Standing["clauses"][string],
  clauseId: string,
  state: "under_negotiation" | "withdrawn",
  now: string,
): StandingChange => ({
  type: "clause",
  clauseId,
  standing: { ...standing, state, since: state === standing.state ? standing.since : now, consents: [] },
})
