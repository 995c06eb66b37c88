import { useState } from "react"
import { useT } from "../../i18n/index.ts"
import { shareText } from "../../i18n/money-text.ts"
import { Bracket } from "../../ui/index.ts"
import { CellEditor } from "./CellEditor.tsx"
import { placeKey, proposalsAt } from "./cost-grid.ts"
import type { GridCellProps } from "./grid-cell.ts"
import { entryOf, HeldFigure } from "./HeldFigure.tsx"

/** The U.S. share on lines H in one year; entering one writes it to all open lines H that both sides pay in cash. */
export function RampCell(props: GridCellProps) {
  const { desk, place, isCursor, editing } = props
  const t = useT()
  const share = desk.view.ramp.get(place.year) ?? null
  const proposals = proposalsAt(desk.proposals, desk.parties, place)
  const text = share === null ? t("costs.ramp.mixed") : `${shareText(share, t.lang)}%`
  const name =
    `${t("costs.ramp")}, ${place.year}: ${text}${proposals.length ? t("costs.cell.bracket") : ""}` +
    (props.held === null ? "" : t("costs.cell.held", { typed: props.held }))
  return (
    <td
      colSpan={2}
      className={[isCursor ? "cur" : "", props.held === null ? "" : "no"].join(" ")}
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
          opened={editing.initial === null ? (props.held ?? (share === null ? "" : shareText(share, t.lang))) : null}
          initial={editing.initial ?? ""}
          kept={text}
        />
      ) : props.held !== null ? (
        <HeldFigure {...props} held={props.held} kept={text} />
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

type ShareEditorProps = GridCellProps & {
  readonly opened: string | null
  readonly initial: string
  readonly kept: string
}

function ShareEditor({ opened, initial, kept, ...props }: ShareEditorProps) {
  const { desk, place } = props
  const t = useT()
  const [draft, setDraft] = useState(opened ?? initial)
  return (
    <CellEditor
      {...entryOf(props)}
      name={t("costs.edit.ramp", { year: place.year })}
      value={draft}
      opened={opened}
      refusal={props.held === null ? null : desk.refusalOf(place, props.held)}
      kept={kept}
      onChange={setDraft}
      findings={[]}
    />
  )
}
