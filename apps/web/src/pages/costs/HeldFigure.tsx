import type { CostYear } from "@alternat/plan"
import type { CellEditorProps } from "./CellEditor.tsx"
import type { GridCellProps } from "./grid-cell.ts"
import { RefusedFigure } from "./RefusedFigure.tsx"

/** How a cell's field enters, holds and gives up a figure. */
export const entryOf = ({
  desk,
  place,
  onDone,
  onHold,
  seen = null,
}: GridCellProps & { readonly seen?: CostYear | null }): Pick<
  CellEditorProps,
  "onEnter" | "onDone" | "onHold" | "onKeep"
> => ({
  onEnter: (typed) => {
    const refusal = desk.enter(place, typed, seen)
    if (refusal === null) onHold(null)
    return refusal
  },
  onDone,
  onHold,
  onKeep: () => {
    onHold(null)
    onDone("stay")
  },
})

/** A figure that isn't taken, as it was typed, in the cell that it was meant for. */
export function HeldFigure(props: GridCellProps & { readonly held: string; readonly kept: string }) {
  const { desk, place, held, isCursor } = props
  const refusal = desk.refusalOf(place, held)
  const { onEnter, onKeep } = entryOf(props)
  return (
    <>
      {/* two cells of a sheet: the step between them is what is wrong */}
      {held.replaceAll("\t", " ⇥ ")}
      {isCursor && refusal !== null ? (
        <div className="pop" role="note">
          <RefusedFigure refusal={refusal} kept={props.kept} onRead={onEnter} onKeep={onKeep} />
        </div>
      ) : null}
    </>
  )
}
