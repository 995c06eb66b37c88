import { parseFingerprints, readKeyCard } from "@alternat/seal"
import { useCallback, useEffect, useRef, useState } from "react"
import { addKeys, type GivenKey, isLikeKeyCard, MAX_FILE_BYTES, type Reading } from "./verdict.ts"
import type { VerifyAnswer, VerifyTask } from "./verify.worker.ts"

export interface Verifier {
  readonly reading: Reading
  readonly keys: readonly GivenKey[]
  /** a pack, a signed copy or a key card; false: it looked like a card and is none */
  readonly take: (file: File) => Promise<boolean>
  /** fingerprints as text; false: it is none */
  readonly giveText: (text: string) => boolean
  readonly forgetKeys: () => void
}

/** One file at a time, the last one chosen, verified again whenever the reader gives a key. */
export function useVerifier(): Verifier {
  const { reading, verify } = useWorker()
  const [keys, setKeys] = useState<readonly GivenKey[]>([])
  const file = useRef<File>(null)
  const given = useRef(keys)
  const use = useCallback(
    (next: readonly GivenKey[]) => {
      given.current = next
      setKeys(next)
      if (file.current) verify(file.current, next)
    },
    [verify],
  )
  const take = useCallback(
    async (next: File) => {
      if (!isLikeKeyCard(next)) {
        file.current = next
        verify(next, given.current)
        return true
      }
      const card = readKeyCard(await next.text())
      if (card.ok) use(addKeys(given.current, [card.value], next.name))
      return card.ok
    },
    [use, verify],
  )
  const giveText = useCallback(
    (text: string) => {
      const prints = parseFingerprints(text)
      if (prints) use(addKeys(given.current, prints, null))
      return prints !== null
    },
    [use],
  )
  return { reading, keys, take, giveText, forgetKeys: useCallback(() => use([]), [use]) }
}

/** The worker is fetched with the page and not with the first file: from then on no network is needed. */
function useWorker() {
  const [reading, setReading] = useState<Reading>({ phase: "empty" })
  const worker = useRef<Worker>(null)
  const task = useRef<VerifyTask>(null)

  const start = useCallback(() => {
    const started = new Worker(new URL("./verify.worker.ts", import.meta.url), { type: "module" })
    started.addEventListener("message", ({ data: { id, report } }: MessageEvent<VerifyAnswer>) => {
      const file = task.current?.file
      if (file === undefined || task.current?.id !== id) return
      setReading(report ? { phase: "read", file, report } : { phase: "unreadable", file })
    })
    started.addEventListener("error", () => {
      // out of memory ends a worker without an answer; the next file gets a new one
      started.terminate()
      worker.current = null
      const file = task.current?.file
      if (file) setReading({ phase: "unreadable", file })
    })
    worker.current = started
  }, [])

  useEffect(() => {
    start()
    return () => worker.current?.terminate()
  }, [start])

  const verify = useCallback(
    (file: File, keys: readonly GivenKey[]) => {
      const isAgain = task.current?.file === file
      const next = { id: (task.current?.id ?? 0) + 1, file, keys: keys.map((key) => key.fingerprint) }
      task.current = next
      if (file.size > MAX_FILE_BYTES) return setReading({ phase: "too-large", file })
      // with one key more the former verdict stands until the new one is there
      if (!isAgain) setReading({ phase: "working", file })
      if (!worker.current) start()
      worker.current?.postMessage(next satisfies VerifyTask)
    },
    [start],
  )
  return { reading, verify }
}
