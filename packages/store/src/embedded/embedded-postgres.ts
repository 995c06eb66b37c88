import type { Result } from "@alternat/plan"
import type { DatabaseUrls } from "../store.ts"

export interface EmbeddedOptions {
  readonly dataDir: string
  readonly log: (line: string) => void
  /** false only for tests */
  readonly fsync: boolean
}
export interface EmbeddedPostgres {
  readonly urls: DatabaseUrls
  stop(): Promise<void>
}
export type EmbeddedError = {
  readonly type: "NoBinaries" | "NotWritable" | "InUse" | "InitFailed" | "StartFailed"
  /** one clear line for the person who started it */
  readonly message: string
}
export declare function startEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedPostgres, EmbeddedError>>
