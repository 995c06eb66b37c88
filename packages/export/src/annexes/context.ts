import { type Bilingual, LABELS, type Lang, type Party, type PartyCode, type PlanDocument } from "@alternat/plan"
import { formatTableDate } from "@alternat/text"
import type { Cell, PrintColumn, PrintRow, PrintTable } from "../model.ts"

/** What the tables of an annex are printed from: one plan, one language, the parties in that original's order. */
export interface AnnexContext {
  readonly plan: PlanDocument
  readonly lang: Lang
  readonly parties: readonly [Party, Party]
}

export type AnnexTables = (context: AnnexContext) => readonly PrintTable[]

/** A column by its heading; `fit` columns hold codes, dates and figures. */
export const column = (
  head: string,
  width: number | "fit" = "fit",
  align: PrintColumn["align"] = "left",
): PrintColumn => ({ head, width, align })

export const table = (
  name: string,
  title: string,
  columns: readonly PrintColumn[],
  rows: readonly PrintRow[],
  note: string | null = null,
): PrintTable => ({ name, title, columns, rows, note })

export const row = (...cells: readonly Cell[]): PrintRow => ({ cells })

/** The word of an enumeration. A code without a word is printed as it is rather than lost. */
export function label(group: keyof typeof LABELS, code: string, lang: Lang): string {
  const words: Readonly<Record<string, Bilingual>> = LABELS[group]
  return words[code]?.[lang] ?? code
}

/** `US`, `США`; `joint` for what both do. */
export function sideCode(context: AnnexContext, code: string): string {
  const party = context.plan.parties.find((one) => one.code === code)
  return party?.names[context.lang].short ?? { en: "joint", ru: "совместно" }[context.lang]
}

/** The short name of a post. */
export function post(context: AnnexContext, code: string | null | undefined): string {
  const found = context.plan.tables.posts.find((one) => one.id === code)
  return found?.short[context.lang] ?? code ?? "—"
}

/** The same thing said by each side, in the original's order: `Director, MPC&A; Deputy head`. */
export const perParty = (context: AnnexContext, value: (code: PartyCode) => string | null): string =>
  context.parties
    .map((party) => value(party.code))
    .filter((text) => text !== null)
    .join("; ")

export const list = (items: readonly string[]): string => (items.length === 0 ? "—" : items.join(", "))
export const orDash = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? "—" : String(value)
export const date = (context: AnnexContext, value: string | null): string =>
  value === null ? "—" : formatTableDate(value, context.lang)
export const say = (context: AnnexContext, en: string, ru: string): string => (context.lang === "en" ? en : ru)
