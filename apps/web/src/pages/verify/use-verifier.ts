import { useCallback, useEffect, useRef, useState } from "react"
import { MAX_FILE_BYTES, type Reading } from "./verdict.ts"
import type { VerifyAnswer, VerifyTask } from "./verify.worker.ts"

/**
 * One file at a time, the last one chosen. The worker is fetched with the page and not with the first file: from then on
 * no network is needed.
 */
export function useVerifier(): { readonly reading: Reading; readonly verify: (file: File) => void } {
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
    (file: File) => {
      const next = { id: (task.current?.id ?? 0) + 1, file }
      task.current = next
      if (file.size > MAX_FILE_BYTES) return setReading({ phase: "too-large", file })
      setReading({ phase: "working", file })
      if (!worker.current) start()
      worker.current?.postMessage(next satisfies VerifyTask)
    },
    [start],
  )
  return { reading, verify }
}
