import { type CostFinding, type CostLine, type Currency, numberOf, parseFigure } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { useId, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { moneyText, moneyWords, plainMoneyText } from "../../i18n/money-text.ts"
import { useKeptValues } from "../../live/index.ts"
import { Bracket, Button, Mark, partyShort } from "../../ui/index.ts"
import { CellEditor } from "./CellEditor.tsx"
import {
  amountOf,
  cellOf,
  countsAt,
  currencyOf,
  findingsAt,
  findingsWith,
  halfField,
  type Place,
  placeKey,
  proposalsAt,
  withAmount,
} from "./cost-grid.ts"
import type { GridCellProps } from "./grid-cell.ts"
import { entryOf, HeldFigure } from "./HeldFigure.tsx"

/** One side's amount in one year: the figure, its checks, its bracket, its comments. */
export function CostCell({
  line,
  isHandover,
  ...props
}: GridCellProps & { readonly line: CostLine; readonly isHandover: boolean }) {
  const { desk, place, isCursor, editing } = props
  const t = useT()
  const noteId = useId()
  const keptHalf = useKeptHalf(place)
  const cell = cellOf(line, place.year)
  if (!cell) return <td className={place.side === "us" ? "num u" : "num r"} />
  const party = desk.parties[place.side === "us" ? 0 : 1]
  const unit = currencyOf(place.side, desk.currency)
  const minor = amountOf(cell, place.side, unit)
  const findings = findingsAt(desk.view.findings, place)
  const fails = findings.filter((finding) => finding.severity === "error")
  const proposals = proposalsAt(desk.proposals, desk.parties, place)
  const hasThread = countsAt(desk.threadCounts, desk.parties, place).some((count) => count.open > 0)
  const closed = desk.closedWhy(line.id)
  const text = moneyText(minor, unit, t.lang)
  const own = keptAmount(keptHalf, unit, minor)
  const lost = own === null ? null : moneyText(own, unit, t.lang)
  const name =
    t("costs.cell", { line: line.id, year: place.year, party: partyShort(party, t.lang), amount: text }) +
    (findings.length ? t("costs.cell.check", { codes: findings.map((finding) => finding.code).join(" ") }) : "") +
    (proposals.length ? t("costs.cell.bracket") : "") +
    (hasThread ? t("costs.cell.thread") : "") +
    (closed ? t("costs.cell.closed") : "") +
    (props.held === null ? "" : t("costs.cell.held", { typed: props.held })) +
    (lost === null ? "" : t("costs.cell.lost", { amount: lost }))
  const classes = [
    "num",
    place.side === "us" ? "u" : "r",
    isHandover ? "hov" : "",
    fails.length ? "bad" : "",
    isCursor ? "cur" : "",
    closed ? "shut" : "",
    props.held === null ? "" : "no",
    lost === null ? "" : "lost",
  ]
  return (
    <td
      className={classes.join(" ")}
      tabIndex={isCursor ? 0 : -1}
      data-place={placeKey(place)}
      // a bracket speaks for itself: a label would hide whose it is and what it says
      aria-label={proposals.length ? undefined : name}
      aria-readonly={closed !== null || desk.readOnly !== null}
      aria-describedby={isCursor && findings.length ? noteId : undefined}
      onFocus={props.onFocus}
      onDoubleClick={props.onOpen}
    >
      {proposals.length ? <span className="vh">{name}: </span> : null}
      {fails.length || props.held !== null ? (
        <span className="cm">
          <Mark name="fail" />
        </span>
      ) : null}
      {editing ? (
        <AmountEditor
          {...props}
          line={line}
          opened={editing.initial === null ? (props.held ?? plainMoneyText(minor, unit, t.lang)) : null}
          initial={editing.initial ?? ""}
          kept={text}
          name={t("costs.edit", { line: line.id, year: place.year, party: partyShort(party, t.lang) })}
        />
      ) : props.held !== null ? (
        <HeldFigure {...props} held={props.held} kept={text} />
      ) : (
        <>
          {lost === null ? null : (
            <>
              <s>{lost}</s>{" "}
            </>
          )}
          {minor === 0 ? <span className="z">{text}</span> : text}
        </>
      )}
      {editing
        ? null
        : proposals.map((proposal) => (
            <span key={proposal.id} className="cb-line">
              <Bracket code={proposal.party}>{proposedAmount(proposal.value, unit, t.lang)}</Bracket>
            </span>
          ))}
      {hasThread ? <span className="tick" /> : null}
      {isCursor && !editing && props.held === null && findings.length ? (
        <FindingNote id={noteId} {...props} findings={findings} zero={moneyWords(0, unit, t.lang)} />
      ) : null}
    </td>
  )
}

/** This reader's own half of the year, where another's stands in its place; undefined as a rule. */
function useKeptHalf({ line, year, side }: Place): unknown {
  const field = halfField(year, side)
  return useKeptValues().find(({ table, rowId, cell }) => table === "cost_lines" && rowId === line && cell === field)
    ?.mine
}

function keptAmount(half: unknown, unit: Currency, standing: number): number | null {
  if (half === undefined) return null
  const pair = half as { readonly ru_usd_equiv_cents: number; readonly ru_rub_kopecks: number }
  const amount = typeof half === "number" ? half : unit === "RUB" ? pair.ru_rub_kopecks : pair.ru_usd_equiv_cents
  return amount === standing ? null : amount
}

function proposedAmount(value: Readonly<Record<string, unknown>>, unit: Currency, lang: "en" | "ru"): string {
  const field =
    unit === "RUB" ? "ru_rub_kopecks" : value["us_usd_cents"] !== undefined ? "us_usd_cents" : "ru_usd_equiv_cents"
  return moneyText(Number(value[field] ?? 0), unit, lang)
}

type AmountEditorProps = GridCellProps & {
  readonly line: CostLine
  /** null: opened by what `initial` says */
  readonly opened: string | null
  readonly initial: string
  readonly kept: string
  readonly name: string
}

function AmountEditor({ line, opened, initial, kept, name, ...props }: AmountEditorProps) {
  const { desk, place } = props
  const [draft, setDraft] = useState(opened ?? initial)
  const cell = cellOf(line, place.year)
  // as it stood when the field was opened: the figure is meant in place of that one
  const [seen] = useState(cell)
  const unit = currencyOf(place.side, desk.currency)
  const minor = parseFigure(draft, unit)
  const findings =
    cell && minor.ok
      ? findingsAt(
          findingsWith(desk.plan, line.id, withAmount(cell, place.side, unit, minor.value, desk.plan.terms.fx.rate)),
          place,
        )
      : []
  return (
    <CellEditor
      {...entryOf({ ...props, seen: seen ?? null })}
      name={name}
      value={draft}
      opened={opened}
      refusal={props.held === null ? null : desk.refusalOf(place, props.held)}
      kept={kept}
      onChange={setDraft}
      findings={findings}
    />
  )
}

interface FindingNoteProps extends GridCellProps {
  readonly id: string
  readonly findings: readonly CostFinding[]
  readonly zero: string
}

/** What fails, in both languages, and what can be done about it here. */
function FindingNote({ id, desk, place, findings, zero, onComments }: FindingNoteProps) {
  const t = useT()
  const canZero =
    desk.readOnly === null && desk.closedWhy(place.line) === null && findings.some((finding) => finding.code === "C10")
  const clause = numberOf(desk.plan, "s12.c2")
  return (
    <div className="pop" role="note" id={id}>
      {findings.map((finding) => (
        <div key={finding.code}>
          <p className="pt1">
            <Mark name={finding.severity === "error" ? "fail" : "warn"} />
            <b>{finding.code}</b> <span lang={t.lang}>{finding.message[t.lang]}</span>
          </p>
          <p lang={t.other} className="dim">
            {finding.message[t.other]}
          </p>
        </div>
      ))}
      <p className="pa">
        {canZero ? (
          <Button small onPress={() => desk.enter(place, "0")}>
            {t("costs.setZero", { zero })}
          </Button>
        ) : null}
        <Button small onPress={onComments}>
          {t("costs.comment")}
        </Button>
        {canZero && clause ? (
          <Link className="link" to="/plans/$planId" params={{ planId: desk.planId }} hash="s12.c2">
            {t("costs.clause", { number: clause })}
          </Link>
        ) : null}
      </p>
    </div>
  )
}
