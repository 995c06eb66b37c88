import { foldUpdates } from "@alternat/room"
import { bundleForThread } from "@alternat/testkit"
import { beforeAll, expect, test } from "vitest"
import * as Y from "yjs"
import { createFoldThread } from "./fold-thread.ts"

let file: URL
beforeAll(async () => {
  file = await bundleForThread(new URL("./fold-worker.ts", import.meta.url))
})
const updatesOf = (text: string): Uint8Array[] => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  for (const letter of text) doc.getText("a").insert(doc.getText("a").length, letter)
  return updates
}

test("[SYNC15] the thread folds as the process would, and says of gaps that there are some", async () => {
  const fold = createFoldThread(file)
  const updates = updatesOf("a long log")
  expect(await fold(updates)).toEqual(foldUpdates(updates))
  expect(await fold(updates.slice(1))).toBeNull()
  const many = await Promise.all([fold(updates), fold(updates.slice(0, 3)), fold([])])
  expect(many.map((folded) => folded?.state.length)).toEqual(
    [updates, updates.slice(0, 3), []].map((parts) => foldUpdates(parts)?.state.length),
  )
})

test("[SYNC15] bytes that are no update fail alone, and a thread that can't start fails what it was asked", async () => {
  const fold = createFoldThread(file)
  await expect(fold([Uint8Array.of(9, 9, 9)])).rejects.toThrow()
  expect(await fold(updatesOf("on"))).not.toBeNull()
  const broken = createFoldThread(new URL("./no-such-worker.mjs", import.meta.url))
  await expect(broken(updatesOf("x"))).rejects.toThrow()
  await expect(broken(updatesOf("x"))).rejects.toThrow()
})
