import { loadDoc, readCaucus } from "@alternat/document"
import {
  type Act,
  type ActReply,
  err,
  type OwnCaucus,
  ok,
  type PartyCode,
  type Problem,
  type Result,
} from "@alternat/plan"
import type { ActTx } from "@alternat/store"
import type { ApiDeps } from "../deps.ts"
import { fail, ProblemError, problem } from "../http/problem.ts"
import { loadPlanDoc, updatesOf } from "../plans/fold.ts"
import { freezePlan } from "../versions/freeze-plan.ts"
import { actProblem } from "./act-problem.ts"
import { decideAndWrite, NO_CAUCUS, writeDecision } from "./decide-and-write.ts"

export interface PerformedAct {
  readonly planId: string
  readonly userId: string
  readonly act: Act
}

/** Carries out one act, or throws the problem that kept it from being one. Either all of it happens or nothing. */
export async function performAct(deps: ApiDeps, performed: PerformedAct): Promise<ActReply> {
  const started = performance.now()
  const done = await (performed.act.act === "freeze"
    ? freezePlan(deps, { ...performed, act: performed.act })
    : writeAct(deps, performed))
  deps.metrics.observe("alternat_act_seconds", (performance.now() - started) / 1000)
  const outcome = done === null ? "no_such_plan" : done.ok ? "done" : String(done.error.status)
  deps.metrics.count("alternat_acts_total", { act: performed.act.act, outcome })
  if (done === null) return fail("no_such_plan")
  if (!done.ok) throw new ProblemError(done.error)
  return done.value
}

function writeAct(deps: ApiDeps, { planId, userId, act }: PerformedAct): Promise<Result<ActReply, Problem> | null> {
  const caucus = act.act === "table_proposal" || act.act === "revise_proposal"
  return deps.store.transactAct(planId, { userId }, { caucus }, async (tx) => {
    const actor = await tx.actor(planId)
    if (!actor) return err(problem("no_such_plan"))
    const stored = await loadPlanDoc(tx, planId)
    const own = caucus && actor.party !== null ? await readOwnCaucus(tx, actor.party) : NO_CAUCUS
    const decided = decideAndWrite(deps, { act, actor, stored, standing: tx.before, now: tx.now, caucus: own })
    if (!decided.ok) return err(actProblem(decided.error))
    const reply = await writeDecision(tx, decided.value, actor)
    if (act.act === "unlock" && reply.completed) await tx.setVersionStatus(act.version, "unlocked")
    return ok(reply)
  })
}

/** The own side's drafts at the head of their log, and its open private threads on clauses: the gate looks at both. */
async function readOwnCaucus(tx: ActTx, party: PartyCode): Promise<OwnCaucus> {
  const stored = tx.caucus ? await tx.loadDoc(tx.planId, "caucus") : null
  const doc = stored ? loadDoc("caucus", updatesOf(stored)) : null
  const drafts = doc ? readCaucus(doc).drafts : []
  doc?.destroy()
  return { drafts, threads: await tx.openOnClauses(tx.planId, party) }
}
