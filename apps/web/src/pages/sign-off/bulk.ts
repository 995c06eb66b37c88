import {
  type ActInput,
  type Actor,
  clauseStandingOf,
  conformityOf,
  isEmptyText,
  type LivePlan,
  lineStandingOf,
  may,
  openProposalsOn,
  pairKey,
  placeholdersOf,
  type Standing,
} from "@alternat/plan"
import { clausePair, rowHash } from "@alternat/seal"

export type BulkAct = "attest" | "agree_ad_referendum" | "agree"
export const BULK_ACTS: readonly BulkAct[] = ["attest", "agree_ad_referendum", "agree"]

/** What one act would reach if this person did it now, each with the hash it names. */
export interface Reach {
  readonly act: BulkAct
  readonly clauses: readonly {
    readonly clauseId: string
    readonly hash: { readonly en: string; readonly ru: string }
  }[]
  readonly lines: readonly { readonly lineId: string; readonly hash: string }[]
}

/** The rest of the table, in one stroke: everything that is ready for each act and that this person has not done yet. */
export function reachOf(act: BulkAct, actor: Actor, live: LivePlan, standing: Standing): Reach {
  if (!may(actor, act) || standing.status !== "negotiation") return { act, clauses: [], lines: [] }
  return {
    act,
    clauses: clausesFor(act, actor, live, standing),
    lines: act === "attest" ? [] : linesFor(act, actor, live, standing),
  }
}

/** The act itself, naming exactly what was shown. */
export function actOf({ act, clauses, lines }: Reach): ActInput {
  return act === "attest" ? { act, clauses: [...clauses] } : { act, clauses: [...clauses], lines: [...lines] }
}

function clausesFor(act: BulkAct, actor: Actor, live: LivePlan, standing: Standing): Reach["clauses"] {
  return live.plan.sections.flatMap((section) =>
    section.clauses.flatMap((clause) => {
      const own = clauseStandingOf(standing, clause.id)
      const hash = clausePair(clause)
      const conformity = conformityOf(clause, own, hash)
      const whole =
        !isEmptyText(clause.en) && !isEmptyText(clause.ru) && openProposalsOn(live.proposals, clause.id).length === 0
      const filled =
        section.kind === "signature" || placeholdersOf(clause.en).length + placeholdersOf(clause.ru).length === 0
      const consented = (to: "agreed" | "agreed_ad_ref") =>
        own.consents.some((one) => one.party === actor.party && one.to === to && one.hash === pairKey(hash))
      const ready = {
        attest: () =>
          whole &&
          filled &&
          own.state !== "withdrawn" &&
          own.state !== "locked" &&
          conformity !== "in_sync" &&
          !attested(own.attestations, actor, hash),
        agree_ad_referendum: () =>
          whole &&
          filled &&
          (own.state === "tabled" || own.state === "under_negotiation") &&
          (conformity === "in_sync" || conformity === "confirmed_one") &&
          !consented("agreed_ad_ref"),
        agree: () =>
          own.state === "agreed_ad_ref" &&
          own.reserves.every((reserve) => reserve.liftedAt !== null) &&
          !consented("agreed"),
      }[act]()
      return ready ? [{ clauseId: clause.id, hash }] : []
    }),
  )
}

function linesFor(act: BulkAct, actor: Actor, live: LivePlan, standing: Standing): Reach["lines"] {
  const to = act === "agree" ? "agreed" : "agreed_ad_ref"
  const disputed = new Set(
    live.tableProposals.filter((one) => one.status === "open").flatMap((one) => linesOf(one.value)),
  )
  return live.plan.tables.cost_lines.flatMap((line) => {
    const own = lineStandingOf(standing, line.id)
    const hash = rowHash(line)
    const from = act === "agree" ? "agreed_ad_ref" : "under_negotiation"
    const done = own.consents.some((one) => one.party === actor.party && one.to === to && one.hash === hash)
    return own.state === from && !done && !disputed.has(line.id) ? [{ lineId: line.id, hash }] : []
  })
}

function linesOf(value: Readonly<Record<string, unknown>>): readonly string[] {
  const many = value["line_ids"]
  if (Array.isArray(many)) return many.map(String)
  return typeof value["line_id"] === "string" ? [value["line_id"]] : []
}

function attested(
  attestations: readonly { readonly party: string; readonly hash: { readonly en: string; readonly ru: string } }[],
  actor: Actor,
  hash: { readonly en: string; readonly ru: string },
): boolean {
  return attestations.some((one) => one.party === actor.party && one.hash.en === hash.en && one.hash.ru === hash.ru)
}
