export { createLiveStore, type LiveStore } from "./live-store.ts"
export {
  PlanSessionProvider,
  type PlanSpace,
  useIsPlanReady,
  useLivePlan,
  usePlanSession,
  useSessionState,
} from "./PlanSession.tsx"
export { shareStructure } from "./share-structure.ts"
