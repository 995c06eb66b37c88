import type { ReactElement } from "react"
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components"

/** Names a mark on hover and focus; the child must be focusable. */
export function Tooltip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      {children}
      <AriaTooltip className="tip" offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
