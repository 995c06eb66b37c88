import type { ExportFormat } from "@alternat/plan"
import type { Audience } from "./reader.ts"

export interface NewJob {
  readonly format: ExportFormat
  /** `shared`, or the reader's own party: what may be in the file */
  readonly audience: Audience
  readonly version: number | null
  readonly options?: Readonly<Record<string, unknown>>
}

export interface ClaimedJob extends NewJob {
  readonly id: string
  readonly planId: string
  readonly userId: string
  readonly attempts: number
}
