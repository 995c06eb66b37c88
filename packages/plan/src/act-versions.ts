import type { StandingChange } from "./act-effects.ts"
import type { Decision, Scene } from "./act-parts.ts"
import { byParty, effects, refuse, refuseItems } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { clauseStandingOf, lineStandingOf } from "./clause-standing.ts"
import { preflight } from "./preflight.ts"
import type { Consent } from "./standing.ts"

/** Freeze and unlock: the plan as a whole stops, and starts again. */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>

/** Either head freezes; what both do is sign. Everything must be settled first, and `preflight` says what isn't. */
export const freeze = (act: Of<"freeze">, scene: Scene): Decision => {
  const { live, standing, hashes, now } = scene
  if (hashes.planHash(live.plan) !== act.planHash) {
    return refuse(
      409,
      "stale_hash",
      "The plan has changed since the preflight: run it again.",
      "После проверки План изменился: выполните ее заново.",
    )
  }
  const blocking = preflight(live, standing, hashes).filter((item) => item.severity === "blocks")
  if (blocking.length > 0) {
    return refuseItems(
      act.act,
      blocking.map(({ code, message, subject }) => ({ id: subject?.id ?? "", code, message, status: 422 as const })),
    )
  }
  const number = Math.max(standing.lastVersion ?? 0, standing.version?.number ?? 0) + 1
  const clauses = live.plan.sections.flatMap((section) => section.clauses)
  const changes: StandingChange[] = clauses
    .map((clause) => ({ clauseId: clause.id, own: clauseStandingOf(standing, clause.id) }))
    .filter(({ own }) => own.state !== "withdrawn")
    .map(({ clauseId, own }) => ({ type: "clause", clauseId, standing: { ...own, state: "locked", since: now } }))
  for (const line of live.plan.tables.cost_lines) {
    const own = lineStandingOf(standing, line.id)
    changes.push({ type: "line", lineId: line.id, standing: { ...own, state: "locked", since: now } })
  }
  return effects({
    standing: [...changes, { type: "plan", status: "frozen" }],
    events: [
      {
        kind: "freeze",
        subject: { type: "version", id: String(number) },
        summary: byParty(
          scene,
          `version ${number} frozen for sign-off`,
          `версия ${number} зафиксирована для заверения`,
        ),
        data: { planHash: act.planHash },
      },
    ],
    created: { type: "version", id: String(number) },
  })
}

/** Both heads leave a frozen version; what was locked is agreed again, and the next version starts with no signature. */
export const unlock = (act: Of<"unlock">, scene: Scene): Decision => {
  const { standing, now, party } = scene
  const { version } = standing
  if (standing.status === "negotiation" || version === null || version.number !== act.version) {
    return refuse(409, "not_frozen", "This version isn't the frozen one.", "Эта версия не является зафиксированной.")
  }
  if (version.manifestHash !== undefined && version.manifestHash !== act.manifestHash) {
    return refuse(
      409,
      "stale_hash",
      "This isn't the manifest of the frozen version.",
      "Это не манифест зафиксированной версии.",
    )
  }
  const given = version.unlockConsents ?? []
  if (given.some((one) => one.party === party && one.hash === act.manifestHash)) {
    return refuse(
      409,
      "already_consented",
      "Your side has consented; the other head's consent is awaited.",
      "Ваша Сторона дала согласие; ожидается согласие главы другой делегации.",
    )
  }
  const subject = { type: "version", id: String(version.number) }
  const data = { manifestHash: act.manifestHash, reason: act.reason }
  const isSecond = given.some((one) => one.party === scene.other && one.hash === act.manifestHash)
  if (!isSecond) {
    const consent: Consent = { party, to: "unlock", hash: act.manifestHash, at: now }
    return effects({
      standing: [{ type: "unlock", consents: [...given.filter((one) => one.party !== party), consent] }],
      events: [
        {
          kind: "unlock",
          subject,
          data,
          summary: byParty(
            scene,
            `wants version ${version.number} unlocked`,
            `предлагает снять фиксацию версии ${version.number}`,
          ),
        },
      ],
      completed: false,
    })
  }
  return effects({
    standing: [...reagreed(scene), { type: "unlock", consents: [] }, { type: "plan", status: "negotiation" }],
    events: [
      {
        kind: "unlocked",
        subject,
        data,
        summary: byParty(
          scene,
          `version ${version.number} unlocked by both sides`,
          `фиксация версии ${version.number} снята обеими Сторонами`,
        ),
      },
    ],
  })
}

const reagreed = ({ standing, now }: Scene): readonly StandingChange[] => [
  ...Object.entries(standing.clauses)
    .filter(([, own]) => own.state === "locked")
    .map(
      ([clauseId, own]): StandingChange => ({
        type: "clause",
        clauseId,
        standing: { ...own, state: "agreed", since: now },
      }),
    ),
  ...Object.entries(standing.lines)
    .filter(([, own]) => own.state === "locked")
    .map(
      ([lineId, own]): StandingChange => ({ type: "line", lineId, standing: { ...own, state: "agreed", since: now } }),
    ),
]
