import { loadDoc, readCaucus, readPlan, removeDraft, serverUpdate, writeEffects } from "@alternat/document"
import {
  type Act,
  type ActEffects,
  type ActError,
  type Actor,
  type ActReply,
  decideAct,
  err,
  type LivePlan,
  type OwnCaucus,
  ok,
  type PartyCode,
  type Problem,
  type Result,
  type Standing,
} from "@alternat/plan"
import type { StoredDoc } from "@alternat/room"
import { hashPort } from "@alternat/seal"
import type { ActTx } from "@alternat/store"
import { mergeTexts } from "@alternat/text"
import type { ApiDeps } from "../deps.ts"
import { fail, ProblemError, problem } from "../http/problem.ts"
import { loadPlanDoc, updatesOf } from "../plans/fold.ts"
import { freezePlan } from "../versions/freeze-plan.ts"
import { actProblem } from "./act-problem.ts"

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

const NO_CAUCUS: OwnCaucus = { drafts: [], threads: [] }

/** The own side's drafts at the head of their log, and its open private threads on clauses: the gate looks at both. */
async function readOwnCaucus(tx: ActTx, party: PartyCode): Promise<OwnCaucus> {
  const stored = tx.caucus ? await tx.loadDoc(tx.planId, "caucus") : null
  const doc = stored ? loadDoc("caucus", updatesOf(stored)) : null
  const drafts = doc ? readCaucus(doc).drafts : []
  doc?.destroy()
  return { drafts, threads: await tx.openOnClauses(tx.planId, party) }
}

export interface Decision {
  readonly effects: ActEffects
  /** the plan as it stood when the act was decided */
  readonly live: LivePlan
  readonly written: { readonly update: Uint8Array | null; readonly clientId: number }
}

/** Folds the log once: the same document is read, judged and written to. */
export function decideAndWrite(
  deps: Pick<ApiDeps, "newId">,
  o: {
    readonly act: Act
    readonly actor: Actor
    readonly stored: StoredDoc
    readonly standing: Standing
    readonly now: Date
    readonly caucus?: OwnCaucus
  },
): Result<Decision, ActError> {
  let decided: Result<{ readonly effects: ActEffects; readonly live: LivePlan }, ActError> | null = null
  const written = serverUpdate(updatesOf(o.stored), (doc) => {
    const live = readPlan(doc, o.stored.headSeq)
    const { actor, standing } = o
    const context = {
      actor,
      live,
      standing,
      hashes: hashPort,
      mergeTexts,
      caucus: o.caucus ?? NO_CAUCUS,
      now: o.now.toISOString(),
      newId: deps.newId,
    }
    const result = decideAct(o.act, context)
    decided = result.ok ? ok({ effects: result.value, live }) : result
    if (result.ok)
      writeEffects(
        doc,
        result.value.text.filter((effect) => effect.type !== "remove_draft"),
      )
  })
  const outcome = decided as Result<{ readonly effects: ActEffects; readonly live: LivePlan }, ActError> | null
  if (outcome === null) throw new Error("broken invariant: the server's writer ran")
  return outcome.ok ? ok({ ...outcome.value, written }) : outcome
}

/** Standing, events, text and, last, the own caucus's draft that was tabled and so is no draft any more. */
export async function writeDecision(tx: ActTx, { effects, written }: Decision, actor: Actor): Promise<ActReply> {
  if (effects.standing.length > 0) await tx.applyStandingChanges(effects.standing)
  const events = await tx.appendEvents(effects.events)
  const seq = written.update
    ? await tx.appendUpdate(tx.doc.doc, { bytes: written.update, clientId: written.clientId })
    : tx.doc.headSeq
  for (const effect of effects.text) {
    if (effect.type === "remove_draft" && effect.party === actor.party) await removeTabledDraft(tx, effect.draftId)
  }
  return { rulesRev: tx.nextRulesRev, seq, completed: effects.completed, created: effects.created, events }
}

async function removeTabledDraft(tx: ActTx, draftId: string): Promise<void> {
  const stored = tx.caucus ? await tx.loadDoc(tx.planId, "caucus") : null
  if (!stored) return
  const { update, clientId } = serverUpdate(updatesOf(stored), (doc) => removeDraft(doc, draftId))
  if (update) await tx.appendUpdate(stored.doc, { bytes: update, clientId })
}
