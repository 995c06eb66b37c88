import { useEffect, useState } from "react"
import { flushed, type UnsentText, unsentOnDevice, unsentWork } from "./open-sessions.ts"

/**
 * Tabs of one browser share one sign-in. Whoever signs out in one of them asks the others first: they take no more
 * typing, save what they have, and say what could not be saved. Then all leave, or all stay.
 */
type Said = { readonly from: string } & (
  | { readonly type: "leaving" | "here" | "stay" | "left" }
  | { readonly type: "unsent"; readonly work: readonly UnsentText[] }
)

const TAB = crypto.randomUUID()
/** a tab that is awake says at once that it is there; one that sleeps says nothing, and its work is read from the device */
const HERE_MS = 200
const ANSWER_MS = 2500

const nameOf = (userId: string): string => `alternat:${userId}`

function tell(userId: string, said: Said): void {
  const channel = new BroadcastChannel(nameOf(userId))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin than its own
  channel.postMessage(said)
  channel.close()
}

function listen(userId: string, hear: (said: Said) => void): () => void {
  const channel = new BroadcastChannel(nameOf(userId))
  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (data.from !== TAB) hear(data)
  })
  return () => channel.close()
}

/** Everything on this device that a sign-out would remove and the server does not have; other tabs are held from now on. */
export async function prepareToLeave(userId: string): Promise<readonly UnsentText[]> {
  const others = new Map<string, readonly UnsentText[] | null>()
  const stop = listen(userId, (said) => {
    if (said.type === "here" && !others.has(said.from)) others.set(said.from, null)
    if (said.type === "unsent") others.set(said.from, said.work)
  })
  tell(userId, { from: TAB, type: "leaving" })
  await Promise.all([flushed(), new Promise((resolve) => setTimeout(resolve, HERE_MS))])
  for (let waited = 0; waited < ANSWER_MS && [...others.values()].includes(null); waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
  stop()
  const work = [...unsentWork(), ...[...others.values()].flatMap((one) => one ?? []), ...(await unsentOnDevice(userId))]
  return [...new Map(work.map((one) => [`${one.what}\n${one.text}`, one])).values()]
}

export const stayAfterAll = (userId: string): void => tell(userId, { from: TAB, type: "stay" })
export const sayLeft = (userId: string): void => tell(userId, { from: TAB, type: "left" })

/** Calls back when another tab says that everybody stays. */
export function useStay(userId: string, onStay: () => void): void {
  useEffect(() => listen(userId, ({ type }) => type === "stay" && onStay()), [userId, onStay])
}

/** Is somebody signing out in another tab? Then nothing may be typed here, and the page leaves with that one. */
export function useIsLeavingElsewhere(userId: string): { readonly isLeaving: boolean; stay(): void } {
  const [isLeaving, setLeaving] = useState(false)
  useEffect(
    () =>
      listen(userId, ({ type }) => {
        if (type === "left") location.replace("/sign-in")
        if (type === "stay") setLeaving(false)
        if (type !== "leaving") return
        setLeaving(true)
        tell(userId, { from: TAB, type: "here" })
        void flushed().then(() => tell(userId, { from: TAB, type: "unsent", work: unsentWork() }))
      }),
    [userId],
  )
  const stay = () => {
    setLeaving(false)
    stayAfterAll(userId)
  }
  return { isLeaving, stay }
}
