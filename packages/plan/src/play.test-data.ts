import type { ActEffects, ActError, TextEffect } from "./act-effects.ts"
import type { ActInput } from "./acts.ts"
import { actSchema } from "./acts.ts"
import { applyStanding } from "./clause-standing.ts"
import { decideAct } from "./decide-act.ts"
import { demoLive, demoStandingAt } from "./demo/demo-files.test-data.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import type { MergeTexts } from "./follow-proposal.ts"
import type { OwnCaucus } from "./own-caucus.ts"
import type { Actor, Role } from "./party.ts"
import type { Clause, LivePlan, PlanDocument, WithdrawnRow } from "./plan-document.ts"
import type { Result } from "./result.ts"
import type { HashPair, Standing } from "./standing.ts"
import type { Row, TableName } from "./tables.ts"
import { cellsToRow, fieldToCells, rowToCells } from "./tables.ts"

/** A plan in memory on which acts are played: what `document` and `store` do, in a few lines. */
export interface World {
  readonly live: LivePlan
  readonly standing: Standing
  readonly step: number
  /** of whoever acts */
  readonly caucus?: OwnCaucus
}

export const demoWorld: World = { live: demoLive, standing: demoStandingAt(), step: 0 }

const ALL_ROLES: readonly Role[] = [
  "head",
  "drafter",
  "legal",
  "translator",
  "budget",
  "expert",
  "releasing",
  "clearing",
]
export const person = (party: string | null, ...roles: readonly Role[]): Actor => ({
  userId: `${party}`,
  party,
  roles: roles.length > 0 ? roles : ALL_ROLES,
})
export const US = person("US")
export const RU = person("RU")

export const decide = (world: World, input: ActInput, actor: Actor): Result<ActEffects, ActError> => {
  let ids = 0
  return decideAct(actSchema.parse(input), {
    actor,
    live: world.live,
    standing: world.standing,
    hashes: fakeHashes,
    mergeTexts: mergeBlocks,
    caucus: world.caucus ?? { drafts: [], threads: [] },
    now: `2026-01-01T00:00:00.${String(world.step).padStart(6, "0")}Z`,
    newId: () => `new-${world.step}-${ids++}`,
  })
}

/** The merge for tests here: `text`, which merges word by word, lies above this package. */
export const mergeBlocks: MergeTexts = (base, wording, working) => {
  const is = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  if (is(working, base) || is(working, wording)) return { text: wording, overlaps: [] }
  if (is(wording, base)) return { text: working, overlaps: [] }
  if (base.length !== wording.length || base.length !== working.length)
    return { text: wording, overlaps: [{ from: 0, to: 1 }] }
  const isMoved = base.some(
    (block, i) => !is(wording[i], block) && !is(working[i], block) && !is(wording[i], working[i]),
  )
  const text = base.map((block, i) => (is(wording[i], block) ? working[i]! : wording[i]!))
  return { text, overlaps: isMoved ? [{ from: 0, to: 1 }] : [] }
}

/** The world after the act; an act that is refused throws its codes. */
export const play = (world: World, input: ActInput, actor: Actor): World => {
  const decided = decide(world, input, actor)
  if (!decided.ok) {
    const items = (decided.error.items ?? []).map((one) => `${one.id} ${one.code}`)
    throw new Error(`${input.act}: ${decided.error.code} ${items.slice(0, 20).join(", ")}`)
  }
  return after(world, decided.value)
}

export const after = (world: World, effects: ActEffects): World => ({
  ...world,
  live: effects.text.reduce(write, world.live),
  standing: applyStanding(world.standing, effects.standing),
  step: world.step + 1,
})

export const clausesOf = ({ live }: World): readonly Clause[] =>
  live.plan.sections.flatMap((section) => section.clauses)
export const clauseOf = (world: World, id: string): Clause => clausesOf(world).find((clause) => clause.id === id)!
export const pairOf = (world: World, id: string): HashPair => fakeHashes.clausePair(clauseOf(world, id))
export const clauseItem = (world: World, clauseId: string) => ({ clauseId, hash: pairOf(world, clauseId) })
export const lineItem = (world: World, lineId: string) => ({
  lineId,
  hash: fakeHashes.rowHash(world.live.plan.tables.cost_lines.find((line) => line.id === lineId)!),
})
export const consentItem = (world: World, proposalId: string) => {
  const proposal = world.live.proposals.find((one) => one.id === proposalId)!
  return { proposalId, hash: fakeHashes.proposalHash(proposal), base: pairOf(world, proposal.clauseId) }
}
export const tableConsentItem = (world: World, proposalId: string) => {
  const proposal = world.live.tableProposals.find((one) => one.id === proposalId)!
  return { proposalId, hash: fakeHashes.tableProposalHash(proposal), base: proposal.base }
}

/** Typing: what an edit through the live document does to the text. */
export const type = (world: World, id: string, texts: Pick<Clause, "en" | "ru">): World => ({
  ...world,
  live: mapClauses(world.live, (clause) => [clause.id === id ? { ...clause, ...texts } : clause]),
})

const mapClauses = (live: LivePlan, map: (clause: Clause) => readonly Clause[]): LivePlan => ({
  ...live,
  plan: {
    ...live.plan,
    sections: live.plan.sections.map((section) => ({ ...section, clauses: section.clauses.flatMap(map) })),
  },
})

const mapTable = (
  plan: PlanDocument,
  table: TableName,
  map: (rows: readonly Row[]) => readonly Row[],
): PlanDocument => ({
  ...plan,
  tables: { ...plan.tables, [table]: map(plan.tables[table]) },
})

const write = (live: LivePlan, effect: TextEffect): LivePlan => {
  switch (effect.type) {
    case "put_proposal":
      return { ...live, proposals: [...live.proposals.filter((one) => one.id !== effect.proposal.id), effect.proposal] }
    case "proposal_status": {
      const { status, closedAt } = effect
      const proposals = live.proposals.map((one) => (one.id === effect.proposalId ? { ...one, status, closedAt } : one))
      return { ...live, proposals }
    }
    case "clause_text":
      return mapClauses(live, (clause) => {
        if (clause.id !== effect.clauseId) return [clause]
        const { alternat, ...rest } = clause
        const next = { ...rest, en: effect.en, ru: effect.ru }
        return [alternat === undefined || effect.dropAlternat ? next : { ...next, alternat }]
      })
    case "insert_clause":
      return mapClauses(live, (clause) => (clause.id === effect.afterClauseId ? [clause, effect.clause] : [clause]))
    case "clause_withdrawn":
      return mapClauses(live, (clause) => (clause.id === effect.clauseId ? [] : [clause]))
    case "remove_draft":
      return live
    case "put_table_proposal":
      return { ...live, tableProposals: [...live.tableProposals, effect.proposal] }
    case "table_proposal_status": {
      const { status, closedAt } = effect
      const map = (one: LivePlan["tableProposals"][number]) =>
        one.id === effect.proposalId ? { ...one, status, closedAt } : one
      return { ...live, tableProposals: live.tableProposals.map(map) }
    }
    case "write_row":
      return {
        ...live,
        plan: mapTable(live.plan, effect.table, (rows) => [
          ...rows.filter((row) => row.id !== effect.row.id),
          effect.row,
        ]),
      }
    case "row_withdrawn": {
      const { table, rowId, party, at } = effect
      const row = (live.plan.tables[table] as readonly Row[]).find((one) => one.id === rowId)
      const withdrawnRows = [...(live.withdrawnRows ?? []), ...(row ? [{ table, row, party, at }] : [])]
      return {
        ...live,
        withdrawnRows,
        plan: mapTable(live.plan, table, (rows) => rows.filter((one) => one.id !== rowId)),
      }
    }
    case "row_restored": {
      const { table, rowId } = effect
      const isIt = (one: WithdrawnRow) => one.table === table && one.row.id === rowId
      const back = (live.withdrawnRows ?? []).filter(isIt).map((one) => one.row)
      const withdrawnRows = (live.withdrawnRows ?? []).filter((one) => !isIt(one))
      return { ...live, withdrawnRows, plan: mapTable(live.plan, table, (rows) => [...rows, ...back]) }
    }
    case "write_cells": {
      const { table, rowId, cells } = effect
      const apart = Object.assign({}, ...Object.entries(cells).map(([name, value]) => fieldToCells(table, name, value)))
      const map = (row: Row) =>
        row.id === rowId ? cellsToRow(table, rowId, { ...rowToCells(table, row), ...apart }) : row
      return { ...live, plan: mapTable(live.plan, table, (rows) => rows.map(map)) }
    }
  }
}
