import { type CostLine, linesTouchedBy, type Priority, type TableProposal } from "@alternat/plan"
import { formatMinor, formatPercent } from "@alternat/text"
import type { PrintRow, PrintTable } from "../model.ts"
import { type AnnexContext, column, list, row, say, sideCode, table } from "./context.ts"

/**
 * Open proposals to typed tables, in a draft: each in brackets beneath the line or beside the cell that it would change,
 * and all of them with their reasons in a table of their own.
 */

const openOf = ({ open }: AnnexContext, kinds: readonly TableProposal["kind"][]): readonly TableProposal[] =>
  open.filter((one) => one.status === "open" && kinds.includes(one.kind))

/** `US proposes, CP1` */
const proposer = (context: AnnexContext, { party, id }: TableProposal): string =>
  say(context, `${sideCode(context, party)} proposes, ${id}`, `Предлагает ${sideCode(context, party)}, ${id}`)

/** Beneath a cost line: what is proposed for its cells, each in the column of its year. */
export function proposedCells(context: AnnexContext, line: CostLine, years: readonly number[]): readonly PrintRow[] {
  return openOf(context, ["ramp_share", "amount"])
    .filter((proposal) => linesTouchedBy(proposal).includes(line.id))
    .map((proposal) => ({
      cells: [
        "",
        `[${proposer(context, proposal)}: ${subject(context, proposal)}]`,
        ...years.map((year) => (year === proposal.value["plan_year"] ? `[${figure(context, proposal)}]` : "")),
        "",
      ],
      style: "sub" as const,
    }))
}

/** Lines that are proposed: not among the plan's own, and not in its totals. */
export const proposedLines = (
  context: AnnexContext,
): readonly { readonly line: CostLine; readonly bracket: string }[] =>
  openOf(context, ["new_line"]).map((proposal) => ({
    line: proposal.value["line"] as CostLine,
    bracket: proposer(context, proposal),
  }))

/** ` [US: 3]`, beside a priority's place in the joint order; nothing where none is proposed. */
export const proposedRanks = (context: AnnexContext, priority: Priority): string =>
  openOf(context, ["joint_rank"])
    .filter((proposal) => ranksOf(proposal)[priority.id] !== undefined)
    .map((proposal) => ` [${sideCode(context, proposal.party)}: ${ranksOf(proposal)[priority.id]}]`)
    .join("")

export const openCosts = (context: AnnexContext): PrintTable =>
  proposalTable(context, "open-cost-proposals", openOf(context, ["ramp_share", "amount", "new_line"]))

export const openRanks = (context: AnnexContext): PrintTable =>
  proposalTable(context, "open-rank-proposals", openOf(context, ["joint_rank"]))

function proposalTable(context: AnnexContext, name: string, proposals: readonly TableProposal[]): PrintTable {
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Side", "Сторона"), "fit"),
    column(say(context, "Concerns", "Относится к"), 0.5),
    column(say(context, "Proposed", "Предлагается"), 1),
    column(say(context, "Reasons", "Обоснование"), 1.2),
  ]
  const rows = proposals.map((one) =>
    row(one.id, sideCode(context, one.party), concerns(one), inWords(context, one), one.reason?.[context.lang] || "—"),
  )
  return table(
    name,
    say(
      context,
      "Open proposals to this Annex — not agreed",
      "Открытые предложения к настоящему Приложению — не согласовано",
    ),
    columns,
    rows,
  )
}

function concerns(proposal: TableProposal): string {
  if (proposal.kind === "joint_rank") return list(Object.keys(ranksOf(proposal)))
  if (proposal.kind === "new_line") return (proposal.value["line"] as CostLine).id
  return `${list(linesTouchedBy(proposal))}; ${String(proposal.value["plan_year"])}`
}

function inWords(context: AnnexContext, proposal: TableProposal): string {
  if (proposal.kind === "joint_rank")
    return Object.entries(ranksOf(proposal))
      .toSorted(([, a], [, b]) => a - b)
      .map(([id, rank]) => say(context, `${id} in place ${rank}`, `${id} на место ${rank}`))
      .join("; ")
  if (proposal.kind !== "new_line") return `${subject(context, proposal)}: ${figure(context, proposal)}`
  const { line, workstream_id: workstream, priority_ids: priorities } = proposal.value
  const named = [
    ...(typeof workstream === "string" ? [workstream] : []),
    ...(Array.isArray(priorities) ? priorities.map(String) : []),
  ]
  const title = (line as CostLine).title[context.lang]
  return say(context, "new line: ", "новая позиция: ") + [title, ...named].join("; ")
}

/** What the proposed figure is: a share, or one side's amount in its currency. */
function subject(context: AnnexContext, { kind, value }: TableProposal): string {
  const [a] = context.plan.parties
  const { base, quote } = context.plan.terms.fx
  if (kind === "ramp_share") return say(context, `share of ${a.names.en.side}`, `доля ${a.names.ru.cases.gen}`)
  const party = String(value["party"])
  return `${sideCode(context, party)}, ${party === a.code ? base : quote}`
}

function figure({ plan, lang }: AnnexContext, { kind, value }: TableProposal): string {
  if (kind === "ramp_share") return formatPercent(Number(value["us_share_bp"]), lang)
  const amount = value["party"] === plan.parties[0].code ? value["us_usd_cents"] : value["ru_rub_kopecks"]
  return formatMinor(BigInt(Number(amount ?? 0)), lang)
}

const ranksOf = ({ value }: TableProposal): Readonly<Record<string, number>> =>
  (value["ranks"] ?? {}) as Readonly<Record<string, number>>
