import type { SessionState } from "@alternat/room/client"
import type { MessageKey } from "../../i18n/index.ts"
import { isHeldUp, type Waited } from "../../live/index.ts"
import type { MarkName } from "../../ui/index.ts"

export interface SavedView {
  /** `saved` is said only of what the log holds */
  readonly kind: "saved" | "saving" | "not-saved" | "offline" | "connecting" | "locked"
  readonly mark: MarkName
  readonly message: MessageKey
  readonly strong: boolean
}

type Seen = Pick<SessionState, "connection" | "synced" | "unsaved" | "lastSavedAt">

/** What the indicator says. A short wait says nothing new, but never claims the disk either. */
export function savedView(
  state: Seen,
  { frozen, waited }: { readonly frozen: boolean; readonly waited: Waited },
): SavedView {
  const unsaved = state.unsaved.size > 0
  if (unsaved && isHeldUp(state, waited))
    return { kind: "not-saved", mark: "warn", message: "shell.saved.notSaved", strong: true }
  if (state.connection === "refused")
    return { kind: "offline", mark: "warn", message: "shell.saved.ended", strong: false }
  if (state.connection === "offline")
    return { kind: "offline", mark: "warn", message: "shell.saved.offline", strong: false }
  if (unsaved) return { kind: "saving", mark: "draft", message: "shell.saved.saving", strong: waited === "felt" }
  if (!state.synced) return { kind: "connecting", mark: "draft", message: "shell.saved.connecting", strong: false }
  if (frozen) return { kind: "locked", mark: "locked", message: "shell.saved.locked", strong: false }
  if (state.lastSavedAt === null) return { kind: "saved", mark: "ok", message: "shell.saved.synced", strong: false }
  return { kind: "saved", mark: "ok", message: "shell.saved.onDisk", strong: false }
}
