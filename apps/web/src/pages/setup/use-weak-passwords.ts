import { useEffect, useState } from "react"
import { isApiError } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { type SetupDraft, seatKey, weakPasswordsIn } from "./draft.ts"

/** Shows the server's faults of passwords, each until its password is changed; the first field with one gets the focus. */
export function useWeakPasswords(error: unknown, draft: SetupDraft, form: { readonly current: HTMLElement | null }) {
  const t = useT()
  const [judged, setJudged] = useState(draft)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus()
  }, [error, form])
  const weak = weakPasswordsIn(isApiError(error) ? (error.problem.items ?? []) : [])
  const faultOf = (side: 0 | 1) => (seat: number) => {
    const words = weak[seatKey(side, seat)]
    const now = draft.sides[side].seats[seat]
    const then = judged.sides[side].seats[seat]
    return words && now?.kind === then?.kind && now?.password === then?.password ? t.pick(words) : null
  }
  return { faultOf, judge: setJudged }
}
