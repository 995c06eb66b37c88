import { midRanks } from "./convergence.ts"
import { finding } from "./cost-messages.ts"
import type { CostFinding } from "./cost-table.ts"
import { findCycle } from "./cycle.ts"
import { dayNumber } from "./days.ts"
import type { PlanDocument } from "./plan-document.ts"
import type { Milestone, Priority } from "./tables.ts"

/**
 * P01–P03 and P06–P11 over the priorities and milestones of a plan. (P04 and P05 are about the reveal, which happens
 * in the record and not in the plan.) A side that has released no rank at all is silent, not wrong.
 */
export const checkPriorities = (plan: PlanDocument): readonly CostFinding[] => [
  ...plan.parties.flatMap((party) => checkOwnRanks(plan.tables.priorities, party.code)),
  ...checkJointRanks(plan.tables.priorities),
  ...checkMilestones(plan),
  ...plan.tables.priorities.flatMap((priority) => checkPriority(priority, plan)),
]

/** Those that both sides rank: a deferred one has no place. */
export const activePriorities = (priorities: readonly Priority[]) =>
  priorities.filter((one) => one.disposition !== "deferred")

const checkOwnRanks = (priorities: readonly Priority[], party: string): readonly CostFinding[] => {
  const ranked = activePriorities(priorities)
  const ranks = ranked.map((one) => one.own_rank[party] ?? null)
  if (ranks.every((rank) => rank === null)) return []
  const missing = ranked.filter((_, index) => ranks[index] === null)
  if (missing.length > 0) {
    return missing.map((one) =>
      finding(
        "P01",
        `priorities/${one.id}/own_rank/${party}`,
        `${party} has not ranked ${one.id}: rank every priority once.`,
        `${party}: приоритет ${one.id} не ранжирован; ранжируйте каждый приоритет.`,
      ),
    )
  }
  const given = ranks as number[]
  const due = midRanks(given)
  return ranked
    .filter((_, index) => given[index] !== due[index])
    .map((one) =>
      finding(
        "P02",
        `priorities/${one.id}/own_rank/${party}`,
        `${party}'s rank of ${one.id} doesn't fit: use 1 to ${given.length} once each, and the middle rank for equals.`,
        `${party}: ранг ${one.id} не подходит; используйте 1–${given.length} по одному разу, а для равных — средний ранг.`,
      ),
    )
}

const checkJointRanks = (priorities: readonly Priority[]): readonly CostFinding[] => {
  const ranked = activePriorities(priorities)
  return ranked
    .filter(({ joint_rank: rank, id }) => {
      const isTaken = ranked.some((one) => one.id !== id && one.joint_rank === rank)
      return rank === null || rank > ranked.length || isTaken
    })
    .map((one) =>
      finding(
        "P03",
        `priorities/${one.id}/joint_rank`,
        `The joint place of ${one.id} is missing, shared or too high: give 1 to ${ranked.length} once each.`,
        `Место ${one.id} в совместном порядке не указано, повторяется или слишком велико: распределите 1–${ranked.length} по одному разу.`,
      ),
    )
}

const checkMilestones = ({ tables, terms }: PlanDocument): readonly CostFinding[] => {
  const byId = new Map(tables.milestones.map((one) => [one.id, one]))
  return [
    ...tables.milestones.flatMap((milestone) => checkMilestone(milestone, byId, terms)),
    ...cycleFinding("milestones", "predecessors", new Map(tables.milestones.map((one) => [one.id, one.predecessors]))),
    ...cycleFinding("priorities", "depends_on", new Map(tables.priorities.map((one) => [one.id, one.depends_on]))),
  ]
}

const cycleFinding = (
  table: string,
  field: string,
  edges: ReadonlyMap<string, readonly string[]>,
): readonly CostFinding[] => {
  const cycle = findCycle(edges)
  if (cycle === null) return []
  const way = cycle.join(" → ")
  return [
    finding(
      "P06",
      `${table}/${cycle[0]}/${field}`,
      `These wait for each other: ${way}. Break the circle.`,
      `Взаимная зависимость: ${way}. Разорвите круг.`,
    ),
  ]
}

const checkMilestone = (
  milestone: Milestone,
  byId: ReadonlyMap<string, Milestone>,
  terms: PlanDocument["terms"],
): readonly CostFinding[] => {
  const { id, due } = milestone
  const findings: CostFinding[] = []
  for (const before of milestone.predecessors) {
    const predecessor = byId.get(before)
    if (predecessor === undefined) {
      findings.push(
        finding(
          "P06",
          `milestones/${id}/predecessors`,
          `${id} follows ${before}, which isn't in the plan: correct it.`,
          `${id} следует за ${before}, которого нет в плане: исправьте.`,
        ),
      )
    } else if (predecessor.due > due) {
      findings.push(
        finding(
          "P06",
          `milestones/${id}/due`,
          `${id} is due before ${before}, which it follows: move one of the dates.`,
          `Срок ${id} раньше срока ${before}, за которым он следует: измените одну из дат.`,
        ),
      )
    }
  }
  if (due < terms.start || due > terms.end) {
    findings.push(
      finding(
        "P07",
        `milestones/${id}/due`,
        `${id} is due outside the plan: choose a day within its period.`,
        `Срок ${id} вне срока действия плана: выберите день в его пределах.`,
      ),
    )
  }
  return findings
}

const checkPriority = (priority: Priority, { terms }: PlanDocument): readonly CostFinding[] => {
  const path = `priorities/${priority.id}`
  const findings: CostFinding[] = []
  const isDeferred = priority.disposition === "deferred"
  const needs = [
    ["milestone_ids", "milestone", "контрольного этапа"],
    ["indicators", "indicator", "показателя"],
    ["completion_criteria", "completion criterion", "критерия завершения"],
    ["workstream_ids", "workstream", "направления работ"],
  ] as const
  for (const [field, en, ru] of needs) {
    if (isDeferred || priority[field].length > 0) continue
    findings.push(
      finding(
        "P08",
        `${path}/${field}`,
        `${priority.id} has no ${en}: add one.`,
        `У ${priority.id} нет ${ru}: добавьте.`,
      ),
    )
  }
  for (const indicator of priority.indicators) findings.push(...checkIndicator(indicator, path, terms))
  for (const lang of ["en", "ru"] as const) {
    if (priority.title[lang].trim() !== "") continue
    const [en, ru] = lang === "en" ? ["English", "английского"] : ["Russian", "русского"]
    findings.push(
      finding(
        "P10",
        `${path}/title`,
        `${priority.id} has no ${en} title: write it.`,
        `У ${priority.id} нет ${ru} названия: напишите его.`,
      ),
    )
  }
  const isOneSided = priority.disposition === "us_only" || priority.disposition === "ru_only"
  if (isOneSided && priority.payer?.share_bp !== 10_000) {
    findings.push(
      finding(
        "P11",
        `${path}/payer`,
        `${priority.id} is supported by one side only: say which side pays all of it.`,
        `${priority.id} поддерживается только одной Стороной: укажите, кто оплачивает его полностью.`,
      ),
    )
  }
  return findings
}

const checkIndicator = (
  indicator: Priority["indicators"][number],
  path: string,
  terms: PlanDocument["terms"],
): readonly CostFinding[] => {
  const at = `${path}/indicators/${indicator.id}`
  const { baseline, target, direction } = indicator
  const [from, to] = [baseline.value, target.value].map((value) =>
    /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null,
  )
  const isBetter =
    from !== null &&
    to !== null &&
    from !== undefined &&
    to !== undefined &&
    (direction === "up" ? to > from : to < from)
  const findings: CostFinding[] = []
  if (!isBetter) {
    findings.push(
      finding(
        "P09",
        at,
        `The target of ${indicator.id} (${target.value}) isn't better than its baseline (${baseline.value}): correct one of the two.`,
        `Целевое значение ${indicator.id} (${target.value}) не лучше исходного (${baseline.value}): исправьте одно из них.`,
      ),
    )
  }
  const [based, start] = [dayNumber(baseline.date), dayNumber(terms.start)]
  if (target.date > terms.end || (based !== null && start !== null && based > start + 180)) {
    findings.push(
      finding(
        "P09",
        at,
        `${indicator.id} is dated outside what the plan allows: baseline within 180 days of its start, target by its end.`,
        `Даты ${indicator.id} недопустимы: исходное значение — не позднее 180 дней от начала плана, целевое — до его окончания.`,
      ),
    )
  }
  return findings
}
