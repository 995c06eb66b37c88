import type { Bilingual, CommentTarget, PartyCode, Role, Standing } from "@alternat/plan"
import type { NewEvent, NewRecordEntry } from "./plans.ts"
import type { Audience } from "./reader.ts"

/** A plan with all that comes with it, for `installPlan`: the demo, an import, a new plan from the template. */
export interface NewPlan {
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly parties: readonly [PartyCode, PartyCode]
  readonly at: string
  /** exactly one `plan`, and one `caucus` per party */
  readonly docs: readonly NewDoc[]
  readonly people: readonly NewPerson[]
  readonly members: readonly NewMember[]
  readonly standing: Omit<Standing, "planId" | "rulesRev">
  readonly events: readonly NewEvent[]
  readonly comments: readonly NewThread[]
  readonly record: readonly NewRecordEntry[]
  readonly rankings: readonly NewRanking[]
}

export interface NewDoc {
  readonly space: "plan" | "caucus"
  readonly party: PartyCode | null
  readonly schemaVersion: number
  readonly updates: readonly { readonly bytes: Uint8Array; readonly author: string; readonly at?: string }[]
  /** Yjs client ids of these updates and who they belong to */
  readonly clients: readonly { readonly clientId: number; readonly author: string }[]
}

/** A person who can't sign in unless `createUser` made an account with this id. Known ids are left as they are. */
export interface NewPerson {
  readonly userId: string
  readonly name: Bilingual
  readonly language: "en" | "ru"
}

export interface NewMember {
  readonly userId: string
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
}

export interface NewThread {
  readonly target: CommentTarget
  readonly audience: Audience
  readonly due: string | null
  readonly status: "open" | "resolved"
  readonly entries: readonly {
    readonly userId: string | null
    readonly party: PartyCode | null
    readonly role: Role
    readonly at: string
    readonly text: string
  }[]
}

export interface NewRanking {
  readonly party: PartyCode
  readonly userId: string | null
  readonly ranks: Readonly<Record<string, number>>
  readonly reason: Bilingual | null
  readonly committedAt: string
  readonly revealedAt: string | null
}
