import { useEffect, useState } from "react"
import type { ApiError } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { Notice } from "../../ui/index.ts"

/**
 * Counts down the wait that the server asks for. Only the first words and the end of the wait are read aloud: the seconds
 * between are for the eye.
 */
export function Slowed({ error }: { readonly error: ApiError }) {
  const t = useT()
  const left = useSecondsLeft(error)
  return (
    <>
      <Notice alarm live>
        <p>{left > 0 ? t("signIn.slowed") : t("signIn.slowed.over")}</p>
      </Notice>
      {left > 0 ? <p className="wait">{t("signIn.slowed.wait", { seconds: String(left) })}</p> : null}
    </>
  )
}

function useSecondsLeft(error: ApiError): number {
  const [until, setUntil] = useState(() => endOf(error))
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    setUntil(endOf(error))
    setNow(performance.now())
    const timer = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(timer)
  }, [error])
  return Math.max(0, Math.ceil((until - now) / 1000))
}

const endOf = (error: ApiError): number => performance.now() + (error.retryAfterS ?? 60) * 1000
