import { type VerifyReport, verifyPack } from "@alternat/seal"

/** Reads and verifies off the page’s own thread, so that a large pack never freezes it. */
export interface VerifyTask {
  readonly id: number
  readonly file: File
  /** fingerprints of the keys that the reader holds */
  readonly keys: readonly string[]
}
export interface VerifyAnswer {
  readonly id: number
  /** null when the bytes could not be had */
  readonly report: VerifyReport | null
}

addEventListener("message", (event: MessageEvent<VerifyTask>) => {
  void answer(event.data)
})

async function answer({ id, file, keys }: VerifyTask): Promise<void> {
  // a folder, a file that has gone, or one that the memory here can't hold
  const report = await file.arrayBuffer().then(
    (buffer) => verifyPack(new Uint8Array(buffer), { keys }),
    () => null,
  )
  postMessage({ id, report } satisfies VerifyAnswer)
}
