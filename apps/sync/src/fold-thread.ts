import type { Fold, foldUpdates } from "@alternat/room"
import { askOnThread } from "@alternat/thread"

/** The thread gives its memory back when it has had nothing to do for so long. */
const IDLE_MS = 30_000

/** Folds long logs beside the path of edits; what fails is asked again when the log is that much longer. `file` is the built `fold-worker`. */
export const createFoldThread = (file: URL | string): Fold =>
  askOnThread<typeof foldUpdates>(file, { name: "folding", idleMs: IDLE_MS })
