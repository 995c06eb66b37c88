import { type Convergence, convergenceOf, type PartyCode, type Priority, type TableProposal } from "@alternat/plan"

export interface SlopeRow {
  readonly id: string
  readonly label: "convergent" | "partly" | "divergent"
  readonly left: number
  readonly right: number
}

export interface SlopeView {
  readonly rows: readonly SlopeRow[]
  readonly convergence: Convergence
  /** pairs ordered alike by both sides, and the other way */
  readonly pairs: { readonly alike: number; readonly opposite: number }
}

export type Ranks = Readonly<Record<string, number>>

/** Both rankings beside each other; null until both are revealed, so that neither side is read early. */
export function slopeView(left: Ranks | null, right: Ranks | null): SlopeView | null {
  if (left === null || right === null) return null
  const ids = Object.keys(left).filter((id) => right[id] !== undefined)
  if (ids.length === 0) return null
  const convergence = convergenceOf(left, right)
  const rows = ids.map((id) => ({
    id,
    label: convergence.labels?.[id] ?? ("partly" as const),
    left: left[id] ?? 0,
    right: right[id] ?? 0,
  }))
  return { rows, convergence, pairs: countPairs(rows) }
}

function countPairs(rows: readonly SlopeRow[]): SlopeView["pairs"] {
  let alike = 0
  let opposite = 0
  rows.forEach((one, i) => {
    for (const other of rows.slice(i + 1)) {
      const sign = Math.sign(one.left - other.left) * Math.sign(one.right - other.right)
      if (sign > 0) alike += 1
      if (sign < 0) opposite += 1
    }
  })
  return { alike, opposite }
}

/** Rankings from the reply of the server; where there is none yet, from the table, which holds only revealed ones. */
export function ranksOf(reply: unknown, priorities: readonly Priority[], party: PartyCode): Ranks | null {
  const list = Array.isArray(reply) ? (reply as readonly RankingReply[]) : []
  const own = list.find((one) => one.party === party)
  if (own) return own.ranks
  const entries = priorities.flatMap((priority) => {
    const rank = priority.own_rank[party]
    return typeof rank === "number" ? [[priority.id, rank] as const] : []
  })
  return entries.length === priorities.length && entries.length > 0 ? Object.fromEntries(entries) : null
}

export interface RankingReply {
  readonly party: PartyCode
  readonly committedAt: string
  readonly revealedAt: string | null
  readonly commitment: string
  /** null until both are revealed */
  readonly salt: string | null
  readonly ranks: Ranks
}

export const rankingsOf = (reply: unknown): readonly RankingReply[] =>
  Array.isArray(reply) ? (reply as readonly RankingReply[]) : []

export interface JointPlace {
  readonly rank: number
  /** the priority that stands here now; null where two stand or none */
  readonly priority: Priority | null
  /** who would put what here instead */
  readonly proposed: readonly { readonly proposal: TableProposal; readonly priorityId: string }[]
}

/** The joint order, place by place, with the brackets that open proposals make of it. */
export function jointOrder(
  priorities: readonly Priority[],
  proposals: readonly TableProposal[],
  first: PartyCode,
): readonly JointPlace[] {
  const open = proposals
    .filter((proposal) => proposal.kind === "joint_rank" && proposal.status === "open")
    .toSorted((a, b) => Number(b.party === first) - Number(a.party === first))
  return priorities.map((_, i) => {
    const rank = i + 1
    const here = priorities.filter((priority) => priority.joint_rank === rank)
    const proposed = open.flatMap((proposal) => {
      const ranks = (proposal.value["ranks"] ?? {}) as Ranks
      const priorityId = Object.keys(ranks).find((id) => ranks[id] === rank)
      return priorityId === undefined ? [] : [{ proposal, priorityId }]
    })
    return { rank, priority: here.length === 1 ? (here[0] ?? null) : null, proposed }
  })
}
