import type { Bilingual, CommentEntry, CommentTarget, CommentThread } from "@alternat/plan"
import type { Audience } from "./reader.ts"

/** Which threads, and from where on. A page is in the order of creation and ends before the cursor, a thread's id. */
export interface CommentFilter {
  readonly cursor?: string | null
  /** 200 unless told */
  readonly limit?: number
  readonly status?: CommentThread["status"] | null
  readonly audience?: Audience | null
  readonly on?: "text" | "cells" | null
  readonly clauseId?: string | null
  readonly cell?: { readonly table: string; readonly rowId: string; readonly cells: readonly string[] } | null
}

export interface CommentPage {
  /** oldest first */
  readonly threads: readonly CommentThread[]
  /** the cursor of the page before; null: there is none */
  readonly next: string | null
}

export interface EntryPage {
  /** oldest first */
  readonly entries: readonly CommentEntry[]
  readonly next: string | null
}

export interface NewComment {
  readonly target: CommentTarget
  readonly audience: Audience
  readonly text: string
  readonly due: string | null
}

export interface NewNotification {
  readonly userId: string
  readonly kind: string
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly summary: Bilingual
}

export interface Notification extends NewNotification {
  readonly id: string
  readonly planId: string
  readonly at: string
  readonly readAt: string | null
}
