import type { CostLine } from "@alternat/plan"
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react"
import { formatDate, useT } from "../../i18n/index.ts"
import { moneyText } from "../../i18n/money-text.ts"
import { useShortcuts } from "../../keys/index.ts"
import { useTableUndo } from "../../live/index.ts"
import { PartyMark, partyShort, useToast } from "../../ui/index.ts"
import { type Next, pastedFigure } from "./CellEditor.tsx"
import { CostCell } from "./CostCell.tsx"
import { heldKey, move, type Place, placeKey, RAMP, samePlace } from "./cost-grid.ts"
import type { Editing } from "./grid-cell.ts"
import { LineHead } from "./LineHead.tsx"
import { NewLineRow } from "./NewLineRow.tsx"
import { RampCell } from "./RampCell.tsx"
import { TotalRows } from "./TotalRows.tsx"
import type { CostDesk } from "./use-cost-desk.ts"
import { useHeldFigures } from "./use-held-figures.ts"

export interface CostGridProps {
  readonly desk: CostDesk
  readonly cursor: Place | null
  readonly onCursor: (place: Place) => void
  readonly onComments: (place: Place) => void
}

/**
 * The grid of Annex 3. One cell is in the tab order; arrows move it, Enter or F2 or a digit opens it. Everything typed is
 * checked while it is typed and written to the shared document when it is entered.
 */
export function CostGrid({ desk, cursor, onCursor, onComments }: CostGridProps) {
  const t = useT()
  const table = useRef<HTMLTableElement>(null)
  const [editing, setEditing] = useState<Editing | null>(null)
  const held = useHeldFigures()
  const toast = useToast()
  useTableUndo()
  const places = usePlaces(desk)
  const at = cursor ?? places[1]?.[0] ?? places[0]?.[0] ?? null
  const focusAt = (place: Place) => {
    onCursor(place)
    table.current?.querySelector<HTMLElement>(`[data-place="${placeKey(place)}"]`)?.focus()
  }
  useEffect(() => {
    if (cursor && !table.current?.contains(document.activeElement))
      table.current?.querySelector<HTMLElement>(`[data-place="${placeKey(cursor)}"]`)?.focus()
  }, [cursor])
  useShortcuts([
    { id: "grid-edit", strokes: ["F2"], group: "grid", label: t("costs.keys.edit") },
    {
      id: "grid-comment",
      strokes: ["KeyC"],
      group: "grid",
      label: t("costs.comment.key"),
      run: () => at && at.line !== RAMP && onComments(at),
    },
  ])
  if (editing && desk.onBarred) setEditing(null)
  const open = (place: Place, initial: string | null) => {
    if (desk.onBarred) return desk.onBarred()
    const closed = desk.readOnly ?? (place.line === RAMP ? null : desk.closedWhy(place.line))
    if (closed === null) setEditing({ place, initial })
    else toast(closed)
  }
  const pressed = (event: KeyboardEvent) => {
    if (!at || editing || event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step) {
      event.preventDefault()
      return focusAt(move(places, at, step[0], step[1]))
    }
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault()
      return open(at, null)
    }
    if (event.key === "Delete") return open(at, "0")
    if (/^\d$/.test(event.key)) {
      event.preventDefault()
      open(at, event.key)
    }
  }
  // a field of its own takes its paste itself
  const pasted = (event: ClipboardEvent) => {
    const figure = pastedFigure(event.clipboardData)
    if (!at || editing || figure === "" || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    open(at, figure)
  }
  const cellProps = (place: Place) => ({
    desk,
    place,
    isCursor: samePlace(at, place),
    editing: editing && samePlace(editing.place, place) ? editing : null,
    onFocus: () => onCursor(place),
    onOpen: () => open(place, null),
    onComments: () => onComments(place),
    held: held.all.get(heldKey(place, desk.currency)) ?? null,
    onHold: (typed: string | null) => {
      held.hold(heldKey(place, desk.currency), typed)
      if (typed !== null) setEditing(null)
    },
    onDone: (next: Next) => {
      setEditing(null)
      focusAt(
        next === "down"
          ? move(places, place, 1, 0)
          : next === "right"
            ? move(places, place, 0, 1)
            : next === "left"
              ? move(places, place, 0, -1)
              : place,
      )
    },
  })
  const { view, plan, parties } = desk
  const first = view.years[0]
  const last = view.years.at(-1)
  const handoverYear = Number(plan.terms.handover_complete_by.slice(0, 4))
  const columns = view.years.length * 2 + 5
  const lineRow = (line: CostLine) => (
    <tr key={line.id} className={at?.line === line.id ? "act" : undefined}>
      <LineHead desk={desk} line={line} />
      <td className="cat">
        <abbr title={t(`costs.class.${line.sf424a_class}`)}>{line.sf424a_class}</abbr>
      </td>
      {view.years.flatMap((year) => [
        <CostCell
          key={`${year}us`}
          line={line}
          isHandover={year === handoverYear && line.subject_to_handover}
          {...cellProps({ line: line.id, year, side: "us" })}
        />,
        <CostCell
          key={`${year}ru`}
          line={line}
          isHandover={false}
          {...cellProps({ line: line.id, year, side: "ru" })}
        />,
      ])}
      <LineTotals desk={desk} line={line} />
    </tr>
  )
  return (
    <table ref={table} className="grid" role="grid" aria-label={t("costs.grid")} onKeyDown={pressed} onPaste={pasted}>
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            {t("costs.line")}
          </th>
          <th rowSpan={2} scope="col" className="cat">
            <abbr title={t("costs.category.full")}>{t("costs.category")}</abbr>
          </th>
          {view.years.map((year) => (
            <th key={year} colSpan={2} scope="colgroup" className="yr">
              {year}
            </th>
          ))}
          <th colSpan={2} scope="colgroup" className="yr">
            {first}–{last}
          </th>
          <th className="rub" scope="col">
            {t("costs.inRoubles", { party: partyShort(parties[1], t.lang) })}
          </th>
        </tr>
        <tr>
          {[...view.years, 0].flatMap((year) =>
            parties.map((party, i) => (
              <th key={`${year}${party.code}`} scope="col" className={i === 0 ? "num u" : "num r"}>
                <PartyMark code={party.code} />
                {partyShort(party, t.lang)}
              </th>
            )),
          )}
          <th className="num rub" scope="col">
            {t("costs.atRate", { rate: plan.terms.fx.rate })}
          </th>
        </tr>
      </thead>
      <tbody>
        <tr className="grp">
          <th colSpan={columns}>
            {t("costs.group.handover", { date: formatDate(t.lang, plan.terms.handover_complete_by) })}
          </th>
        </tr>
        <tr className="ramp">
          <th scope="row" colSpan={2}>
            {t("costs.ramp")}
          </th>
          {view.years.map((year) => (
            <RampCell key={year} {...cellProps({ line: RAMP, year, side: "us" })} />
          ))}
          <td colSpan={3} />
        </tr>
        {view.handover.map(lineRow)}
        <tr className="grp">
          <th colSpan={columns}>{t("costs.group.other")}</th>
        </tr>
        {view.other.map(lineRow)}
        {desk.proposals
          .filter((proposal) => proposal.kind === "new_line" && proposal.status === "open")
          .map((proposal) => (
            <NewLineRow key={proposal.id} desk={desk} proposal={proposal} />
          ))}
      </tbody>
      <TotalRows desk={desk} />
    </table>
  )
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -99],
  End: [0, 99],
  PageUp: [-99, 0],
  PageDown: [99, 0],
}

function usePlaces(desk: CostDesk): readonly (readonly Place[])[] {
  const { years, handover, other } = desk.view
  return useMemo(() => {
    // the ramp's cells span both sides, so both columns of a year lead to the one cell
    const ramp = years.flatMap((year) => [
      { line: RAMP, year, side: "us" as const },
      { line: RAMP, year, side: "us" as const },
    ])
    const lines = [...handover, ...other].map((line) =>
      years.flatMap((year) => [
        { line: line.id, year, side: "us" as const },
        { line: line.id, year, side: "ru" as const },
      ]),
    )
    return [ramp, ...lines]
  }, [years, handover, other])
}

function LineTotals({ desk, line }: { readonly desk: CostDesk; readonly line: CostLine }) {
  const t = useT()
  const sum = (column: "us_usd_cents" | "ru_usd_equiv_cents" | "ru_rub_kopecks") =>
    line.years.reduce((total, cell) => total + cell[column], 0)
  const ru = desk.currency === "RUB" ? ("ru_rub_kopecks" as const) : ("ru_usd_equiv_cents" as const)
  return (
    <>
      <Amount minor={sum("us_usd_cents")} text={moneyText(sum("us_usd_cents"), "USD", t.lang)} className="num u t" />
      <Amount
        minor={sum(ru)}
        text={moneyText(sum(ru), desk.currency === "RUB" ? "RUB" : "USD", t.lang)}
        className="num r"
      />
      <Amount
        minor={sum("ru_rub_kopecks")}
        text={moneyText(sum("ru_rub_kopecks"), "RUB", t.lang)}
        className="num rub"
      />
    </>
  )
}

function Amount({
  minor,
  text,
  className,
}: {
  readonly minor: number
  readonly text: string
  readonly className: string
}) {
  return <td className={className}>{minor === 0 ? <span className="z">{text}</span> : text}</td>
}
