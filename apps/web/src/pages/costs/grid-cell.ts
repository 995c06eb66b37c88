import type { Next } from "./CellEditor.tsx"
import type { Place } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** The open cell of the grid. */
export interface Editing {
  readonly place: Place
  /** what was typed or pasted to open the field, or null for the amount as it is */
  readonly initial: string | null
}

/** The properties that every cell of the grid shares. */
export interface GridCellProps {
  readonly desk: CostDesk
  readonly place: Place
  readonly isCursor: boolean
  readonly editing: Editing | null
  readonly onFocus: () => void
  readonly onOpen: () => void
  readonly onComments: () => void
  readonly onDone: (next: Next) => void
  /** what was typed here and not taken; null as a rule */
  readonly held: string | null
  /** keeps such a figure in the cell; null lets it go */
  readonly onHold: (typed: string | null) => void
}
