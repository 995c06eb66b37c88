import type { ClauseText } from "@alternat/plan"
import type { Awareness } from "y-protocols/awareness"
import type * as Y from "yjs"

/** `clause:<id>:<en|ru>`, `row:<table>:<id>`, `draft:<id>`, `note:<id>`, `terms` */
export type EditKey = string

/** An edit of this person that the server did not take, or that belongs to an earlier epoch. Kept until dismissed. */
export interface OfferedDraft {
  readonly id: string
  readonly key: EditKey
  readonly why: "refused" | "epoch"
  /** the server's reason, a stable word */
  readonly reason: string
  readonly at: number
  readonly clause: { readonly clauseId: string; readonly language: "en" | "ru"; readonly text: ClauseText } | null
  /** for rows and caucus drafts: the values as they stood on this side */
  readonly value: unknown
}

export interface SessionState {
  readonly connection: "connecting" | "online" | "offline" | "refused"
  readonly synced: boolean
  /** what this client changed and the log does not hold yet */
  readonly unsaved: ReadonlySet<EditKey>
  readonly lastSavedAt: number | null
  /** since when the server has acknowledged nothing of what is unsaved, by this machine's clock; null: nothing waits */
  readonly waitingSince: number | null
  readonly offered: readonly OfferedDraft[]
}

export interface SessionTicket {
  readonly room: string
  readonly ticket: string
  readonly expiresAt: string
}

export interface SessionOptions {
  /** `wss://host/sync` */
  readonly wsUrl: string
  readonly planId: string
  readonly space: "plan" | "caucus"
  readonly userId: string
  fetchTicket(): Promise<SessionTicket>
  /** prefix of the offline buffer's name; null: keep nothing on this device */
  readonly storageName?: string | null
  /** for Node */
  readonly WebSocketPolyfill?: typeof WebSocket
}

export interface Session {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** rises when `doc` is replaced, after a refusal or a change of epoch */
  readonly generation: number
  readonly state: SessionState
  subscribe(listener: () => void): () => void
  dismissOffered(id: string): void
  destroy(): Promise<void>
}
