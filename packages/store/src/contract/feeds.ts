import type { Audience } from "./reader.ts"

export interface Hint {
  readonly planId: string
  readonly audience: Audience
  readonly type: "standing" | "comments" | "events" | "version" | "job"
  /** for `job`: whose */
  readonly userId: string | null
  readonly rev: number | string
}

export interface HintFeed {
  /** `missed` after a reconnect: some hints may be lost, ask for everything again */
  subscribe(listener: (hint: Hint | { readonly type: "missed" }) => void): () => void
}
