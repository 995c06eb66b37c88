import {
  type Bilingual,
  LABELS,
  type Lang,
  type Party,
  type PartyCode,
  type PlanDocument,
  type TableProposal,
} from "@alternat/plan"
import { formatTableDate } from "@alternat/text"
import type { Cell, PrintColumn, PrintRow, PrintTable } from "../model.ts"

/** What the tables of an annex are printed from: one plan, one language, the parties in that original's order. */
export interface AnnexContext {
  readonly plan: PlanDocument
  readonly lang: Lang
  readonly parties: readonly [Party, Party]
  /** open proposals to the tables; none for a frozen version */
  readonly open: readonly TableProposal[]
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
  if (party === undefined && code === "joint") return say(context, "joint", "совместно")
  return party?.names[context.lang].short ?? code
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

/**
 * Rows by what they belong to, in that order; those that belong to nothing the plan has come last, under its code.
 */
export function grouped<R>(
  rows: readonly R[],
  groups: readonly { readonly id: string; readonly title: string }[],
  groupOf: (row: R) => string,
  print: (row: R) => PrintRow,
): PrintRow[] {
  const gone = [...new Set(rows.map(groupOf))].filter((id) => !groups.some((one) => one.id === id))
  return [...groups, ...gone.map((id) => ({ id, title: id }))].flatMap(({ id, title }): PrintRow[] => {
    const own = rows.filter((one) => groupOf(one) === id)
    return own.length === 0 ? [] : [{ cells: [title], style: "group" }, ...own.map(print)]
  })
}

/** What is still under negotiation says so; what is agreed says nothing. */
export const status = (context: AnnexContext, code: string): string =>
  code === "agreed" ? "" : `; ${label("notice_status", code, context.lang)}`

const LANGUAGES: Readonly<Record<string, Bilingual>> = {
  en: { en: "English", ru: "английский" },
  ru: { en: "Russian", ru: "русский" },
}
export const languages = ({ lang }: AnnexContext, langs: readonly string[]): string =>
  list(langs.map((one) => LANGUAGES[one]?.[lang] ?? one))

export const list = (items: readonly string[]): string => (items.length === 0 ? "—" : items.join(", "))
export const orDash = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? "—" : String(value)
export const date = (context: AnnexContext, value: string | null): string =>
  value === null ? "—" : formatTableDate(value, context.lang)
export const say = (context: AnnexContext, en: string, ru: string): string => (context.lang === "en" ? en : ru)
