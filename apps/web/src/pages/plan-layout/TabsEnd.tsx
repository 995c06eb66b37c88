import { type ReactNode, useEffect, useState } from "react"
import { createPortal } from "react-dom"

/** What a part of the plan says at the right end of the tabs: failing checks, brackets, its mode. */
export function TabsEnd({ children }: { readonly children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  useEffect(() => setSlot(document.getElementById("tabs-end")), [])
  return slot ? createPortal(children, slot) : null
}
