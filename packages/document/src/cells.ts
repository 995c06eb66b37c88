import {
  type Bilingual,
  type CellError,
  err,
  fieldToCells,
  ok,
  type PlanTerms,
  parseCell,
  type Result,
  type Row,
  rowToCells,
  type TableName,
  valueFault,
} from "@alternat/plan"
import type * as Y from "yjs"
import { orderBetween, orderOf, tableOf } from "./layout.ts"
import { newRow, rowMaps } from "./plan-space.ts"
import { parseTerm } from "./terms.ts"

export interface EditError {
  readonly code: CellError["code"] | "unknown_row" | "row_exists"
  readonly message: Bilingual
}

const UNKNOWN_ROW: EditError = {
  code: "unknown_row",
  message: { en: "This row is no longer in the table.", ru: "Этой строки в таблице больше нет." },
}
const ROW_EXISTS: EditError = {
  code: "row_exists",
  message: {
    en: "There is, or was, a row with this identifier already.",
    ru: "Строка с таким обозначением уже есть или была.",
  },
}

/** In place of a row's id: behind all others. */
export const LAST = "last"

/** Typed text arrives from keyboards in any Unicode form; what is stored has one. */
function normalise(value: unknown): unknown {
  if (typeof value === "string") return value.normalize("NFC")
  if (Array.isArray(value)) return value.map(normalise)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalise(inner)]))
}

/**
 * Sets one cell, if its column can hold the value. Of a whole field (`title`, `year:2010`) it sets the cells that
 * change and leaves the others to whoever writes them.
 */
export function setCell(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  field: string,
  value: unknown,
  origin?: unknown,
): Result<void, EditError> {
  const row = standingRow(doc, table, rowId)
  if (row === null) return err(UNKNOWN_ROW)
  const parsed = parseCell(table, field, normalise(value))
  if (!parsed.ok) return parsed
  doc.transact(() => {
    const cells = fieldToCells(table, field, parsed.value)
    if (Object.hasOwn(cells, field) && Object.keys(cells).length === 1) row.set(field, parsed.value)
    else setChanged(row, cells)
  }, origin)
  return ok(undefined)
}

/** An unchanged cell isn't written again: it would win over what somebody types at the same moment. */
export function setChanged(row: Y.Map<unknown>, cells: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(cells)) {
    if (JSON.stringify(row.get(field)) !== JSON.stringify(value)) row.set(field, value)
  }
}

/** Empties a cell of the responsibility matrix: a post with no letter stands in no row. Other cells always hold a value. */
export function clearCell(doc: Y.Doc, rowId: string, postId: string, origin?: unknown): Result<void, EditError> {
  const row = standingRow(doc, "raci", rowId)
  if (row === null) return err(UNKNOWN_ROW)
  doc.transact(() => row.delete(`cell:${postId}`), origin)
  return ok(undefined)
}

const standingRow = (doc: Y.Doc, table: TableName, rowId: string): Y.Map<unknown> | null => {
  const row = tableOf(doc, table).get(rowId)
  return row === undefined || row.get("deleted") !== undefined ? null : row
}

/**
 * Adds a row after another one, first (`null`) or last (`LAST`). An id is never used again: a withdrawn row comes back by
 * an act. Adding is no step of an undo history, which would take the row away with what others have written in it.
 */
export function addRow(
  doc: Y.Doc,
  table: TableName,
  row: Row,
  after: string | null,
  origin?: unknown,
): Result<void, EditError> {
  if (tableOf(doc, table).has(row.id)) return err(ROW_EXISTS)
  const clean = normalise(row) as Row
  for (const [field, value] of Object.entries(rowToCells(table, clean))) {
    const parsed = parseCell(table, field, value)
    if (!parsed.ok) return parsed
  }
  const order = placeAfter(doc, table, after, row.id)
  doc.transact(() => tableOf(doc, table).set(row.id, newRow(table, clean, order)), origin)
  return ok(undefined)
}

/** Puts a row after another one, or first: one write. */
export function moveRow(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  after: string | null,
  origin?: unknown,
): Result<void, EditError> {
  const row = standingRow(doc, table, rowId)
  if (row === null) return err(UNKNOWN_ROW)
  const order = placeAfter(doc, table, after, rowId)
  doc.transact(() => row.set("order", order), origin)
  return ok(undefined)
}

function placeAfter(doc: Y.Doc, table: TableName, after: string | null, self: string): string {
  const rows = rowMaps(doc, table).filter((row) => row.id !== self)
  if (after === LAST) return orderBetween(rows.at(-1)?.order ?? null, null)
  if (after === null) return orderBetween(null, rows[0]?.order ?? null)
  const at = rows.findIndex((row) => row.id === after)
  const before = rows[at]?.order ?? rows.at(-1)?.order ?? null
  const next = at < 0 ? undefined : rows.slice(at + 1).find((row) => before === null || row.order > before)
  return orderBetween(before, next?.order ?? null)
}

/** Sets one of the plan's terms (dates, rate, caps, floor). */
export function setTerm<K extends keyof PlanTerms>(
  doc: Y.Doc,
  key: K,
  value: PlanTerms[K],
  origin?: unknown,
): Result<void, EditError> {
  const parsed = parseTerm(key, normalise(value))
  if (!parsed.ok || valueFault(parsed.value) !== null) {
    return err({
      code: parsed.ok ? "bad_characters" : parsed.error,
      message: { en: `${key} can't hold this value`, ru: `недопустимое значение: ${key}` },
    })
  }
  doc.transact(() => doc.getMap("terms").set(key, parsed.value), origin)
  return ok(undefined)
}

/** The order key of a row: for tests and for sorting in the interface. */
export const rowOrder = (doc: Y.Doc, table: TableName, rowId: string): string | null => {
  const row = tableOf(doc, table).get(rowId)
  return row === undefined ? null : orderOf(row)
}
