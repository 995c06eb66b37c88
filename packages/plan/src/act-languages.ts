import type { Decision, FoundClause, ItemFault, Scene } from "./act-parts.ts"
import { byParty, createClauseFinder, effects, fault, itemsEvent, refuse, refuseItems, said } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { isEmptyText } from "./clause-standing.ts"
import type { Reserve } from "./standing.ts"
import { isSamePair, pairKey } from "./standing.ts"

/** Attestations of the two languages, divergences, reserves. Each side speaks for itself and undoes only its own. */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>

const staleItem = (id: string): ItemFault =>
  fault(
    id,
    409,
    "stale_hash",
    "The text has changed since: read it again.",
    "Текст с тех пор изменился: прочтите его заново.",
  )

const unknownItem = (id: string): ItemFault =>
  fault(id, 409, "unknown_clause", "There is no such clause (any more).", "Такого пункта нет или он снят.")

export const attest = (act: Of<"attest">, scene: Scene): Decision => {
  const find = createClauseFinder(scene)
  const faults: ItemFault[] = []
  const attested: FoundClause[] = []
  const seen = new Set<string>()
  for (const { clauseId, hash } of act.clauses) {
    const found = find(clauseId)
    if (found === null) faults.push(unknownItem(clauseId))
    else if (!isSamePair(found.hash, hash)) faults.push(staleItem(clauseId))
    else if (isEmptyText(found.clause.en) || isEmptyText(found.clause.ru)) {
      faults.push(
        fault(clauseId, 422, "empty_text", "One of the two texts is missing.", "Один из двух текстов отсутствует."),
      )
    } else if (seen.has(clauseId) || (attestsNow(found, scene) && found.standing.divergence?.party !== scene.party)) {
      faults.push(
        fault(
          clauseId,
          409,
          "already_attested",
          "Your side has attested this pair already.",
          "Ваша Сторона уже подтвердила эту пару текстов.",
        ),
      )
    } else attested.push(found)
    seen.add(clauseId)
  }
  if (faults.length > 0) return refuseItems(act.act, faults)
  const items = attested.map((one) => ({
    type: "clause",
    id: one.clause.id,
    label: one.label,
    hash: pairKey(one.hash),
  }))
  return effects({
    standing: attested.map(({ clause, hash, standing }) => ({
      type: "clause",
      clauseId: clause.id,
      standing: {
        ...standing,
        attestations: [
          ...standing.attestations.filter((one) => one.party !== scene.party),
          { party: scene.party, hash, at: scene.now },
        ],
        divergence: standing.divergence?.party === scene.party ? null : standing.divergence,
      },
    })),
    events: [
      itemsEvent(
        scene,
        "attest",
        items,
        said("attested: both texts say the same", "подтверждено соответствие текстов"),
      ),
    ],
    completed: attested.every((one) =>
      one.standing.attestations.some((given) => given.party === scene.other && isSamePair(given.hash, one.hash)),
    ),
  })
}

const attestsNow = (found: FoundClause, scene: Scene): boolean =>
  found.standing.attestations.some((one) => one.party === scene.party && isSamePair(one.hash, found.hash))

/** A flag stands until its own side attests; the other side can't put its own in its place. */
export const flagDivergence = (act: Of<"flag_divergence">, scene: Scene): Decision => {
  const found = createClauseFinder(scene)(act.clauseId)
  if (found === null) return refuseItems(act.act, [unknownItem(act.clauseId)])
  if (!isSamePair(found.hash, act.hash)) return refuseItems(act.act, [staleItem(act.clauseId)])
  const { standing, hash } = found
  if (standing.divergence !== null && isSamePair(standing.divergence.hash, hash)) {
    return refuse(
      409,
      "already_flagged",
      "A divergence is flagged on this pair already.",
      "Расхождение в этой паре текстов уже отмечено.",
    )
  }
  return effects({
    standing: [
      {
        type: "clause",
        clauseId: act.clauseId,
        standing: {
          ...standing,
          attestations: standing.attestations.filter((one) => one.party !== scene.party || !isSamePair(one.hash, hash)),
          divergence: { party: scene.party, hash, note: act.note, at: scene.now },
        },
      },
    ],
    events: [
      {
        kind: "flag_divergence",
        subject: { type: "clause", id: act.clauseId },
        summary: byParty(scene, `the two texts of ${found.label.en} diverge`, `тексты расходятся (${found.label.ru})`),
        data: { note: act.note, hash: pairKey(hash) },
      },
    ],
  })
}

export const makeReserve = (act: Of<"make_reserve">, scene: Scene): Decision => {
  const found = createClauseFinder(scene)(act.clauseId)
  if (found === null) return refuseItems(act.act, [unknownItem(act.clauseId)])
  if (!isSamePair(found.hash, act.hash)) return refuseItems(act.act, [staleItem(act.clauseId)])
  const reserve: Reserve = {
    id: scene.newId(),
    clauseId: act.clauseId,
    party: scene.party,
    kind: act.kind,
    reason: act.reason,
    due: act.due,
    at: scene.now,
    liftedAt: null,
  }
  return effects({
    standing: [
      {
        type: "clause",
        clauseId: act.clauseId,
        standing: { ...found.standing, reserves: [...found.standing.reserves, reserve] },
      },
    ],
    events: [
      {
        kind: "make_reserve",
        subject: { type: "clause", id: act.clauseId },
        summary: byParty(scene, `reserve on ${found.label.en}`, `резервирование позиции (${found.label.ru})`),
        data: { reserve: reserve.id, reason: act.reason },
      },
    ],
    created: { type: "reserve", id: reserve.id },
  })
}

export const liftReserve = (act: Of<"lift_reserve">, scene: Scene): Decision => {
  const [clauseId, standing] =
    Object.entries(scene.standing.clauses).find(([, one]) => one.reserves.some(({ id }) => id === act.reserveId)) ?? []
  const reserve = standing?.reserves.find(({ id }) => id === act.reserveId)
  if (clauseId === undefined || standing === undefined || reserve === undefined || reserve.liftedAt !== null) {
    return refuse(
      409,
      "unknown_reserve",
      "This reserve is no longer there: reload the plan.",
      "Этого резервирования позиции уже нет: обновите план.",
    )
  }
  if (reserve.party !== scene.party) {
    return refuse(
      403,
      "not_your_reserve",
      "Only the side that made a reserve lifts it.",
      "Снять резервирование может только заявившая его Сторона.",
    )
  }
  const label = createClauseFinder(scene)(clauseId)?.label ?? said("a withdrawn clause", "снятый пункт")
  const reserves = standing.reserves.map((one) => (one.id === reserve.id ? { ...one, liftedAt: scene.now } : one))
  return effects({
    standing: [{ type: "clause", clauseId, standing: { ...standing, reserves } }],
    events: [
      {
        kind: "lift_reserve",
        subject: { type: "clause", id: clauseId },
        summary: byParty(scene, `reserve on ${label.en} lifted`, `резервирование позиции снято (${label.ru})`),
        data: { reserve: reserve.id },
      },
    ],
  })
}
