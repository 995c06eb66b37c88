import {
  type Bilingual,
  type Clause,
  type ClausePlace,
  type ClauseText,
  clausePlaces,
  type Field,
  type Lang,
  type PlanDocument,
  type Proposal,
  resolveField,
  type Standing,
} from "@alternat/plan"
import { formatDate, type RenderedLine, renderText } from "@alternat/text"
import { bracketLines, insertedLines } from "./brackets.ts"
import type { PrintBlock, PrintClause, Run } from "./model.ts"
import { type Order, wordingOf } from "./order.ts"
import { RESERVE_KINDS, WORDS } from "./words.ts"

/** What clauses are printed from. `proposals` are the open ones that make brackets; none for a frozen version. */
export interface ClauseContext {
  readonly plan: PlanDocument
  readonly order: Order
  readonly proposals: readonly Proposal[]
  /** for a draft: what reserves and parked clauses are marked from */
  readonly standing: Standing | null
}

/** Clauses in both languages, numbered, in the wording of this original, with what is proposed after them. */
export function printClauses(clauses: readonly Clause[], context: ClauseContext): readonly PrintClause[] {
  const places = clausePlaces(context.plan)
  return clauses.flatMap((clause) => [printClause(clause, places, context), ...insertedAfter(clause, context)])
}

function printClause(clause: Clause, places: ReadonlyMap<string, ClausePlace>, context: ClauseContext): PrintClause {
  const blocks = (lang: Lang) => {
    const open = context.proposals.filter((p) => p.clauseId === clause.id && p.kind !== "insert_after")
    const text = wordingOf(clause, context.order, lang)
    return open.length === 0 ? printText(text, lang, context.plan) : bracketLines(text, open, lang, context.plan)
  }
  return {
    id: clause.id,
    number: places.get(clause.id)?.number ?? "",
    blocks: { en: blocks("en"), ru: blocks("ru") },
    notes: notesOn(clause, context),
  }
}

/** A proposed new clause has no number yet; it stands whole in its party's bracket. */
function insertedAfter(clause: Clause, context: ClauseContext): readonly PrintClause[] {
  return context.proposals
    .filter((p) => p.clauseId === clause.id && p.kind === "insert_after")
    .map((p) => ({
      id: p.id,
      number: "",
      blocks: { en: insertedLines(p, "en", context.plan), ru: insertedLines(p, "ru", context.plan) },
      notes: [],
    }))
}

/** What the marks in the margin say at the table: `[parked]`, `[RF reserve: legal scrutiny, due November 20, 2009]`. */
function notesOn(clause: Clause, { plan, standing }: ClauseContext): readonly Bilingual[] {
  const own = standing?.clauses[clause.id]
  if (own === undefined) return []
  const reserves = own.reserves
    .filter((reserve) => reserve.liftedAt === null)
    .map((reserve): Bilingual => {
      const names = plan.parties.find((party) => party.code === reserve.party)?.names
      const kind = RESERVE_KINDS[reserve.kind]
      const due = reserve.due
      return {
        en: `[${names?.en.short ?? reserve.party} reserve: ${kind.en}${due === null ? "" : `, due ${formatDate(due, "en")}`}]`,
        ru: `[резервирование позиции ${names?.ru.short ?? reserve.party}: ${kind.ru}${due === null ? "" : `, срок ${formatDate(due, "ru")}`}]`,
      }
    })
  return own.state === "parked" ? [WORDS.parked, ...reserves] : reserves
}

/** A text as it stands. A text that is missing says so rather than leaving a gap. */
export function printText(text: ClauseText, lang: Lang, plan: PlanDocument): readonly PrintBlock[] {
  if (text.length === 0) return [{ kind: "paragraph", runs: [{ text: WORDS.missing[lang], style: "placeholder" }] }]
  return renderText(text, lang, (field: Field) => resolveField(plan, field)).map(toBlock)
}

export function toBlock(line: RenderedLine): PrintBlock {
  const runs = line.runs.map((run): Run => {
    if (run.field?.field === "placeholder") return { text: run.text, style: "placeholder" }
    return run.em ? { text: run.text, style: "em" } : { text: run.text }
  })
  return line.label === null ? { kind: "paragraph", runs } : { kind: "item", label: line.label, runs }
}
