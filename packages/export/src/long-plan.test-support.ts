import {
  type ClauseText,
  LANGS,
  type Lang,
  type PlanDocument,
  ROW_SCHEMAS,
  type Section,
  TABLE_NAMES,
  type TableName,
} from "@alternat/plan"
import { demoPlan } from "./demo.test-support.ts"

/**
 * The demo plan with texts as long as a plan may hold them. Seeded: the same seed and shape are the same plan. Every
 * text that is made long carries a number of its own in each sentence, so that a sentence lost on its way is missed.
 */
export type Shape = "clauses" | "cells" | "names" | "tokens" | "mixed"
export const SHAPES: readonly Shape[] = ["clauses", "cells", "names", "tokens", "mixed"]

export function longPlan(seed: number, shape: Shape): PlanDocument {
  const make = new Maker(seed, shape)
  const all = shape === "mixed"
  let plan = partOf(demoPlan, shape)
  if (all || shape === "clauses" || shape === "tokens") plan = { ...plan, sections: make.sections(plan.sections) }
  if (all || shape === "cells" || shape === "tokens") plan = { ...plan, tables: make.tables(plan.tables, TABLE_NAMES) }
  if (all || shape === "names") plan = make.names(plan)
  return plan
}

/** How much of the demo plan a shape keeps: sections (and the last), clauses of a section and rows of a table. A long text is long beside few others, too. */
const PARTS: Readonly<Record<Shape, { readonly sections: number; readonly clauses: number; readonly rows: number }>> = {
  clauses: { sections: 6, clauses: 2, rows: 1 },
  cells: { sections: 2, clauses: 1, rows: 3 },
  names: { sections: 4, clauses: 1, rows: 2 },
  tokens: { sections: 1, clauses: 1, rows: 1 },
  mixed: { sections: 2, clauses: 1, rows: 1 },
}

/** The part of a plan that a shape needs. All annexes and posts stay: the rest of the plan names them. */
function partOf(plan: PlanDocument, shape: Shape): PlanDocument {
  const { sections: most, clauses, rows } = PARTS[shape]
  const tables = Object.fromEntries(
    TABLE_NAMES.map((name) => [
      name,
      name === "annexes" || name === "posts" ? plan.tables[name] : plan.tables[name].slice(0, rows),
    ]),
  ) as unknown as PlanDocument["tables"]
  const last = plan.sections.findLastIndex((section) => section.kind === "section")
  const kept = plan.sections.filter((section, i) => section.kind !== "section" || i < most || i === last)
  const sections = kept.map((section) => ({
    ...section,
    clauses: section.kind === "annex" ? section.clauses : section.clauses.slice(0, clauses),
  }))
  return { ...plan, sections, tables }
}

const WORDS: Readonly<Record<Lang, readonly string[]>> = {
  en: "the Side notice record visit equipment maintenance within after shall be made available operator responsibilities certification interdepartmental of and".split(
    " ",
  ),
  ru: "Сторона уведомление посещение оборудование обслуживание в течение после предоставляется эксплуатирующая ответственность сертификация межведомственный и по".split(
    " ",
  ),
}
const TOKEN: Readonly<Record<Lang, string>> = { en: "Wmnonbreakable", ru: "Щжнеразрывный" }

class Maker {
  readonly #random: () => number
  readonly #shape: Shape
  #next = 0

  constructor(seed: number, shape: Shape) {
    this.#random = mulberry32(seed)
    this.#shape = shape
  }

  /** Prose of about so many characters and never more; or one word of that length. */
  text(lang: Lang, most: number): string {
    const number = ++this.#next
    if (this.#shape === "tokens" || (this.#shape === "mixed" && this.#chance(0.15))) {
      const mark = `${number}n`
      return (mark + TOKEN[lang].repeat(Math.ceil(most / 10))).slice(0, Math.min(most, 200))
    }
    let text = ""
    for (let sentence = 1; ; sentence++) {
      const words = Array.from({ length: 8 }, () => this.#pick(WORDS[lang]))
      const next = `${text === "" ? "" : " "}No ${number}-${sentence} ${words.join(" ")}.`
      if (text.length + next.length > most) return text === "" ? `${number}`.slice(0, most) : text
      text += next
    }
  }

  pair = (most: number) => ({ en: this.text("en", most), ru: this.text("ru", most) })

  /** Long clauses of several makes, and always the last before the signatures and those beneath them. */
  sections(sections: readonly Section[]): readonly Section[] {
    const last = sections.filter((section) => section.kind === "section").at(-1)
    return sections.map((section) => ({
      ...section,
      clauses: section.clauses.map((clause, i) => {
        const closes = section.kind === "signature" || (section === last && i === section.clauses.length - 1)
        if (!closes && !this.#chance(0.35)) return clause
        const both = this.#clauseTexts()
        return clause.alternat === undefined
          ? { ...clause, ...both }
          : { ...clause, ...both, alternat: this.#clauseTexts() }
      }),
    }))
  }

  #clauseTexts(): { readonly en: ClauseText; readonly ru: ClauseText } {
    const make = this.#pick(["paragraph", "paragraphs", "list", "item", "mixed"])
    const text = (lang: Lang): ClauseText => {
      if (make === "paragraph") return [{ p: [this.text(lang, 7_000)] }]
      if (make === "paragraphs") return Array.from({ length: 25 }, () => ({ p: [this.text(lang, 300)] }))
      if (make === "list")
        return [{ p: [this.text(lang, 90)] }, { list: Array.from({ length: 60 }, () => [this.text(lang, 120)]) }]
      if (make === "item") return [{ list: [[this.text(lang, 5_000)], [this.text(lang, 90)]] }]
      const em = { em: this.text(lang, 200) }
      return [{ p: [`${this.text(lang, 3_000)} `, em, this.text(lang, 400), em] }]
    }
    return { en: text("en"), ru: text("ru") }
  }

  /** Texts of some rows, as long as the schema of their table takes them. */
  tables(tables: PlanDocument["tables"], names: readonly TableName[]): PlanDocument["tables"] {
    const longer = Object.fromEntries(
      names.map((name) => [name, tables[name].map((row) => (this.#chance(0.5) ? this.#longRow(name, row) : row))]),
    )
    return { ...tables, ...longer }
  }

  #longRow(table: TableName, row: object): object {
    let made: object = row
    for (const path of pairPaths(row)) {
      if (!this.#chance(0.6)) continue
      for (const most of [4000, 1200, 300, 200, 120]) {
        const next = withAt(made, path, this.pair(most))
        if (!ROW_SCHEMAS[table].safeParse(next).success) continue
        made = next
        break
      }
    }
    return made
  }

  /** Everything that is called something: the plan, its parties, parts, posts, persons and places. */
  names(plan: PlanDocument): PlanDocument {
    const parties = plan.parties.map((party) => ({
      ...party,
      names: {
        en: { ...party.names.en, full: this.text("en", 300), side: `the ${this.text("en", 160)}` },
        ru: {
          ...party.names.ru,
          full: this.text("ru", 300),
          cases: Object.fromEntries(Object.keys(party.names.ru.cases).map((one) => [one, this.text("ru", 160)])),
        },
      },
    })) as unknown as PlanDocument["parties"]
    const label = () => this.pair(120)
    return {
      ...plan,
      parties,
      title: this.pair(900),
      shortTitle: this.pair(300),
      titlePage: { marking: this.pair(260), character: this.pair(1_500), fiction: this.pair(800) },
      sections: plan.sections.map((section) => (this.#chance(0.3) ? { ...section, heading: this.pair(400) } : section)),
      signature: {
        ...plan.signature,
        labels: { post: label(), organisation: label(), place: label(), date: label(), acting: label() },
      },
      tables: {
        ...this.tables(plan.tables, ["annexes", "posts", "sites", "workstreams"]),
        persons: plan.tables.persons.map((person) => ({
          ...person,
          name: { lat: this.text("en", 120), cyr: this.text("ru", 120) },
        })),
      },
    }
  }

  #chance = (part: number): boolean => this.#random() < part
  #pick = <T>(of: readonly T[]): T => of[Math.floor(this.#random() * of.length)]!
}

type Path = readonly (string | number)[]

/** Where a value holds `{en, ru}` of strings. */
function pairPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return []
  const entries = Object.entries(value)
  if (entries.length === 2 && LANGS.every((lang) => typeof (value as Record<string, unknown>)[lang] === "string"))
    return [path]
  return entries.flatMap(([key, below]) => pairPaths(below, [...path, Array.isArray(value) ? Number(key) : key]))
}

function withAt(value: object, [key, ...rest]: Path, to: object): object {
  if (key === undefined) return to
  const copy: Record<string | number, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value }
  copy[key] = withAt(copy[key] as object, rest, to)
  return copy
}

const mulberry32 = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
