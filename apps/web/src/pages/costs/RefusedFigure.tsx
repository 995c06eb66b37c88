import { useT } from "../../i18n/index.ts"
import { Button, Mark } from "../../ui/index.ts"
import type { Refusal } from "./figure-entry.ts"

export interface RefusedFigureProps {
  readonly refusal: Refusal
  /** what stays in the plan if the figure is given up, in words */
  readonly kept: string
  readonly onRead: (typed: string) => void
  readonly onKeep: () => void
}

/** Why a figure isn't taken, in both languages, with a button for whatever it may mean. */
export function RefusedFigure({ refusal, kept, onRead, onKeep }: RefusedFigureProps) {
  const t = useT()
  return (
    <>
      <p className="pt1">
        <Mark name="fail" /> <span lang={t.lang}>{refusal.why[t.lang]}</span>
      </p>
      <p lang={t.other} className="dim">
        {refusal.why[t.other]}
      </p>
      <p className="pa">
        {refusal.readings.map(({ label, typed }) => (
          <Button key={typed} small onPress={() => onRead(typed)}>
            {label}
          </Button>
        ))}
        <Button small onPress={onKeep}>
          {t("costs.figure.keep", { amount: kept })}
        </Button>
      </p>
    </>
  )
}
