import type { ActEffects, ActError } from "./act-effects.ts"
import type { Act } from "./acts.ts"
import type { HashPort } from "./hash-port.ts"
import type { Actor } from "./party.ts"
import type { LivePlan } from "./plan-document.ts"
import type { Result } from "./result.ts"
import type { Standing } from "./standing.ts"

/** Everything a decision may depend on. No clock and no random of its own: `now` and `newId` come in. */
export interface ActContext {
  readonly actor: Actor
  readonly live: LivePlan
  readonly standing: Standing
  readonly hashes: HashPort
  /** ISO 8601, UTC */
  readonly now: string
  readonly newId: () => string
}

export type DecideAct = (act: Act, context: ActContext) => Result<ActEffects, ActError>
