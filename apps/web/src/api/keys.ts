/** Query keys: everything of one plan is under `["plan", id]`, so that a hint can name what to ask for again. */
export const keys = {
  me: ["me"] as const,
  demo: ["demo"] as const,
  setup: ["setup"] as const,
  readiness: ["readiness"] as const,
  plans: ["plans"] as const,
  standing: (planId: string) => ["plan", planId, "standing"] as const,
  comments: (planId: string) => ["plan", planId, "comments"] as const,
  events: (planId: string) => ["plan", planId, "events"] as const,
  authorship: (planId: string, clauseId: string, version: number | null) =>
    ["plan", planId, "authorship", clauseId, version] as const,
  versionPlan: (planId: string, n: number) => ["version-plan", planId, n] as const,
  record: (planId: string) => ["plan", planId, "record"] as const,
  ranking: (planId: string) => ["plan", planId, "ranking"] as const,
  preflight: (planId: string) => ["plan", planId, "preflight"] as const,
  versions: (planId: string) => ["plan", planId, "versions"] as const,
  version: (planId: string, n: number) => ["plan", planId, "versions", n] as const,
  signatory: (planId: string, n: number) => ["plan", planId, "signatory", n] as const,
  jobs: (planId: string) => ["plan", planId, "jobs"] as const,
}
