import type { PartyCode, Role } from "@alternat/plan"

/** Who sent an update, as the ticket says. */
export interface Bearer {
  readonly userId: string
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
  /** false: observers, secretary */
  readonly mayEdit: boolean
}

/** Why an update was refused; the wire carries the word, the interface has the sentence. */
export type RejectReason =
  /** the bytes are no update, or break the document's machinery */
  | "malformed"
  | "too_large"
  /** the bearer may not write here at all */
  | "read_only"
  | "frozen"
  | "clause_closed"
  | "line_closed"
  /** a table, terms or text this role doesn't edit */
  | "role"
  /** proposals, order, headings, meta, standing: written by acts only */
  | "server_only"
  | "unknown_root"
  /** a fragment left the clause schema */
  | "bad_text"
  /** a cell, row, draft or note out of shape */
  | "bad_value"
  /** inserts a character that a plan may not hold */
  | "bad_characters"
  /** structs under somebody else's Yjs client id ([LOG4]) */
  | "foreign_client"

export interface AcceptedVerdict {
  readonly type: "ok"
  /** keys as in `changedKeys`, or "other"; empty when the document knew it all: then there is nothing to log */
  readonly touched: readonly string[]
  /** what of the update is new to the document: this was judged, and this alone may be logged and passed on */
  readonly news: Uint8Array
  /** Yjs client ids first seen here, to be bound to the author */
  readonly newClients: readonly number[]
}

export type Verdict =
  | AcceptedVerdict
  | { readonly type: "rejected"; readonly reason: RejectReason; readonly clauseId: string | null }
  /** it builds on something this document hasn't got yet: catch up from the log and judge again */
  | { readonly type: "missing" }

export interface GuardLimits {
  readonly updateBytes: number
  /** places in one text of a clause */
  readonly textLength: number
  readonly rowsPerTable: number
  readonly draftsAndNotes: number
}

export const DEFAULT_LIMITS: GuardLimits = {
  // what a wire takes: offline work comes in one piece
  updateBytes: 12 << 20,
  textLength: 100_000,
  rowsPerTable: 2000,
  draftsAndNotes: 2000,
}

export const refuse = (reason: RejectReason, clauseId: string | null = null): Verdict => ({
  type: "rejected",
  reason,
  clauseId,
})
