import type { StandingChange } from "./act-effects.ts"
import type { Decision, FoundClause, ItemFault, Scene } from "./act-parts.ts"
import { createClauseFinder, effects, fault, itemsEvent, refuse, refuseItems, said } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { checkCosts } from "./check-costs.ts"
import { clauseFaults } from "./clause-faults.ts"
import { lineStandingOf } from "./clause-standing.ts"
import type { CostFinding } from "./cost-table.ts"
import { costTable } from "./cost-table.ts"
import type { Bilingual } from "./lang.ts"
import type { Consent, RowStanding } from "./standing.ts"
import { isSamePair, pairKey } from "./standing.ts"
import { linesTouchedBy } from "./table-proposals.ts"
import type { CostLine } from "./tables.ts"

/**
 * Clause by clause and line by line: ad referendum by the heads, agreed by the capitals, and the ways back. Longer
 * than a module should be: both steps go by one set of rules, and each refusal is worded here, in both languages.
 */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>
type Step = "agreed_ad_ref" | "agreed"

interface FoundLine {
  readonly line: CostLine
  readonly hash: string
  readonly standing: RowStanding
  readonly label: Bilingual
}

interface Named {
  readonly clauses: readonly FoundClause[]
  readonly lines: readonly FoundLine[]
  readonly faults: readonly ItemFault[]
}

interface Items {
  readonly clauses: readonly {
    readonly clauseId: string
    readonly hash: { readonly en: string; readonly ru: string }
  }[]
  readonly lines?: readonly { readonly lineId: string; readonly hash: string }[]
}

/** The named clauses and lines, as long as each exists, is named once and by its present hash. */
const nameItems = (items: Items, scene: Scene): Named => {
  const find = createClauseFinder(scene)
  const faults: ItemFault[] = []
  const clauses: FoundClause[] = []
  const lines: FoundLine[] = []
  const seen = new Set<string>()
  const once = (key: string, id: string): boolean => {
    if (seen.has(key)) faults.push(fault(id, 422, "named_twice", "Named twice.", "Указано дважды."))
    return !seen.has(key) && seen.add(key) !== null
  }
  for (const { clauseId, hash } of items.clauses) {
    const found = find(clauseId)
    if (found === null)
      faults.push(
        fault(clauseId, 409, "unknown_clause", "There is no such clause (any more).", "Такого пункта нет или он снят."),
      )
    else if (!isSamePair(found.hash, hash)) faults.push(stale(clauseId))
    else if (once(`clause:${clauseId}`, clauseId)) clauses.push(found)
  }
  for (const { lineId, hash } of items.lines ?? []) {
    const line = scene.live.plan.tables.cost_lines.find((one) => one.id === lineId)
    if (line === undefined)
      faults.push(fault(lineId, 409, "unknown_line", "There is no such cost line.", "Такой позиции расходов нет."))
    else if (scene.hashes.rowHash(line) !== hash) faults.push(stale(lineId))
    else if (once(`line:${lineId}`, lineId)) {
      const label = said(`cost line ${lineId}`, `позиция ${lineId}`)
      lines.push({ line, hash, standing: lineStandingOf(scene.standing, lineId), label })
    }
  }
  return { clauses, lines, faults }
}

const stale = (id: string): ItemFault =>
  fault(id, 409, "stale_hash", "It has changed since: read it again.", "С тех пор внесены изменения: прочтите заново.")

const nothingNamed = () =>
  refuse(422, "nothing_named", "Name at least one clause or line.", "Укажите хотя бы один пункт или позицию.")

/** Both heads, each for its own side, at the table. */
export const agreeAdReferendum = (act: Of<"agree_ad_referendum">, scene: Scene): Decision => {
  const checked = checkCosts(costTable(scene.live.plan))
  const errors = checked.ok ? checked.value.findings.filter((one) => one.severity === "error") : []
  return agreeStep(act, scene, "agreed_ad_ref", {
    clause: (found) => {
      const { id } = found.clause
      if (found.standing.state !== "tabled" && found.standing.state !== "under_negotiation") {
        return wrongState(id, "under negotiation", "на обсуждении")
      }
      return clauseFaults(found, scene)[0] ?? null
    },
    line: ({ line, standing }) => {
      if (standing.state !== "under_negotiation") return wrongState(line.id, "under negotiation", "на обсуждении")
      const isTouched = scene.live.tableProposals.some(
        (one) => one.status === "open" && linesTouchedBy(one).includes(line.id),
      )
      if (isTouched)
        return fault(
          line.id,
          422,
          "open_proposals",
          "A proposal on this line is still open.",
          "По этой позиции есть открытое предложение.",
        )
      return lineFault(line, errors)
    },
    done: said("agreed ad referendum", "согласовано ad referendum"),
    half: said("accepted ad referendum by this side", "принято ad referendum этой Стороной"),
  })
}

/** The clearing officials of both sides, once the capitals have confirmed the same words. */
export const agree = (act: Of<"agree">, scene: Scene): Decision =>
  agreeStep(act, scene, "agreed", {
    clause: ({ clause, standing }) => {
      if (standing.state !== "agreed_ad_ref")
        return wrongState(clause.id, "agreed ad referendum", "согласовано ad referendum")
      return standing.reserves.some((reserve) => reserve.liftedAt === null)
        ? fault(clause.id, 422, "reserve", "A reserve on it isn't lifted.", "По нему не снято резервирование позиции.")
        : null
    },
    line: ({ line, standing }) =>
      standing.state === "agreed_ad_ref"
        ? null
        : wrongState(line.id, "agreed ad referendum", "согласовано ad referendum"),
    done: said("agreed", "согласовано"),
    half: said("confirmed by this side", "подтверждено этой Стороной"),
  })

const wrongState = (id: string, en: string, ru: string): ItemFault =>
  fault(
    id,
    409,
    "wrong_state",
    `It isn't in the state “${en}” (any more).`,
    `Состояние не «${ru}» (или уже изменилось).`,
  )

const lineFault = (line: CostLine, errors: readonly CostFinding[]): ItemFault | null => {
  const path = `lines/${line.id}`
  const found = errors.find((one) => one.path === path || one.path.startsWith(`${path}/`))
  return found === undefined ? null : fault(line.id, 422, found.code, found.message.en, found.message.ru)
}

interface StepRules {
  readonly clause: (found: FoundClause) => ItemFault | null
  readonly line: (found: FoundLine) => ItemFault | null
  readonly done: Bilingual
  readonly half: Bilingual
}

/** A clause or a line on its way to the next state. */
interface StepItem {
  readonly type: "clause" | "line"
  readonly id: string
  readonly hash: string
  readonly label: Bilingual
  readonly standing: { readonly consents: readonly Consent[] }
  readonly fault: ItemFault | null
  /** its standing once both sides have consented, or with this side's consent added */
  readonly moved: (step: {
    readonly state?: Step
    readonly since?: string
    readonly consents: readonly Consent[]
  }) => StandingChange
}

const stepItems = ({ clauses, lines }: Named, rules: StepRules): readonly StepItem[] => [
  ...clauses.map(
    (found): StepItem => ({
      type: "clause",
      id: found.clause.id,
      hash: pairKey(found.hash),
      label: found.label,
      standing: found.standing,
      fault: rules.clause(found),
      moved: (step) => ({ type: "clause", clauseId: found.clause.id, standing: { ...found.standing, ...step } }),
    }),
  ),
  ...lines.map(
    (found): StepItem => ({
      type: "line",
      id: found.line.id,
      hash: found.hash,
      label: found.label,
      standing: found.standing,
      fault: rules.line(found),
      moved: (step) => ({ type: "line", lineId: found.line.id, standing: { ...found.standing, ...step } }),
    }),
  ),
]

const consented = (id: string): ItemFault =>
  fault(
    id,
    409,
    "already_consented",
    "Your side has consented; the other side's consent is awaited.",
    "Ваша Сторона дала согласие; ожидается согласие другой Стороны.",
  )

const agreeStep = (
  act: Of<"agree_ad_referendum"> | Of<"agree">,
  scene: Scene,
  step: Step,
  rules: StepRules,
): Decision => {
  if (act.clauses.length + act.lines.length === 0) return nothingNamed()
  const named = nameItems(act, scene)
  const items = stepItems(named, rules)
  const has = ({ standing, hash }: StepItem, party: string): boolean =>
    standing.consents.some((one) => one.party === party && one.to === step && one.hash === hash)
  const faults = [
    ...named.faults,
    ...items.flatMap((one) => one.fault ?? (has(one, scene.party) ? consented(one.id) : [])),
  ]
  if (faults.length > 0) return refuseItems(act.act, faults)
  const done = items.filter((one) => has(one, scene.other))
  const half = items.filter((one) => !has(one, scene.other))
  const withOurs = ({ standing, hash }: StepItem): readonly Consent[] => [
    ...standing.consents.filter((one) => one.party !== scene.party),
    { party: scene.party, to: step, hash, at: scene.now },
  ]
  return effects({
    standing: [
      ...done.map((one) => one.moved({ state: step, since: scene.now, consents: [] })),
      ...half.map((one) => one.moved({ consents: withOurs(one) })),
    ],
    events: [
      ...(half.length > 0 ? [itemsEvent(scene, act.act, half, rules.half)] : []),
      ...(done.length > 0 ? [itemsEvent(scene, step, done, rules.done)] : []),
    ],
    completed: half.length === 0,
  })
}

/** A head takes clauses or lines back under negotiation, with a reason both sides see; consents are void. */
export const reopen = (act: Of<"reopen">, scene: Scene): Decision => {
  if (act.clauses.length + act.lines.length === 0) return nothingNamed()
  const named = nameItems(act, scene)
  const isAgreed = (state: string) => state === "agreed_ad_ref" || state === "agreed"
  const faults = [
    ...named.faults,
    ...named.clauses
      .filter((one) => !isAgreed(one.standing.state))
      .map((one) => wrongState(one.clause.id, "agreed", "согласовано")),
    ...named.lines
      .filter((one) => !isAgreed(one.standing.state))
      .map((one) => wrongState(one.line.id, "agreed", "согласовано")),
  ]
  if (faults.length > 0) return refuseItems(act.act, faults)
  const items = [
    ...named.clauses.map(({ clause, label, hash }) => ({ type: "clause", id: clause.id, label, hash: pairKey(hash) })),
    ...named.lines.map(({ line, label, hash }) => ({ type: "line", id: line.id, label, hash })),
  ]
  const reopened = { party: scene.party, reason: act.reason, at: scene.now }
  return effects({
    standing: [
      ...named.clauses.map(
        ({ clause, standing }): StandingChange => ({
          type: "clause",
          clauseId: clause.id,
          standing: { ...standing, state: "under_negotiation", since: scene.now, consents: [], reopened },
        }),
      ),
      ...named.lines.map(
        ({ line }): StandingChange => ({
          type: "line",
          lineId: line.id,
          standing: { state: "under_negotiation", since: scene.now, consents: [] },
        }),
      ),
    ],
    events: [itemsEvent(scene, "reopen", items, said("reopened", "возвращено на обсуждение"), act.reason)],
  })
}

/** Set aside for the heads, or taken up again. */
export const parkOrUnpark = (act: Of<"park"> | Of<"unpark">, scene: Scene): Decision => {
  if (act.clauses.length === 0) return nothingNamed()
  const named = nameItems({ clauses: act.clauses }, scene)
  const from: readonly string[] = act.act === "park" ? ["tabled", "under_negotiation"] : ["parked"]
  const faults = [
    ...named.faults,
    ...named.clauses
      .filter((one) => !from.includes(one.standing.state))
      .map((one) =>
        act.act === "park"
          ? wrongState(one.clause.id, "under negotiation", "на обсуждении")
          : wrongState(one.clause.id, "parked", "отложено"),
      ),
  ]
  if (faults.length > 0) return refuseItems(act.act, faults)
  const state = act.act === "park" ? "parked" : "under_negotiation"
  const done = act.act === "park" ? said("parked", "отложено") : said("taken up again", "снова на обсуждении")
  const items = named.clauses.map(({ clause, label, hash }) => ({
    type: "clause",
    id: clause.id,
    label,
    hash: pairKey(hash),
  }))
  return effects({
    standing: named.clauses.map(({ clause, standing }) => ({
      type: "clause",
      clauseId: clause.id,
      standing: { ...standing, state, since: scene.now, consents: [] },
    })),
    events: [itemsEvent(scene, act.act, items, done, act.reason)],
  })
}
