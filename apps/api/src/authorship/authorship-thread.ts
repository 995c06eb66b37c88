import { askOnThread } from "@alternat/thread"
import type { AskFolds, createFolds } from "./authorship-folds.ts"

/** The thread ends, and its folds with it, when nobody has asked for so long. */
const IDLE_MS = 5 * 60_000

/**
 * Keeps the folds on a thread of its own: even the one update that a plan begins with takes longer to fold than a
 * keystroke may wait. `file` is the built `authorship-worker`.
 */
export const createAuthorshipThread = (file: URL | string): AskFolds =>
  askOnThread<ReturnType<typeof createFolds>>(file, { name: "authorship", idleMs: IDLE_MS })
