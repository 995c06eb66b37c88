export {
  type NewComment,
  type Paged,
  stampOf,
  type ThreadFilter,
  useCommentActs,
  useCommentCounts,
  useEntryPages,
  useThread,
  useThreadPages,
} from "./comments.ts"
export { getJson, patchJson, postJson, putJson } from "./http.ts"
export { keys } from "./keys.ts"
export {
  type ExportRequest,
  exportFile,
  fetchTicket,
  isUnfinished,
  type Signatory,
  useAct,
  useAuthorship,
  useEvents,
  useExportActs,
  useExports,
  usePlans,
  usePreflight,
  useRanking,
  useSign,
  useSignatory,
  useStanding,
  useVersionPlan,
  useVersions,
  versionFile,
  versionPack,
} from "./plans.ts"
export { ApiError, isApiError, NETWORK_PROBLEM, readProblem } from "./problem.ts"
export { type Credentials, forgetSignedOut, useDemo, useIsDiskLow, useMe, useSignIn, useSignOut } from "./session.ts"
export { type Setup, useSetUp, useSetupAwaited } from "./setup.ts"
export { usePlanStream } from "./stream.ts"
