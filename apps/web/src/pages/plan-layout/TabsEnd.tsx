import { type ReactNode, useSyncExternalStore } from "react"
import { createPortal } from "react-dom"

/** What a part of the plan says at the right end of the tabs: failing checks, brackets, its mode. */
export function TabsEnd({ children }: { readonly children: ReactNode }) {
  // the header commits together with its part; the slot is found once both stand
  const slot = useSyncExternalStore(neverChanges, () => document.getElementById("tabs-end"))
  return slot ? createPortal(children, slot) : null
}

const neverChanges = () => () => undefined
