import type { ExportSource, RenderOptions } from "@alternat/export"
import type { Bilingual, PlanDocument, Standing } from "@alternat/plan"
import type { Manifest } from "@alternat/seal"
import type { NewFile, StoredSignature } from "@alternat/store"

export type ReportProgress = (percent: number, step: Bilingual) => Promise<void>

/** A text of the plan holds a character that no font has. The preflight finds such before; this is the net below it. */
export class UnprintableError extends Error {
  override readonly name = "UnprintableError"
  readonly text: string

  constructor(text: string) {
    super("a character of the plan is in no font")
    this.text = text
  }
}

/** What makes files. Rendering is slow (seconds) and so is never called inside a transaction. */
export interface Exporter {
  /**
   * All that both heads sign: both originals, working copy, annexes, `plan.json`, `checks.json`, verifier. Throws an
   * `UnprintableError`, as `render` does.
   */
  versionFiles(version: FrozenVersion): Promise<VersionFiles>
  /** The printed certificate of two signatures; it lies outside the manifest. */
  certificate(signed: SignedVersion): Promise<NewFile>
  /** One file for one reader, from a draft or a version. */
  render(format: "pdf" | "docx", source: ExportSource, options: RenderOptions): Promise<NewFile>
}

export interface FrozenVersion {
  readonly plan: PlanDocument
  readonly standing: Standing
  readonly number: number
  readonly frozenAt: string
}
export interface VersionFiles {
  readonly files: readonly NewFile[]
  /** name of each party's original among them */
  readonly originals: Readonly<Record<string, string>>
}

export interface SignedVersion {
  readonly plan: PlanDocument
  readonly manifest: Manifest
  readonly signatures: readonly Pick<StoredSignature, "party" | "statement" | "publicKey" | "signature">[]
}
