import { z } from "zod"
import { fromParts, partSchema, toParts } from "./cell-paths.ts"
import { costYearFrom, costYearParts, parseYearCell, YEAR_CELL } from "./cost-year-cells.ts"
import type { Bilingual } from "./lang.ts"
import type { Result } from "./result.ts"
import { err, ok } from "./result.ts"
import { codes, costYearSchema, idSchema, ROW_SCHEMAS } from "./row-schemas.ts"
import { valueFault } from "./text-characters.ts"
import { describeFault } from "./text-replacements.ts"

/**
 * The typed tables of a plan as types, rows and cells. A cell can be edited by anybody with the right, over the wire,
 * so the same schemas judge single cells (`parseCell`) in the guard and in the grid.
 */

/** Any row of any table. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string }

export const TABLE_NAMES = Object.keys(ROW_SCHEMAS) as readonly TableName[]
export type TableName = keyof typeof ROW_SCHEMAS

/** Plan values are never changed in place. */
export type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

/** The row type of each table. */
export type TableRows = { readonly [T in TableName]: DeepReadonly<z.infer<(typeof ROW_SCHEMAS)[T]>> }
export type PlanTables = { readonly [T in TableName]: readonly TableRows[T][] }

export type Site = TableRows["sites"]
export type Priority = TableRows["priorities"]
export type Indicator = Priority["indicators"][number]
export type CompletionCriterion = Priority["completion_criteria"][number]
export type Milestone = TableRows["milestones"]
export type Workstream = TableRows["workstreams"]
export type ExecutiveAgent = TableRows["executive_agents"]
export type Committee = TableRows["committee"]
export type WorkingGroup = TableRows["working_groups"]
export type Annex = TableRows["annexes"]
export type Post = TableRows["posts"]
export type Person = TableRows["persons"]
export type RaciActivity = TableRows["raci"]
export type RaciCode = RaciActivity["cells"][string]
export type DecisionRight = TableRows["decision_rights"]
export type EscalationStep = TableRows["escalation"]
export type AccessRule = TableRows["access_rules"]
export type AuditRight = TableRows["audit_rights"]
export type Report = TableRows["reports"]
export type Risk = TableRows["risks"]
export type EquipmentItem = TableRows["equipment"]
export type InKindValuation = TableRows["in_kind_valuations"]
export type FxReview = TableRows["fx_review"]
export type GlossaryEntry = TableRows["glossary"]
export type CostLine = TableRows["cost_lines"]
export type CostYear = CostLine["years"][number]

export interface CellError {
  readonly code: "unknown_table" | "unknown_field" | "bad_value" | "bad_characters"
  readonly message: Bilingual
}

/** Is this the name of a typed table? */
export const isTableName = (name: string): name is TableName => Object.hasOwn(ROW_SCHEMAS, name)

/** No rows at all: what a plan starts from. */
export const emptyTables = (): PlanTables =>
  Object.fromEntries(TABLE_NAMES.map((name) => [name, []])) as unknown as PlanTables

const RACI_CELL = /^cell:(.+)$/

/** One cell as somebody writes it: as `readCell`, and it holds only characters that a plan may hold. */
export const parseCell = (table: string, field: string, value: unknown): Result<unknown, CellError> => {
  const cell = readCell(table, field, value)
  const found = cell.ok ? valueFault(cell.value, { form: "lines" }) : null
  if (found === null) return cell
  const { en, ru } = describeFault(found.fault)
  return err(cellError("bad_characters", `This can’t stand in a plan: ${en}.`, `Недопустимо в тексте плана: ${ru}.`))
}

/**
 * One cell as the live document keeps it: a field of the row, or a part of one that people fill by themselves
 * (`title.en`, `owner_posts.US`, see `cell-paths.ts`); `year:2010.us` of a cost line, `cell:US-DIR` of a RACI activity.
 * A whole field (`title`) and a whole year (`year:2010`) are read too: `fieldToCells` takes them apart. `id` is the
 * row's key and never a cell.
 */
const readCell = (table: string, field: string, value: unknown): Result<unknown, CellError> => {
  if (!isTableName(table)) return err(cellError("unknown_table", `no table “${table}”`, `нет таблицы «${table}»`))
  const parsed = parseAny([cellSchema(table, field), wholeSchema(table, field)], value)
  if (parsed === null) return err(cellError("unknown_field", `no field “${field}”`, `нет поля «${field}»`))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = [field, ...(issue?.path ?? [])].join(".")
    return err(
      cellError(
        "bad_value",
        `${where} can't hold this value (${issue?.message ?? ""})`,
        `недопустимое значение: ${where}`,
      ),
    )
  }
  const year = YEAR_CELL.exec(field.split(".")[0] ?? "")?.[1]
  const stated = parsed.data as Partial<CostYear> | number
  if (year !== undefined && typeof stated === "object" && (stated.plan_year ?? Number(year)) !== Number(year)) {
    return err(cellError("bad_value", `${field} holds another year`, `${field}: указан другой год`))
  }
  return ok(parsed.data)
}

/** As the first schema that takes the value reads it; else the fault that the last one finds. null: no schema. */
function parseAny(schemas: readonly (z.ZodType | null)[], value: unknown): z.ZodSafeParseResult<unknown> | null {
  let parsed: z.ZodSafeParseResult<unknown> | null = null
  for (const schema of schemas) {
    parsed = schema?.safeParse(value) ?? parsed
    if (parsed?.success === true) return parsed
  }
  return parsed
}

const cellError = (code: CellError["code"], en: string, ru: string): CellError => ({ code, message: { en, ru } })

/** May the live document hold this value under this name? Not where the name stands for several cells. */
export const isStoredCell = (table: TableName, field: string, value: unknown): boolean =>
  cellSchema(table, field)?.safeParse(value).success === true &&
  (!field.startsWith("year:") || readCell(table, field, value).ok)

const cellSchema = (table: TableName, field: string): z.ZodType | null => {
  if (table === "cost_lines" && field.startsWith("year:")) return parseYearCell(field)
  if (table === "raci" && RACI_CELL.test(field))
    return idSchema.safeParse(field.slice(5)).success ? codes("raci") : null
  const [name = "", ...path] = field.split(".")
  const schema = fieldSchema(table, name)
  return schema === null ? null : partSchema(schema, path)
}

/** Of a name that stands for several cells. */
const wholeSchema = (table: TableName, field: string): z.ZodType | null =>
  table === "cost_lines" && YEAR_CELL.test(field) ? costYearSchema : fieldSchema(table, field)

const fieldSchema = (table: TableName, field: string): z.ZodType | null => {
  const shape: Readonly<Record<string, z.ZodType>> = ROW_SCHEMAS[table].shape
  const isSpread = (table === "cost_lines" && field === "years") || (table === "raci" && field === "cells")
  return field === "id" || isSpread || !Object.hasOwn(shape, field) ? null : (shape[field] ?? null)
}

/** A value under the name of a field, of a year or of one cell, as the cells it is kept in. */
export const fieldToCells = (table: TableName, field: string, value: unknown): Readonly<Record<string, unknown>> => {
  if (table === "cost_lines" && YEAR_CELL.test(field)) return costYearParts(value as CostYear)
  const schema = fieldSchema(table, field)
  return schema === null ? { [field]: value } : toParts(schema, field, value)
}

/** A row taken apart into the cells of the live document; `id` is the key and is not among them. */
export const rowToCells = (table: TableName, row: Row): Readonly<Record<string, unknown>> => {
  const cells: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(row)) {
    if (field === "id") continue
    if (table === "cost_lines" && field === "years") {
      for (const cell of value as readonly CostYear[]) Object.assign(cells, costYearParts(cell))
    } else if (table === "raci" && field === "cells") {
      for (const [post, code] of Object.entries(value as RaciActivity["cells"])) cells[`cell:${post}`] = code
    } else Object.assign(cells, fieldToCells(table, field, value))
  }
  return cells
}

/**
 * The row that these cells make. A missing or unreadable cell takes the blank of its field, an unknown one is left
 * out, so whatever a document holds, the row has its type; the checks then say what is missing. Cells of the former
 * layout, where a field or a year was one value, make the same row.
 */
export const cellsToRow = <T extends TableName>(
  table: T,
  rowId: string,
  cells: Readonly<Record<string, unknown>>,
): TableRows[T] => {
  const row: Record<string, unknown> = { id: rowId }
  for (const [field, schema] of Object.entries(ROW_SCHEMAS[table].shape as Record<string, z.ZodType>)) {
    if (field === "id") continue
    if (table === "cost_lines" && field === "years") row["years"] = yearCells(cells)
    else if (table === "raci" && field === "cells") row["cells"] = raciCells(cells)
    else {
      const value = fromParts(schema, field, cells)
      const parsed = schema.safeParse(value)
      row[field] = parsed.success ? parsed.data : blankOf(table, field, schema)
    }
  }
  return row as unknown as TableRows[T]
}

/** A new row with nothing in it but its key. */
export const blankRow = <T extends TableName>(table: T, rowId: string): TableRows[T] => cellsToRow(table, rowId, {})

const yearCells = (cells: Readonly<Record<string, unknown>>): CostYear[] => {
  const years = new Set(Object.keys(cells).flatMap((field) => YEAR_CELL.exec(field.split(".")[0] ?? "")?.[1] ?? []))
  return [...years].toSorted().flatMap((year) => costYearFrom(Number(year), cells) ?? [])
}

const raciCells = (cells: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([field, value]) => RACI_CELL.test(field) && readCell("raci", field, value).ok)
      .map(([field, value]) => [field.slice(5), value as string])
      .toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
  )

// Blanks are tried from the emptiest up; the first one the field's own schema accepts is the blank.
const EMPTY_PAIR = { en: "", ru: "" }
const NO_DATE = "1970-01-01"
const BLANKS: readonly unknown[] = [
  null,
  "",
  [],
  {},
  EMPTY_PAIR,
  false,
  0,
  1,
  1970,
  NO_DATE,
  "joint",
  "both",
  { en: [], ru: [] },
  { lat: "", cyr: "" },
  { note: EMPTY_PAIR },
  { unit: "none", value: null, currency: null, basis: null },
]
const BLANK_FIELDS: Readonly<Record<string, unknown>> = {
  "milestones.evidence": { type: "survey_report", text: EMPTY_PAIR },
  "risks.response": { type: "reduce", text: EMPTY_PAIR },
  "committee.venue": { rule: "alternating", first_host: "XX", note: EMPTY_PAIR },
  "committee.record": { form: "signed_minutes", languages: [], signed: "before_meeting_closes" },
  "equipment.title_holder": { party: "XX", holder: EMPTY_PAIR, since: NO_DATE },
  "cost_lines.sf424a_class": "h",
  "decision_rights.silence": "no_decision",
  "fx_review.proposed_by": "either",
}

const blankOf = (table: TableName, field: string, schema: z.ZodType): unknown => {
  const named = BLANK_FIELDS[`${table}.${field}`]
  if (named !== undefined) return named
  const found = BLANKS.find((blank) => schema.safeParse(blank).success)
  if (found !== undefined) return found
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema.safeParse("XX").success) return "XX" // a party not yet named
  return "-" // an id that points nowhere: the checks say so
}
