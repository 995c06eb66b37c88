import type { Role } from "@alternat/plan"
import type { Auth, Store } from "@alternat/store"
import type { AskFolds } from "./authorship/authorship-folds.ts"
import type { ApiSettings } from "./config.ts"
import type { Exporter } from "./exports/exporter.ts"
import type { Logger } from "./http/env.ts"
import type { Metrics } from "./metrics.ts"
import type { JudgePassword } from "./passwords/password-thread.ts"

/** What the API is made of; handlers reach everything through it, and tests hand in what they want. */
export interface ApiDeps {
  readonly store: Store
  readonly auth: Auth
  readonly settings: ApiSettings
  readonly exporter: Exporter
  /** folds logs to who wrote what: in the programs on a thread of its own */
  readonly authorship: AskFolds
  /** judges new passwords: in the programs on a thread of its own */
  readonly judgePassword: JudgePassword
  readonly logger: Logger
  readonly metrics: Metrics
  readonly now: () => Date
  /** random, URL-safe */
  readonly newId: () => string
  /** 32-bit, random: Yjs client ids of server-authored updates */
  readonly newClientId: () => number
  /** the demo's accounts, shown on its sign-in page; null: no demo here */
  readonly demo: DemoAccounts | null
  /** what else readiness reports, such as Redis: never a reason for 503 */
  readonly extraHealth: () => Promise<Readonly<Record<string, string>>>
}

export interface DemoAccounts {
  readonly password: string
  readonly accounts: readonly DemoAccount[]
}
export interface DemoAccount {
  readonly email: string
  readonly userId: string
  readonly name: { readonly en: string; readonly ru: string }
  readonly language: "en" | "ru"
  readonly party: string | null
  readonly roles: readonly Role[]
}
