import {
  type Act,
  type Actor,
  type ActReply,
  assert,
  codePointName,
  err,
  ok,
  type PlanDocument,
  type Problem,
  type Result,
  type Standing,
  unprintableItems,
} from "@alternat/plan"
import type { StoredDoc } from "@alternat/room"
import { buildManifest, canonicalBytes, manifestHash, planBytes, planHash } from "@alternat/seal"
import type { ActTx } from "@alternat/store"
import { actProblem } from "../acts/act-problem.ts"
import { decideAndWrite, writeDecision } from "../acts/decide-and-write.ts"
import type { ApiDeps } from "../deps.ts"
import { type FrozenVersion, UnprintableError, type VersionFiles } from "../exports/exporter.ts"
import { problem } from "../http/problem.ts"
import { loadPlanDoc } from "../plans/fold.ts"
import { MANIFEST, readManifest } from "./pack.ts"

interface Freezing {
  readonly planId: string
  readonly userId: string
  readonly act: Extract<Act, { readonly act: "freeze" }>
}

/** A version as it would be, made before anything is locked: rendering takes seconds, and nobody waits for it. */
interface Prepared {
  readonly planHash: string
  readonly number: number
  readonly frozenAt: string
  readonly rendered: VersionFiles
}

/**
 * Freezes the plan into its next version. What was rendered is stored only if, under the lock, the plan still has the
 * hash it was rendered from and the version's number is still free; otherwise the act is stale.
 */
export async function freezePlan(deps: ApiDeps, freezing: Freezing): Promise<Result<ActReply, Problem> | null> {
  const prepared = await prepareVersion(deps, freezing)
  if (!prepared.ok) return prepared
  const reader = { userId: freezing.userId }
  return deps.store.transactAct(freezing.planId, reader, { caucus: false }, (tx) =>
    storeVersion(deps, tx, freezing, prepared.value),
  )
}

async function prepareVersion(deps: ApiDeps, { planId, userId, act }: Freezing): Promise<Result<Prepared, Problem>> {
  const now = deps.now()
  const judged = await deps.store.withReader({ userId }, async (tx) => {
    const actor = await tx.actor(planId)
    const standing = await tx.standing(planId)
    if (!actor || !standing) return err(problem("no_such_plan"))
    const decided = judge(deps, { act, actor, standing, now, stored: await loadPlanDoc(tx, planId) })
    return decided.ok ? ok({ plan: decided.value, standing, number: (await lastVersion(tx, planId)) + 1 }) : decided
  })
  if (!judged.ok) return judged
  const version = { ...judged.value, frozenAt: now.toISOString() }
  const rendered = await renderVersion(deps, version)
  if (!rendered.ok) return rendered
  const { plan, number, frozenAt } = version
  return ok({ planHash: planHash(plan), number, frozenAt, rendered: rendered.value })
}

/** A sign that the fonts turn out to lack is named with its places: it is the authors' to take out. */
async function renderVersion(deps: ApiDeps, version: FrozenVersion): Promise<Result<VersionFiles, Problem>> {
  try {
    return ok(await deps.exporter.versionFiles(version))
  } catch (error) {
    if (!(error instanceof UnprintableError)) throw error
    return err(unprintable(version.plan, error.text))
  }
}

function unprintable(plan: PlanDocument, text: string): Problem {
  const items = unprintableItems(plan, text).map(({ subject, code, message }) => ({
    id: subject?.id ?? "plan",
    code,
    message,
  }))
  const detail = items[0]?.message.en ?? `No font has ${codePointName(text.codePointAt(0) ?? 0)}.`
  return problem("refused", { finerCode: "bad_characters", detail, items })
}

/** The act's own rules, before an hour is lost on rendering what may not be frozen. */
function judge(
  deps: ApiDeps,
  o: {
    readonly act: Act
    readonly actor: Actor
    readonly standing: Standing
    readonly now: Date
    readonly stored: StoredDoc
  },
): Result<PlanDocument, Problem> {
  const decided = decideAndWrite(deps, o)
  return decided.ok ? ok(decided.value.live.plan) : err(actProblem(decided.error))
}

async function storeVersion(
  deps: ApiDeps,
  tx: ActTx,
  { planId, act }: Freezing,
  prepared: Prepared,
): Promise<Result<ActReply, Problem>> {
  const actor = await tx.actor(planId)
  if (!actor) return err(problem("no_such_plan"))
  const stored = await loadPlanDoc(tx, planId)
  const decided = decideAndWrite(deps, { act, actor, stored, standing: tx.before, now: tx.now })
  if (!decided.ok) return err(actProblem(decided.error))
  const { plan } = decided.value.live
  const last = await lastVersion(tx, planId)
  if (planHash(plan) !== prepared.planHash || last + 1 !== prepared.number) return err(problem("stale"))
  const reply = await writeDecision(tx, decided.value, actor)
  const { files, originals } = prepared.rendered
  const manifest = buildManifest({
    plan,
    version: prepared.number,
    frozenAt: prepared.frozenAt,
    previous: last === 0 ? null : manifestHash(await readManifest(tx, planId, last)),
    eventHead: reply.events.at(-1)?.hash ?? null,
    originals,
    files,
  })
  const number = await tx.createVersion({
    frozenAt: prepared.frozenAt,
    seq: reply.seq,
    planHash: prepared.planHash,
    manifestHash: manifestHash(manifest),
    plan: planBytes(plan),
    update: null,
    standing: tx.before,
    files: [...files, { name: MANIFEST, type: "application/json", bytes: canonicalBytes(manifest) }],
  })
  assert(number === prepared.number, "versions are numbered without gaps")
  return ok(reply)
}

async function lastVersion(tx: Pick<ActTx, "versions">, planId: string): Promise<number> {
  return Math.max(0, ...(await tx.versions(planId)).map((version) => version.number))
}
