import type { ActItemError } from "./act-effects.ts"
import { activePriorities } from "./check-priorities.ts"
import { midRanks } from "./convergence.ts"
import type { Priority } from "./tables.ts"

export type Ranks = Readonly<Record<string, number>>

/** Why this is no ranking that a side can seal: every active priority once, places 1 to n, equals at their middle place. */
export function rankingFaults(priorities: readonly Priority[], ranks: Ranks): readonly ActItemError[] {
  const ids = activePriorities(priorities).map((priority) => priority.id)
  if (ids.length === 0) {
    return [
      item("priorities", "no_priorities", "The plan has no priorities to rank yet.", "В плане пока нет приоритетов."),
    ]
  }
  const missing = ids
    .filter((id) => ranks[id] === undefined)
    .map((id) => item(id, "not_ranked", `${id} has no place yet.`, `${id}: место не указано.`))
  const unknown = Object.keys(ranks)
    .filter((id) => !ids.includes(id))
    .map((id) =>
      item(id, "unknown_priority", `${id} is no priority of this plan.`, `${id}: такого приоритета в плане нет.`),
    )
  if (missing.length + unknown.length > 0) return [...missing, ...unknown]
  const due = midRanks(ids.map((id) => ranks[id] ?? 0))
  return ids
    .filter((id, index) => ranks[id] !== due[index])
    .map((id) =>
      item(
        id,
        "bad_rank",
        `The place of ${id} doesn't fit: use 1 to ${ids.length} once each, and the middle place for equals.`,
        `${id}: место не подходит; используйте 1–${ids.length} по одному разу, а для равных — среднее место.`,
      ),
    )
}

const item = (id: string, code: string, en: string, ru: string): ActItemError => ({ id, code, message: { en, ru } })
