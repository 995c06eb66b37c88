// The face of the package, listed by hand.
export { type Anchor, type AnchoredRange, makeAnchor, resolveAnchor } from "./anchors.ts"
export type { AuthoredRun } from "./authored-runs.ts"
export {
  type AuthoredClause,
  type AuthoredUpdate,
  type Authorship,
  createAuthorship,
} from "./authorship.ts"
export type { Written } from "./authorship-fold.ts"
export {
  type CaucusContent,
  type CaucusDraft,
  type CaucusNote,
  createDraft,
  draftFragment,
  initialCaucusUpdate,
  noteFragment,
  putNote,
  readCaucus,
  readDraft,
  reasonsFragment,
  removeDraft,
  removeNote,
  setDraftField,
} from "./caucus.ts"
export { addRow, clearCell, type EditError, LAST, moveRow, rowOrder, setCell, setTerm } from "./cells.ts"
export { changedKeys, observeKeys } from "./changes.ts"
export { writeEffects } from "./effects.ts"
export { readFragment, writeFragment } from "./fragment.ts"
export { Guard, type GuardedEdit } from "./guard.ts"
export { clauseFragment, keepFormats, newDoc, SCHEMA_VERSION, undoScope } from "./layout.ts"
export { type LostWrite, standingCell, watchLostWrites } from "./lost-writes.ts"
export { type Overwritten, overwrittenIn } from "./overwritten.ts"
export { newPlain, readPlain, writePlain } from "./plain-text.ts"
export { createPlanReader, type PlanReader } from "./plan-reader.ts"
export {
  initialPlanUpdate,
  loadDoc,
  readClause,
  readClauseText,
  readPlan,
  readPlanState,
  readProposals,
  readRow,
  readSections,
  readTable,
  readTableProposals,
  readTerms,
} from "./plan-space.ts"
export { serverUpdate } from "./server-update.ts"
export { parseTerm } from "./terms.ts"
export { isEdit, mayTakeBack } from "./undo.ts"
export { upgradeUpdate } from "./upgrade.ts"
export {
  type AcceptedVerdict,
  type Bearer,
  DEFAULT_LIMITS,
  type GuardLimits,
  type RejectReason,
  type Verdict,
} from "./verdict.ts"
