import type { CommentCount, EventEntry, LivePlan, Standing } from "@alternat/plan"

/** What the home page knows of one plan. */
export interface PlanState {
  readonly planId: string
  readonly live: LivePlan | null
  readonly standing: Standing | null
  readonly events: readonly EventEntry[]
  readonly threadCounts: readonly CommentCount[]
  readonly error: Error | null
}
export type WholeState = PlanState & { readonly live: LivePlan; readonly standing: Standing }

export const isWhole = (state: PlanState): state is WholeState => state.live !== null && state.standing !== null

type Get = <T>(path: string, signal?: AbortSignal) => Promise<T>

/** One plan's text, standing, events and counted threads, as this reader may see them. */
export async function readPlanState(planId: string, get: Get, signal: AbortSignal) {
  const path = `/api/plans/${encodeURIComponent(planId)}`
  const [live, standing, events, counts] = await Promise.all([
    get<LivePlan>(path, signal),
    get<Standing>(`${path}/standing`, signal),
    get<Listed<EventEntry>>(`${path}/events`, signal),
    get<Listed<CommentCount>>(`${path}/comment-counts`, signal),
  ])
  return { live, standing, events: bare(events), threadCounts: bare(counts) }
}

type Listed<T> = readonly T[] | Readonly<Record<string, readonly T[]>>
const bare = <T>(body: Listed<T>): readonly T[] =>
  Array.isArray(body) ? (body as readonly T[]) : (Object.values(body)[0] ?? [])
