import type { SharedUndo } from "@alternat/editor"
import type { Standing } from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import { type RefObject, useMemo } from "react"
import type { Mode, SharedWrite } from "../../mode/index.ts"
import type { Caucus } from "./use-caucus.ts"
import { isPlaceOpen, useUndo } from "./use-editing.ts"

export interface Histories {
  /** of the shared text; takes nothing back while the mode keeps the shared text shut */
  readonly undo: SharedUndo
  readonly caucusUndo: SharedUndo | null
  /** what Mod-z outside of a text means in this mode */
  readonly current: Pick<SharedUndo, "undo" | "redo">
}

export interface HistoriesOptions {
  readonly session: Session
  readonly caucus: Caucus | null
  readonly shared: SharedWrite
  readonly mode: Mode
  readonly standing: RefObject<{ readonly standing: Standing }>
  went(place: string): void
}

/** The person's own history in the plan and the one in the caucus. */
export function useHistories({ session, caucus, shared, mode, standing, went }: HistoriesOptions): Histories {
  const inPlan = useUndo(session, (place) => isPlaceOpen(place, standing.current.standing), went)
  const caucusUndo = useUndo(caucus?.session ?? null, always, nothing)
  if (inPlan === null) throw new Error("broken invariant: the plan's session has a document")
  const undo = useMemo<SharedUndo>(
    () => ({
      ...inPlan,
      undo: () => shared.mayWrite() && inPlan.undo(),
      redo: () => shared.mayWrite() && inPlan.redo(),
    }),
    [inPlan, shared],
  )
  return { undo, caucusUndo, current: mode === "propose" && caucusUndo !== null ? caucusUndo : undo }
}

const always = () => true
const nothing = () => {}
