import type {
  ActInput,
  ActReply,
  ClauseAuthorship,
  EventEntry,
  ExportFormat,
  JobInfo,
  PlanDocument,
  PlanSummary,
  PreflightReport,
  SignRequest,
  SignStatement,
  Standing,
  SyncTicket,
  VersionInfo,
} from "@alternat/plan"
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { deleteJson, getJson, postJson } from "./http.ts"
import { keys } from "./keys.ts"

export const planPath = (planId: string) => `/api/plans/${encodeURIComponent(planId)}`

export const usePlans = () =>
  useQuery({ queryKey: keys.plans, queryFn: ({ signal }) => getListed<PlanSummary>("/api/plans", "plans", signal) })

export const useStanding = (planId: string) =>
  useQuery({
    queryKey: keys.standing(planId),
    queryFn: ({ signal }) => getJson<Standing>(`${planPath(planId)}/standing`, signal),
  })

export const useEvents = (planId: string) =>
  useQuery({
    queryKey: keys.events(planId),
    queryFn: ({ signal }) => getListed<EventEntry>(`${planPath(planId)}/events`, "events", signal),
  })

/**
 * Who wrote which words of a clause, now or in a version. While it is asked for again, the last answer stays; once the view
 * is closed it is forgotten, for the text goes on without it.
 */
export const useAuthorship = (planId: string, clauseId: string, version: number | null) =>
  useQuery({
    queryKey: keys.authorship(planId, clauseId, version),
    queryFn: ({ signal }) =>
      getJson<ClauseAuthorship>(
        `${planPath(planId)}/clauses/${encodeURIComponent(clauseId)}/authorship${version === null ? "" : `?version=${version}`}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** The plan as a version froze it: its fields read as its own tables stand. It never changes. */
export const useVersionPlan = (planId: string, version: number | null) =>
  useQuery({
    queryKey: keys.versionPlan(planId, version ?? 0),
    queryFn: ({ signal }) => getJson<PlanDocument>(versionFile(planId, version ?? 0, "plan.json"), signal),
    enabled: version !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const usePreflight = (planId: string) =>
  useQuery({
    queryKey: keys.preflight(planId),
    queryFn: ({ signal }) => getJson<PreflightReport>(`${planPath(planId)}/preflight`, signal),
  })

export const useVersions = (planId: string) =>
  useQuery({
    queryKey: keys.versions(planId),
    queryFn: ({ signal }) => getListed<VersionInfo>(`${planPath(planId)}/versions`, "versions", signal),
  })

/** Rankings of both sides once revealed; the shape is the record's own. */
export const useRanking = (planId: string) =>
  useQuery({
    queryKey: keys.ranking(planId),
    queryFn: ({ signal }) => getJson<unknown>(`${planPath(planId)}/ranking`, signal),
  })

export const fetchTicket = (planId: string, space: "plan" | "caucus"): Promise<SyncTicket> =>
  postJson<SyncTicket>(`${planPath(planId)}/sync-ticket`, { space })

/** One act, whole or not at all. Whatever came of it, what it could have touched is asked for again. */
export function useAct(planId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: ActInput) => postJson<ActReply>(`${planPath(planId)}/acts`, act),
    onSettled: () => client.invalidateQueries({ queryKey: ["plan", planId] }),
  })
}

export function useSign(planId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, request }: { readonly version: number; readonly request: SignRequest }) =>
      postJson<VersionInfo>(`${planPath(planId)}/versions/${version}/signatures`, request),
    onSettled: () => client.invalidateQueries({ queryKey: ["plan", planId] }),
  })
}

export type Signatory = Pick<SignStatement, "party" | "name" | "post" | "organisation" | "acting">

/** The recorded facts about the signatory: the dialog shows them and adds place and date. */
export const useSignatory = (planId: string, version: number) =>
  useQuery({
    queryKey: keys.signatory(planId, version),
    queryFn: ({ signal }) => getJson<Signatory>(`${planPath(planId)}/versions/${version}/signatory`, signal),
  })

export interface ExportRequest {
  readonly format: ExportFormat
  readonly audience: "shared"
  readonly version?: number
}

export function useExportActs(planId: string) {
  const client = useQueryClient()
  const again = { onSettled: () => client.invalidateQueries({ queryKey: keys.jobs(planId) }) }
  return {
    ask: useMutation({
      mutationFn: (request: ExportRequest) => postJson<JobInfo>(`${planPath(planId)}/exports`, request),
      ...again,
    }),
    /** what waits or runs ends; what is finished is removed with its file */
    remove: useMutation({
      mutationFn: (jobId: string) => deleteJson(`${planPath(planId)}/exports/${encodeURIComponent(jobId)}`),
      ...again,
    }),
  }
}

/** One's own exports; asked again every half second while one is unfinished, and sooner by a hint of the stream. */
export const useExports = (planId: string) =>
  useQuery({
    queryKey: keys.jobs(planId),
    queryFn: ({ signal }) => getJson<readonly JobInfo[]>(`${planPath(planId)}/exports`, signal),
    refetchInterval: (query) => (query.state.data?.some(isUnfinished) ? 500 : false),
  })

export const isUnfinished = (job: JobInfo): boolean => job.status === "queued" || job.status === "running"

export const versionFile = (planId: string, version: number, name: string): string =>
  `${planPath(planId)}/versions/${version}/files/${encodeURIComponent(name)}`
export const versionPack = (planId: string, version: number): string => `${planPath(planId)}/versions/${version}/pack`
export const exportFile = (planId: string, jobId: string): string =>
  `${planPath(planId)}/exports/${encodeURIComponent(jobId)}/file`

/** Lists travel bare or under their name; both read the same here. */
async function getListed<T>(path: string, name: string, signal: AbortSignal): Promise<readonly T[]> {
  const body = await getJson<readonly T[] | Readonly<Record<string, readonly T[]>>>(path, signal)
  if (Array.isArray(body)) return body as readonly T[]
  return (body as Readonly<Record<string, readonly T[]>>)[name] ?? []
}
