import type { Result } from "@alternat/plan"
import type { NewAccount } from "../people/accounts.ts"
import type { NewPlan } from "./new-plan.ts"

/** How an installation without members gets its first: a link that works once, and only as long as there are none. */
export interface SetupDesk {
  /** Nobody is a member of anything here yet. */
  awaited(): Promise<boolean>
  /** A new token ends the one before it. Its plain text exists only in the reply. */
  makeToken(): Promise<Result<{ readonly token: string; readonly expiresAt: string }, SetupError>>
  /** Whether `redeem` would take it now: asked before passwords are hashed for a stranger. */
  check(token: string): Promise<Result<null, SetupError>>
  /** Accounts, members and the first plan, in one transaction with the token's end. An error changes nothing. */
  redeem(
    token: string,
    accounts: readonly NewAccount[],
    plan: NewPlan,
  ): Promise<Result<null, SetupError | { readonly type: "EmailTaken"; readonly email: string }>>
}

export interface SetupError {
  readonly type: "UnknownToken" | "TokenOver" | "HasMembers"
}
