import type { SessionState } from "@alternat/room/client"
import { isHeldUp, useWaited } from "../../live/index.ts"
import { usePlanText } from "./context.ts"

/** Of words that wait: on their way to the server's disk, or kept here because they don't get there. */
export function SavingWord({ state }: { readonly state: Pick<SessionState, "connection" | "waitingSince"> }) {
  const { say } = usePlanText()
  const waited = useWaited(state.waitingSince)
  return isHeldUp(state, waited) ? <b>{say("pt.notSaved")}</b> : say("pt.saving")
}
