import type { Conformity, Lang, ShownState } from "@alternat/plan"
import { useT } from "../i18n/index.ts"
import { conformityMark, Mark, stateMark } from "./Mark.tsx"

/** The ring and its word. */
export function StateChip({ state }: { readonly state: ShownState | "reopened" }) {
  const t = useT()
  return (
    <span className="chip nb">
      <Mark name={stateMark(state)} /> {t(`shell.state.${state}`)}
    </span>
  )
}

export function ConformityChip({ conformity, left = "en" }: { readonly conformity: Conformity; readonly left?: Lang }) {
  const t = useT()
  return (
    <span className={conformity === "divergent" ? "chip nb alarm" : "chip nb"}>
      <Mark name={conformityMark(conformity, left)} /> {t(`shell.conformity.${conformity}`)}
    </span>
  )
}
