import { useState } from "react"
import { useT } from "../../i18n/index.ts"
import { shareText } from "../../i18n/money-text.ts"
import { Bracket } from "../../ui/index.ts"
import { CellEditor } from "./CellEditor.tsx"
import type { GridCellProps } from "./CostCell.tsx"
import { placeKey, proposalsAt } from "./cost-grid.ts"

/** The U.S. share on lines H in one year; entering one writes it to all open lines H that both sides pay in cash. */
export function RampCell(props: GridCellProps) {
  const { desk, place, isCursor, editing } = props
  const t = useT()
  const share = desk.view.ramp.get(place.year) ?? null
  const proposals = proposalsAt(desk.proposals, desk.parties, place)
  const text = share === null ? t("costs.ramp.mixed") : `${shareText(share, t.lang)}%`
  const name = `${t("costs.ramp")}, ${place.year}: ${text}${proposals.length ? t("costs.cell.bracket") : ""}`
  return (
    <td
      colSpan={2}
      className={isCursor ? "cur" : undefined}
      tabIndex={isCursor ? 0 : -1}
      data-place={placeKey(place)}
      aria-label={proposals.length ? undefined : name}
      aria-readonly={desk.readOnly !== null}
      onFocus={props.onFocus}
      onDoubleClick={props.onOpen}
    >
      {proposals.length ? <span className="vh">{name}: </span> : null}
      {editing ? (
        <ShareEditor
          {...props}
          initial={editing.initial ?? (share === null ? "" : shareText(share, t.lang))}
          typed={editing.initial !== null}
        />
      ) : proposals.length ? (
        proposals.map((proposal, i) => (
          <span key={proposal.id}>
            {i > 0 ? " " : ""}
            <Bracket code={proposal.party}>{shareText(Number(proposal.value["us_share_bp"]), t.lang)}%</Bracket>
          </span>
        ))
      ) : (
        text
      )}
    </td>
  )
}

function ShareEditor({
  desk,
  place,
  initial,
  typed,
  onDone,
}: GridCellProps & { readonly initial: string; readonly typed: boolean }) {
  const t = useT()
  const [draft, setDraft] = useState(initial)
  return (
    <CellEditor
      name={t("costs.edit.ramp", { year: place.year })}
      value={draft}
      typed={typed}
      onChange={setDraft}
      onEnter={(value) => desk.enter(place, value)}
      onDone={onDone}
      findings={[]}
    />
  )
}
