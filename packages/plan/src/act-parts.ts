import type { ActEffects, ActError, ActItemError, EventDraft } from "./act-effects.ts"
import type { ActName } from "./acts.ts"
import { clausePlaces } from "./clause-number.ts"
import { clauseStandingOf } from "./clause-standing.ts"
import type { MergeTexts } from "./follow-proposal.ts"
import type { HashPort } from "./hash-port.ts"
import type { Bilingual } from "./lang.ts"
import type { OwnCaucus } from "./own-caucus.ts"
import type { Actor, Party, PartyCode } from "./party.ts"
import type { Clause, LivePlan, Section } from "./plan-document.ts"
import type { Result } from "./result.ts"
import { assert, err } from "./result.ts"
import type { ClauseStanding, HashPair, Standing } from "./standing.ts"

/** Everything a decision may depend on. No clock and no random of its own: `now` and `newId` come in. */
export interface ActContext {
  readonly actor: Actor
  readonly live: LivePlan
  readonly standing: Standing
  readonly hashes: HashPort
  readonly mergeTexts: MergeTexts
  /** of the actor's own side, at the head of its log */
  readonly caucus: OwnCaucus
  /** ISO 8601, UTC */
  readonly now: string
  readonly newId: () => string
}

export type Decision = Result<ActEffects, ActError>

/** Who acts, once it is sure that they belong to one of the plan's two delegations. */
export interface Scene extends ActContext {
  readonly party: PartyCode
  readonly other: PartyCode
}

export const said = (en: string, ru: string): Bilingual => ({ en, ru })

export const refuse = (status: ActError["status"], code: string, en: string, ru: string): Result<never, ActError> =>
  err({ status, code, message: said(en, ru) })

export const notYours = (): Result<never, ActError> =>
  refuse(
    403,
    "not_your_role",
    "Your role doesn't include this act: ask a member of your delegation who holds it.",
    "Это действие не входит в ваши полномочия: обратитесь к члену делегации, который ими обладает.",
  )

/** What is wrong with one item, and whether the world has moved on (409) or the act itself can't be (422). */
export interface ItemFault extends ActItemError {
  readonly status: 409 | 422
}

export const fault = (id: string, status: 409 | 422, code: string, en: string, ru: string): ItemFault => ({
  id,
  status,
  code,
  message: said(en, ru),
})

/** A bulk act stands or falls as one: any bad item refuses it all, and all bad items are named. */
export const refuseItems = (act: ActName, faults: readonly ItemFault[]): Result<never, ActError> => {
  const first = faults[0]
  assert(first !== undefined, "a refusal of items names one")
  const items = faults.map(({ id, code, message }) => ({ id, code, message }))
  const status = faults.some((one) => one.status === 409) ? 409 : 422
  if (items.length === 1) return err({ status, code: first.code, message: first.message, items })
  return err({
    status,
    code: `${act}_refused`,
    message: said(
      `${items.length} items stand in the way; nothing was changed.`,
      `Препятствий: ${items.length}; ничего не изменено.`,
    ),
    items,
  })
}

export const partyOf = (scene: Scene, code: PartyCode): Party => {
  const party = scene.live.plan.parties.find((one) => one.code === code)
  assert(party !== undefined, "both parties are in the plan")
  return party
}

/** `US: …` / `США: …` */
export const byParty = (scene: Scene, en: string, ru: string): Bilingual => {
  const { names } = partyOf(scene, scene.party)
  return said(`${names.en.short}: ${en}`, `${names.ru.short}: ${ru}`)
}

export interface FoundClause {
  readonly section: Section
  readonly clause: Clause
  readonly hash: HashPair
  readonly standing: ClauseStanding
  /** how to name it in a sentence: `clause 17.6`, `Preamble, 2` */
  readonly label: Bilingual
}

/** Finds clauses by id, each hashed once. */
export const createClauseFinder = ({
  live,
  standing,
  hashes,
}: Pick<ActContext, "live" | "standing" | "hashes">): ((id: string) => FoundClause | null) => {
  const places = clausePlaces(live.plan)
  return (id) => {
    const place = places.get(id)
    const own = clauseStandingOf(standing, id)
    if (place === undefined || own.state === "withdrawn") return null
    const { section, clause, position, number } = place
    const label =
      number === null
        ? said(`${section.heading.en}, ${position}`, `${section.heading.ru}, ${position}`)
        : section.kind === "annex"
          ? said(`Annex ${number}`, `Приложение № ${number}`)
          : said(`clause ${number}`, `пункт ${number}`)
    return { section, clause, hash: hashes.clausePair(clause), standing: own, label }
  }
}

/** One event for one item, one for many: a hundred clauses agreed at once are one line of the story. */
export const itemsEvent = (
  scene: Scene,
  kind: string,
  items: readonly { readonly type: string; readonly id: string; readonly label: Bilingual; readonly hash: string }[],
  done: Bilingual,
  reason?: string,
): EventDraft => {
  const data = {
    items: items.map(({ type, id, hash }) => ({ type, id, hash })),
    ...(reason === undefined ? {} : { reason }),
  }
  const only = items.length === 1 ? items[0] : undefined
  if (only !== undefined) {
    const summary = byParty(scene, `${only.label.en} ${done.en}`, `${only.label.ru} — ${done.ru}`)
    return { kind, subject: { type: only.type, id: only.id }, summary, data }
  }
  const summary = byParty(scene, `${items.length} items ${done.en}`, `пунктов и позиций: ${items.length} — ${done.ru}`)
  return { kind, subject: null, summary, data }
}

export const effects = (parts: Partial<ActEffects>): Decision => ({
  ok: true,
  value: { standing: [], text: [], events: [], completed: true, created: null, ...parts },
})
