import type { ClauseState, Conformity, Lang, ShownState } from "@alternat/plan"
import { memo } from "react"
import { MARK_PATHS, type MarkName } from "./mark-paths.ts"

/** All marks once, at the top of the page. */
export const MarkSprite = memo(function MarkSprite() {
  const symbols = Object.entries(MARK_PATHS)
    .map(([name, paths]) => `<symbol id="m-${name}" viewBox="0 0 16 16">${paths}</symbol>`)
    .join("")
  return (
    <svg
      width="0"
      height="0"
      style={{ position: "absolute" }}
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: symbols }}
    />
  )
})

export interface MarkProps {
  readonly name: MarkName
  /** its word, for who does not see it; leave out where the word stands beside it */
  readonly label?: string | undefined
  readonly className?: string
}

export function Mark({ name, label, className }: MarkProps) {
  const classes = className ? `m ${className}` : "m"
  if (!label)
    return (
      <svg className={classes} aria-hidden="true">
        <use href={`#m-${name}`} />
      </svg>
    )
  return (
    <svg className={classes} role="img" aria-label={label}>
      <title>{label}</title>
      <use href={`#m-${name}`} />
    </svg>
  )
}

const STATE_MARKS: Readonly<Record<ShownState | ClauseState | "reopened", MarkName>> = {
  draft: "draft",
  tabled: "tabled",
  under_negotiation: "talk",
  bracketed: "bracketed",
  agreed_ad_ref: "adref",
  agreed: "agreed",
  conformed: "conformed",
  locked: "locked",
  parked: "parked",
  withdrawn: "withdrawn",
  reopened: "reopened",
}
export const stateMark = (state: ShownState | "reopened"): MarkName => STATE_MARKS[state]

/** The wedge points at the column, so it follows the reader's order of the two languages. */
export function conformityMark(conformity: Conformity, left: Lang): MarkName {
  switch (conformity) {
    case "in_sync":
      return "sync"
    case "confirmed_one":
      return "one"
    case "unconfirmed":
      return "uncon"
    case "both_changed":
      return "bchg"
    case "divergent":
      return "diverge"
    case "en_changed":
      return left === "en" ? "lchg" : "rchg"
    case "ru_changed":
      return left === "ru" ? "lchg" : "rchg"
    case "empty_en":
      return left === "en" ? "lmiss" : "rmiss"
    case "empty_ru":
      return left === "ru" ? "lmiss" : "rmiss"
  }
}
