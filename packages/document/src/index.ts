import type {
  Bilingual,
  CellError,
  Clause,
  ClauseText,
  EditRules,
  Lang,
  LivePlan,
  PlanTerms,
  Proposal,
  Result,
  Row,
  TableName,
  TableProposal,
  TableRows,
  TextEffect,
} from "@alternat/plan"
import type * as Y from "yjs"
import type { Bearer, GuardLimits, Verdict } from "./verdict.ts"
export type { Bearer, GuardLimits, RejectReason, Verdict } from "./verdict.ts"
export { DEFAULT_LIMITS } from "./verdict.ts"

/** Rises when a stored document must be migrated; part of the room's name. */
export declare const SCHEMA_VERSION: number

// initial documents
export declare function initialPlanUpdate(
  live: LivePlan,
  options: { readonly epoch: number; readonly clientId: number },
): Uint8Array
export declare function initialCaucusUpdate(
  content: CaucusContent,
  options: { readonly planId: string; readonly epoch: number; readonly clientId: number },
): Uint8Array

// reading the plan space
export declare function readPlan(doc: Y.Doc, seq: number): LivePlan
export declare function readPlanState(updates: readonly Uint8Array[], seq: number): LivePlan
export declare function readClause(doc: Y.Doc, clauseId: string): Clause | null
export declare function readClauseText(doc: Y.Doc, clauseId: string, lang: Lang): ClauseText | null
export declare function readTable<T extends TableName>(doc: Y.Doc, table: T): readonly TableRows[T][]
export declare function readTerms(doc: Y.Doc): PlanTerms
export declare function readProposals(doc: Y.Doc): readonly Proposal[]
export declare function readTableProposals(doc: Y.Doc): readonly TableProposal[]
export declare function clauseFragment(doc: Y.Doc, clauseId: string, lang: Lang): Y.XmlFragment | null
export declare function readFragment(fragment: Y.XmlFragment): ClauseText
export declare function writeFragment(fragment: Y.XmlFragment, text: ClauseText): void
/** The types one UndoManager watches. */
export declare function undoScope(doc: Y.Doc): readonly Y.AbstractType<unknown>[]

// what changed: "clause:<id>:<en|ru>", "row:<table>:<id>", "terms", "proposals:<clauseId>", "tableProposals", "structure", "draft:<id>", "note:<id>"
export declare function changedKeys(transaction: Y.Transaction): ReadonlySet<string>
export declare function observeKeys(
  doc: Y.Doc,
  listener: (keys: ReadonlySet<string>, transaction: Y.Transaction) => void,
): () => void

// edits of tables
export interface EditError {
  readonly code: CellError["code"] | "unknown_row"
  readonly message: Bilingual
}
export declare function setCell(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  field: string,
  value: unknown,
  origin?: unknown,
): Result<void, EditError>
export declare function addRow(
  doc: Y.Doc,
  table: TableName,
  row: Row,
  after: string | null | "last",
  origin?: unknown,
): Result<void, EditError>
export declare function removeRow(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  origin?: unknown,
): Result<void, EditError>
export declare function moveRow(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  after: string | null,
  origin?: unknown,
): Result<void, EditError>
export declare function setTerm<K extends keyof PlanTerms>(
  doc: Y.Doc,
  key: K,
  value: PlanTerms[K],
  origin?: unknown,
): Result<void, EditError>

// caucus
export interface CaucusDraft {
  readonly id: string
  readonly clauseId: string
  readonly kind: "replace" | "insert_after" | "delete"
  readonly role: string
  readonly at: string
  readonly marking: string
  readonly en: ClauseText
  readonly ru: ClauseText
  readonly note: Bilingual | null
}
export interface CaucusNote {
  readonly id: string
  readonly kind: "red_line" | "instruction" | "fallback" | "scenario" | "note"
  readonly clauseId: string | null
  readonly refersTo: readonly string[]
  readonly role: string
  readonly at: string
  readonly marking: string
  readonly text: string
  readonly data: unknown
}
export interface CaucusContent {
  readonly drafts: readonly CaucusDraft[]
  readonly notes: readonly CaucusNote[]
}
export declare function readCaucus(doc: Y.Doc): CaucusContent
export declare function readDraft(doc: Y.Doc, draftId: string): CaucusDraft | null
export declare function createDraft(doc: Y.Doc, draft: CaucusDraft, origin?: unknown): void
export declare function removeDraft(doc: Y.Doc, draftId: string, origin?: unknown): void
export declare function setDraftField(
  doc: Y.Doc,
  draftId: string,
  field: "kind" | "marking" | "note",
  value: unknown,
  origin?: unknown,
): void
export declare function draftFragment(doc: Y.Doc, draftId: string, lang: Lang): Y.XmlFragment | null
export declare function putNote(doc: Y.Doc, note: CaucusNote, origin?: unknown): void
export declare function removeNote(doc: Y.Doc, noteId: string, origin?: unknown): void

// the server's own writing
/** One update under a fresh client id; `update` is null when nothing changed. */
export declare function serverUpdate(
  updates: readonly Uint8Array[],
  write: (doc: Y.Doc) => void,
): { readonly update: Uint8Array | null; readonly clientId: number }
/** Writes into the plan space all effects of an act but `remove_draft`, which goes to that party's caucus (`removeDraft`). */
export declare function writeEffects(doc: Y.Doc, effects: readonly TextEffect[]): void

// anchors of comments: places count as in the editor (a character, a field, a line break each one)
export interface Anchor {
  readonly from: string
  readonly to: string
}
export declare function makeAnchor(fragment: Y.XmlFragment, from: number, to: number): Anchor
export declare function resolveAnchor(
  fragment: Y.XmlFragment,
  anchor: Anchor | null,
  quote: string,
): { readonly from: number; readonly to: number; readonly by: "anchor" | "quote" } | null

/**
 * Judges updates before they reach the log. `judge` applies what it accepts to its shadow and holds it as pending until
 * `commit` says that the log has it; `rollback` forgets what is pending (to be judged again under newer rules).
 */
export declare class Guard {
  constructor(options: {
    readonly space: "plan" | "caucus"
    /** of a caucus: whose */
    readonly party: string | null
    readonly state: readonly Uint8Array[]
    readonly authors: ReadonlyMap<number, string>
    readonly limits?: Partial<GuardLimits>
  })
  judge(update: Uint8Array, bearer: Bearer, rules: EditRules): Verdict
  /** the oldest `count` pending updates are in the log now */
  commit(count: number): void
  rollback(): void
  /** what the log got from elsewhere: another node, an act */
  apply(update: Uint8Array, author: string | null): void
  get stateVector(): Uint8Array
  destroy(): void
}
