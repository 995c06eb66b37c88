import {
  type Actor,
  type Bilingual,
  err,
  may,
  ok,
  type PlanDocument,
  type Problem,
  type Result,
  type SignRequest,
  type VersionInfo,
} from "@alternat/plan"
import { parseCanonical, verifyStatement } from "@alternat/seal"
import type { ActTx, NewFile, PersonInfo, VersionRow } from "@alternat/store"
import type { ApiDeps } from "../deps.ts"
import { fail, ProblemError, problem } from "../http/problem.ts"
import { CERTIFICATE, readManifest } from "./pack.ts"
import { differingPlaces, isNearToday, signatoryOf } from "./signatory.ts"

interface Signing {
  readonly planId: string
  readonly number: number
  readonly userId: string
  readonly request: SignRequest
}

/**
 * Keeps a head's signature. The statement was made and signed in the head's browser; what is checked here is that it
 * holds and that it says what this version, this person and this day allow. The second signature completes the version.
 */
export async function signVersion(deps: ApiDeps, signing: Signing): Promise<VersionInfo> {
  if (!verifyStatement(signing.request)) fail("bad_signature")
  const reader = { userId: signing.userId }
  const first = await trySigning(deps, signing)
  // Both heads in the very same moment: the later one finds the other's signature and no certificate made for two.
  const done = first && !first.ok && first.error.code === COUNTERSIGNED ? await trySigning(deps, signing) : first
  if (done === null) return fail("no_such_plan")
  if (!done.ok) throw new ProblemError(done.error)
  const version = await deps.store.withReader(reader, (tx) => tx.version(signing.planId, signing.number))
  return (version ?? fail("no_such_version")).info
}

const COUNTERSIGNED = "countersigned_meanwhile"

/** The certificate is made outside the transaction, for it is slow; inside it is only asked whether one is needed. */
async function trySigning(deps: ApiDeps, signing: Signing): Promise<Result<null, Problem> | null> {
  const certificate = await makeCertificate(deps, signing)
  return deps.store.transactAct(signing.planId, { userId: signing.userId }, { caucus: false }, (tx) =>
    keepSignature(tx, signing, certificate),
  )
}

async function keepSignature(
  tx: ActTx,
  { planId, number, request }: Signing,
  certificate: NewFile | null,
): Promise<Result<null, Problem>> {
  const actor = await tx.actor(planId)
  const version = await tx.version(planId, number)
  if (!actor) return err(problem("no_such_plan"))
  if (!version) return err(problem("no_such_version"))
  const refusal =
    refuse(actor, version, request, tx.before.status) ?? refuseWords(await tx.me(), actor, version, request, tx.now)
  if (refusal) return err(refusal)
  const other = await otherKeyBefore(tx, planId, number, request)
  const earlier = await tx.signatures(planId, number)
  if (earlier.some((s) => s.publicKey === request.publicKey && s.party !== actor.party)) {
    return err(
      problem("bad_signature", {
        finerCode: "key_of_the_other_side",
        detail: "The other side has signed with this key.",
      }),
    )
  }
  if (!(await tx.addSignature(number, request))) return err(problem("already_signed"))
  const complete = earlier.length === 1
  if (complete) {
    if (!certificate)
      return err(
        problem("conflict", { finerCode: COUNTERSIGNED, detail: "The other side has signed in this very moment." }),
      )
    await tx.addVersionFile(number, certificate)
    await tx.setVersionStatus(number, "signed")
    await tx.applyStandingChanges([{ type: "plan", status: "signed" }])
  }
  const subject = { type: "version", id: String(number) }
  const data = { manifest: request.statement.manifest, publicKey: request.publicKey, keyUnlikeVersion: other }
  await tx.appendEvents([
    { kind: "sign", subject, summary: signedSummary(number, request, other), data },
    ...(complete
      ? [{ kind: "version_signed", subject, summary: completeSummary(number), party: null, role: null }]
      : []),
  ])
  return ok(null)
}

function refuse(actor: Actor, version: VersionRow, { statement }: SignRequest, status: string): Problem | null {
  if (actor.party === null) return problem("forbidden", { detail: "Only heads of delegation sign." })
  if (statement.party !== actor.party) return problem("wrong_party", { detail: "The statement is the other side's." })
  if (!may(actor, "sign"))
    return problem("forbidden", { detail: "Only a head of delegation, or one who acts for the head, signs." })
  if (statement.acting !== (actor.acting ?? false)) {
    return problem("bad_signature", {
      finerCode: "acting_differs",
      detail: "The statement must say whether the signer acts for the head.",
    })
  }
  if (statement.manifest !== version.info.manifestHash) return problem("stale")
  if (version.info.signatures.some((s) => s.party === actor.party)) return problem("already_signed")
  if (version.info.status !== "frozen" || status !== "frozen") {
    return problem("conflict", { finerCode: "not_frozen", detail: "Only a frozen version is signed." })
  }
  const rateDay = planOf(version).terms.fx.agreed_on
  if (statement.date < rateDay) {
    return problem("refused", {
      finerCode: "signed_before_rate",
      detail: `The planning rate is of ${rateDay}; nobody signs before it.`,
    })
  }
  return null
}

/** A statement must agree with the record, and its day must be today somewhere on earth. */
function refuseWords(
  me: PersonInfo | null,
  actor: Actor,
  version: VersionRow,
  { statement }: SignRequest,
  now: Date,
): Problem | null {
  const { party } = actor
  if (party === null || me === null) return problem("forbidden")
  const fixed = signatoryOf(planOf(version), { ...actor, party }, me.name)
  const differing = differingPlaces(statement, fixed)
  if (differing.length > 0)
    return problem("refused", {
      finerCode: "signatory_differs",
      detail: "Name, post and organization of a signatory are those of the record.",
      items: differing.map((place) => ({ id: `statement.${place}`, code: "signatory_differs", message: fixed[place] })),
    })
  if (isNearToday(statement.date, now)) return null
  return problem("refused", {
    finerCode: "not_the_day",
    detail: "The date of signing is the signatory's own day: today, or a day beside it.",
  })
}

/** The latest version that this side signed with another key than now; null: none, or the same key. */
async function otherKeyBefore(
  tx: ActTx,
  planId: string,
  number: number,
  { statement, publicKey }: SignRequest,
): Promise<number | null> {
  const earlier = (await tx.versions(planId)).filter((version) => version.number < number)
  const last = earlier
    .toSorted((a, b) => b.number - a.number)
    .find((version) => version.signatures.some((one) => one.party === statement.party))
  const key = last?.signatures.find((one) => one.party === statement.party)?.publicKey
  return last !== undefined && key !== publicKey ? last.number : null
}

async function makeCertificate(deps: ApiDeps, { planId, number, userId, request }: Signing): Promise<NewFile | null> {
  const known = await deps.store.withReader({ userId }, async (tx) => {
    const version = await tx.version(planId, number)
    if (!version) return null
    const earlier = await tx.signatures(planId, number)
    const other = earlier.filter((s) => s.party !== request.statement.party)
    return other.length === 1 ? { version, other, manifest: await readManifest(tx, planId, number) } : null
  })
  if (!known || request.statement.manifest !== known.version.info.manifestHash) return null
  const signatures = [...known.other, { ...request, party: request.statement.party }]
  const file = await deps.exporter.certificate({ plan: planOf(known.version), manifest: known.manifest, signatures })
  return { ...file, name: CERTIFICATE }
}

export function planOf(version: VersionRow): PlanDocument {
  const parsed = parseCanonical(version.plan)
  if (!parsed.ok) throw new Error("broken invariant: a stored plan.json is canonical")
  return parsed.value as PlanDocument
}

const signedSummary = (number: number, { statement }: SignRequest, other: number | null): Bilingual => ({
  en:
    `Version ${number} signed by ${statement.name.en}, ${statement.post.en}${statement.acting ? " (acting)" : ""}` +
    (other === null ? "" : `, with another key than version ${other}`),
  ru:
    `Версия ${number} заверена: ${statement.name.ru}, ${statement.post.ru}${statement.acting ? " (врио)" : ""}` +
    (other === null ? "" : `; ключ отличается от ключа версии ${other}`),
})
const completeSummary = (number: number): Bilingual => ({
  en: `Version ${number} is signed by both Sides`,
  ru: `Версия ${number} заверена обеими Сторонами`,
})
