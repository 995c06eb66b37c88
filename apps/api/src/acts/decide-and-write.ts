import { readPlan, removeDraft, serverUpdate, writeEffects } from "@alternat/document"
import {
  type Act,
  type ActEffects,
  type ActError,
  type Actor,
  type ActReply,
  decideAct,
  type LivePlan,
  type OwnCaucus,
  ok,
  type Result,
  type Standing,
} from "@alternat/plan"
import type { StoredDoc } from "@alternat/room"
import { hashPort } from "@alternat/seal"
import type { ActTx } from "@alternat/store"
import { mergeTexts } from "@alternat/text"
import type { ApiDeps } from "../deps.ts"
import { updatesOf } from "../plans/fold.ts"

/** For an act that takes nothing out of a caucus. */
export const NO_CAUCUS: OwnCaucus = { drafts: [], threads: [] }

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
