import type { ReactNode } from "react"
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components"

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  /** one ink button a view; `link` reads as a word in the sentence */
  readonly look?: "plain" | "ink" | "link"
  readonly small?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** Ink, never a hue. What cannot be done has no button but a sentence that says whose it is. */
export function Button({ look = "plain", small = false, className, ...props }: ButtonProps) {
  const base = look === "link" ? "link" : `btn${look === "ink" ? " ink" : ""}${small ? " s" : ""}`
  return <AriaButton {...props} className={className ? `${base} ${className}` : base} />
}
