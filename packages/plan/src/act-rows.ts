import type { Decision, Scene } from "./act-parts.ts"
import { byParty, effects, notYours, refuse, said } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { freshRowStanding, isClosedLine, lineStandingOf } from "./clause-standing.ts"
import type { Bilingual } from "./lang.ts"
import { mayEdit } from "./permissions.ts"
import type { Row, TableName } from "./tables.ts"

/**
 * A row that is taken out of a table is withdrawn: the record says which side did it, its cells stay, and an editor of
 * either side brings it back. Both acts name the row as it was seen, so nobody withdraws what another has just written.
 */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>

const NAMES: Partial<Record<TableName, Bilingual>> = {
  cost_lines: said("cost line", "позиция"),
  priorities: said("priority", "приоритет"),
  milestones: said("milestone", "веха"),
}
const nameOf = ({ table, rowId }: { readonly table: TableName; readonly rowId: string }): Bilingual => {
  const { en, ru } = NAMES[table] ?? said("row", "строка")
  return said(`${en} ${rowId}`, `${ru} ${rowId}`)
}

export const withdrawRow = (act: Of<"withdraw_row">, scene: Scene): Decision => {
  const rows: readonly Row[] = scene.live.plan.tables[act.table]
  const row = rows.find((one) => one.id === act.rowId)
  const barred = barrier(act, scene, row)
  if (barred !== null) return barred
  const name = nameOf(act)
  return effects({
    standing: lineStanding(act, scene),
    text: [{ type: "row_withdrawn", table: act.table, rowId: act.rowId, party: scene.party, at: scene.now }],
    events: [
      {
        kind: "row_withdrawn",
        subject: { type: "row", id: act.rowId },
        summary: byParty(scene, `${name.en} withdrawn`, `отозвано: ${name.ru}`),
        data: { table: act.table, hash: act.hash },
      },
    ],
  })
}

export const restoreRow = (act: Of<"restore_row">, scene: Scene): Decision => {
  const held = scene.live.withdrawnRows?.find((one) => one.table === act.table && one.row.id === act.rowId)
  const barred = barrier(act, scene, held?.row)
  if (barred !== null) return barred
  const name = nameOf(act)
  return effects({
    standing: lineStanding(act, scene),
    text: [{ type: "row_restored", table: act.table, rowId: act.rowId }],
    events: [
      {
        kind: "row_restored",
        subject: { type: "row", id: act.rowId },
        summary: byParty(scene, `${name.en} restored`, `восстановлено: ${name.ru}`),
        data: { table: act.table, hash: act.hash },
      },
    ],
  })
}

/** Consents to a line are consents to a line that stands; whoever gave one is asked again. */
const lineStanding = (act: Of<"withdraw_row" | "restore_row">, scene: Scene) =>
  act.table === "cost_lines"
    ? [{ type: "line" as const, lineId: act.rowId, standing: freshRowStanding(scene.now) }]
    : []

function barrier(act: Of<"withdraw_row" | "restore_row">, scene: Scene, row: Row | undefined): Decision | null {
  if (!mayEdit(scene.actor, { type: "row", table: act.table })) return notYours()
  if (row === undefined) {
    return refuse(
      409,
      "unknown_row",
      "The row is not where you saw it: somebody has withdrawn or restored it. Reload the plan.",
      "Строка уже не там, где вы ее видели: ее отозвали или восстановили. Обновите план.",
    )
  }
  if (act.table === "cost_lines" && isClosedLine(lineStandingOf(scene.standing, act.rowId).state)) {
    return refuse(
      409,
      "line_closed",
      `Line ${act.rowId} is closed: a head reopens it first.`,
      `Позиция ${act.rowId} закрыта: сначала глава делегации возвращает ее на обсуждение.`,
    )
  }
  if (scene.hashes.rowHash(row) === act.hash) return null
  return refuse(
    409,
    "stale_hash",
    "Somebody has written in this row since you looked: look at it again.",
    "В эту строку уже внесены изменения: посмотрите на нее еще раз.",
  )
}
