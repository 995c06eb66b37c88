import type { CostFinding, PlanTables, Post, RaciActivity, RaciCode, Workstream } from "@alternat/plan"

export const LETTERS: readonly RaciCode[] = ["A", "R", "C", "I"]

export interface MatrixGroup {
  readonly workstream: Workstream
  readonly activities: readonly RaciActivity[]
}

/** The columns: posts of the matrix, by side in the plan's order; the rows: activities under their workstream. */
export function matrixOf(
  tables: PlanTables,
  parties: readonly { readonly code: string }[],
): { readonly posts: readonly Post[]; readonly groups: readonly MatrixGroup[] } {
  const used = new Set(tables.raci.flatMap((activity) => Object.keys(activity.cells)))
  const posts = parties.flatMap((party) =>
    tables.posts.filter((post) => post.party === party.code && (post.in_matrix || used.has(post.id))),
  )
  const groups = tables.workstreams.map((workstream) => ({
    workstream,
    activities: tables.raci.filter((activity) => activity.workstream_id === workstream.id),
  }))
  return { posts, groups }
}

/** Findings about one cell: its own, and those of the row that stand where an A is. */
export const findingsAtCell = (
  findings: readonly CostFinding[],
  activityId: string,
  postId: string,
): readonly CostFinding[] => findings.filter((finding) => finding.path === `raci/${activityId}/${postId}`)

export const findingsOfRow = (findings: readonly CostFinding[], activityId: string): readonly CostFinding[] =>
  findings.filter((finding) => finding.path === `raci/${activityId}` || finding.path.startsWith(`raci/${activityId}/`))

/** The letter a key stands for, by its place on the keyboard too; null clears; undefined is no letter at all. */
export function letterOfKey(key: string): RaciCode | null | undefined {
  if (key === "Delete" || key === "Backspace") return null
  const upper = key.toUpperCase()
  // the same four keys of the Russian layout
  const typed = { Ф: "A", К: "R", С: "C", Ш: "I" }[upper] ?? upper
  return LETTERS.find((letter) => letter === typed)
}

/** The next letter a press gives: A, R, C, I, none. */
export function nextLetter(letter: RaciCode | null): RaciCode | null {
  const at = letter === null ? -1 : LETTERS.indexOf(letter)
  return LETTERS[at + 1] ?? null
}

export interface LadderStep {
  readonly from: number
  readonly days: number
}

/** Where each timed level of the ladder begins and how long it lasts. */
export function ladder(steps: readonly { readonly max_days: number | null }[]): {
  readonly spans: readonly (LadderStep | null)[]
  readonly total: number
} {
  let from = 0
  const spans = steps.map(({ max_days }) => {
    if (max_days === null) return null
    const span = { from, days: max_days }
    from += max_days
    return span
  })
  return { spans, total: from }
}
