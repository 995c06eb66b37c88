export { pairOf } from "./clause-hash.ts"
export {
  dropKeptValue,
  isSameValue,
  type KeptValue,
  keepIfOvertaken,
  useKeptValues,
  useLostRaces,
} from "./kept-values.ts"
export { prepareToLeave, sayLeft, stayAfterAll, useIsLeavingElsewhere, useStay } from "./leaving.ts"
export { createLiveStore, type LiveStore } from "./live-store.ts"
export { trackSession, type UnsentText } from "./open-sessions.ts"
export {
  PlanSessionProvider,
  type PlanSpace,
  useIsPlanReady,
  useLivePlan,
  usePlanSession,
  useSessionState,
} from "./PlanSession.tsx"
export { sessionStore } from "./session-store.ts"
export { shareStructure } from "./share-structure.ts"
export { subjectLabel } from "./subject-label.ts"
export { TABLE_ORIGIN } from "./table-origin.ts"
export { useWriterWords } from "./use-overwritten-words.ts"
export { isHeldUp, useWaited, type Waited } from "./use-saving.ts"
export { type TableEdit, useTableEdit } from "./use-table-edit.ts"
export { useTableUndo } from "./use-table-undo.ts"
