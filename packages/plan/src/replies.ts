import type { ClauseText } from "./clause-text.ts"
import type { Bilingual } from "./lang.ts"
import type { Audience, PartyCode, Role } from "./party.ts"

/** Shapes of the HTTP replies, shared by the server that makes them and the interface that reads them. */

export interface PlanSummary {
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly status: "negotiation" | "frozen" | "signed"
  readonly updatedAt: string
  readonly openProposals: number
  readonly clauses: Readonly<Record<string, number>>
}

export interface MemberInfo {
  readonly userId: string
  readonly name: Bilingual
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
}

export interface Me extends MemberInfo {
  readonly email: string
  readonly language: "en" | "ru"
  readonly demo: boolean
}

export interface DemoInfo {
  readonly enabled: boolean
  readonly password: string | null
  readonly accounts: readonly {
    readonly email: string
    readonly name: Bilingual
    readonly party: PartyCode | null
    readonly roles: readonly Role[]
  }[]
}

export interface SyncTicket {
  readonly room: string
  readonly ticket: string
  readonly expiresAt: string
}

/** What a comment hangs on. A thread outlives its text and keeps the quoted words. */
export type CommentTarget =
  | { readonly type: "clause"; readonly clauseId: string }
  | {
      readonly type: "selection"
      readonly clauseId: string
      readonly lang: "en" | "ru"
      readonly quote: string
      /** the Yjs relative positions, base64; null when loaded from a record that has only the quote */
      readonly anchor: { readonly from: string; readonly to: string } | null
    }
  | { readonly type: "cell"; readonly table: string; readonly rowId: string; readonly cell: string }

/** Somebody in a thread: by name only within one's own delegation; across the table by party and role. */
export interface CommentAuthor {
  readonly userId: string | null
  readonly name: Bilingual | null
  readonly party: PartyCode | null
  readonly role: Role
}

export interface CommentEntry {
  readonly id: string
  readonly author: CommentAuthor
  readonly at: string
  readonly text: string
}

/** A thread was resolved, or opened again. */
export interface CommentStatusChange {
  readonly status: "open" | "resolved"
  readonly at: string
  readonly author: CommentAuthor
}

export interface CommentThread {
  readonly id: string
  readonly target: CommentTarget
  /** `shared`, or the party whose caucus it belongs to */
  readonly audience: Audience
  readonly status: "open" | "resolved"
  readonly due: string | null
  readonly createdAt: string
  /** the first and the latest 49: a longer thread has more between them */
  readonly entries: readonly CommentEntry[]
  /** how many entries the thread has */
  readonly entryCount: number
  /** who resolved it and who opened it again: the latest changes, oldest first; none for a thread that was loaded resolved */
  readonly statusChanges: readonly CommentStatusChange[]
}

/** A clause or a cell on which threads hang. */
export type CommentPlace =
  | { readonly type: "clause"; readonly clauseId: string }
  | { readonly type: "cell"; readonly table: string; readonly rowId: string; readonly cell: string }

/** How many threads of one audience hang on a place, of those that the reader may read. */
export interface CommentCount {
  readonly place: CommentPlace
  readonly audience: Audience
  readonly open: number
  readonly resolved: number
  /** in all its threads */
  readonly entries: number
  /** when something was last said, resolved or reopened here */
  readonly latest: string
}

/** One line of the append-only, hash-chained story of the negotiation. */
export interface EventEntry {
  readonly seq: number
  readonly at: string
  readonly kind: string
  readonly party: PartyCode | null
  readonly role: Role | null
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly summary: Bilingual
  readonly hash: string
}

/** Who wrote some words: a person, the act that put them there, or nobody one could name. */
export type AuthorInfo =
  /** id and name only where the reader may know them; all null: somebody who has no seat in the plan any more */
  | {
      readonly kind: "person"
      readonly party: PartyCode | null
      readonly role: Role | null
      readonly userId: string | null
      readonly name: Bilingual | null
    }
  /** `proposedBy`: whose wording an accepted proposal was */
  | { readonly kind: "act"; readonly event: EventEntry; readonly proposedBy: PartyCode | null }
  /** the plan began with it */
  | { readonly kind: "loaded" }
  /** by an act of which the log no longer knows which */
  | { readonly kind: "server" }

export interface AuthoredText {
  readonly text: ClauseText
  /** one behind the other over all places of `flatText`; neighbours have different authors */
  readonly runs: readonly {
    readonly from: number
    readonly to: number
    /** key in `authors` */
    readonly author: string
    readonly since: string
    readonly until: string
  }[]
}

/** Who wrote which words of a clause, as this reader may know it. */
export interface ClauseAuthorship {
  readonly clauseId: string
  /** null: the live text */
  readonly version: number | null
  readonly seq: number
  /** when it was read */
  readonly at: string
  readonly en: AuthoredText
  readonly ru: AuthoredText
  readonly authors: Readonly<Record<string, AuthorInfo>>
}

export interface PreflightItem {
  readonly code: string
  readonly severity: "blocks" | "warning"
  readonly message: Bilingual
  readonly subject: { readonly type: "clause" | "line" | "proposal" | "table" | "section"; readonly id: string } | null
}

export interface PreflightReport {
  readonly planHash: string
  readonly seq: number
  readonly ready: boolean
  readonly items: readonly PreflightItem[]
}

export interface SignatureInfo {
  readonly party: PartyCode
  readonly post: Bilingual
  readonly name: Bilingual
  readonly organisation: Bilingual
  readonly acting: boolean
  readonly place: Bilingual
  readonly date: string
  readonly signedAt: string
  readonly publicKey: string
}

export interface VersionInfo {
  readonly number: number
  readonly frozenAt: string
  readonly frozenBy: PartyCode | null
  readonly planHash: string
  readonly manifestHash: string
  readonly status: "frozen" | "signed" | "unlocked"
  readonly signatures: readonly SignatureInfo[]
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  /** ready when signed by both */
  readonly pack: boolean
}

export type ExportFormat = "pdf" | "docx" | "json" | "pack"
export interface JobInfo {
  readonly id: string
  readonly format: ExportFormat
  readonly status: "queued" | "running" | "done" | "failed" | "cancelled"
  /** 0..100 */
  readonly progress: number
  readonly step: Bilingual | null
  readonly file: { readonly name: string; readonly size: number } | null
  readonly error: string | null
}

/** What an act did. `completed` false: this side's consent is recorded, the other side's is awaited. */
export interface ActReply {
  readonly rulesRev: number
  readonly seq: number
  readonly completed: boolean
  readonly created: { readonly type: string; readonly id: string } | null
  readonly events: readonly EventEntry[]
}

/** RFC 9457, with a stable `code` and, for bulk acts, what was wrong with which item. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly items?: readonly { readonly id: string; readonly code: string; readonly message: Bilingual }[]
}

/** Hints of `GET …/stream`: what to ask for again. Never content. */
export interface StreamHint {
  readonly type: "standing" | "comments" | "events" | "version" | "job"
  readonly rev: number | string
}
