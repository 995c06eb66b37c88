import { useEffect, useRef, useState } from "react"
import { useT } from "../i18n/index.ts"

export interface ShowEarlierProps {
  /** how many stand before those that are shown */
  readonly hidden: number
  readonly isReading: boolean
  readonly onShow: () => void
}

const STEP = 50

/**
 * "Show 50 of 190 earlier threads", before a list of threads. Once they are there the first of them has the focus, and how
 * many are left is said to those who don't see the list.
 */
export function ShowEarlier({ hidden, isReading, onShow }: ShowEarlierProps) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const [before, setBefore] = useState<number | null>(null)
  useEffect(() => {
    if (before === null || hidden >= before) return
    setBefore(null)
    const next = place.current?.parentElement?.querySelector<HTMLElement>(".th-number")
    next?.focus()
  }, [before, hidden])
  return (
    <div ref={place} className="th-more">
      {hidden > 0 && (
        <button
          type="button"
          className="link"
          aria-disabled={isReading && before !== null}
          onClick={() => {
            if (before !== null) return
            setBefore(hidden)
            onShow()
          }}
        >
          {hidden > STEP ? t("th.showEarlier", { count: STEP, hidden }) : t("th.showAllEarlier", { count: hidden })}
        </button>
      )}
      <span className="vh" role="status">
        {hidden > 0 ? t("th.earlier", { count: hidden }) : ""}
      </span>
    </div>
  )
}
