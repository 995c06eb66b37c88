import type { PartyCode, SignatureInfo, SignRequest, Standing, VersionInfo } from "@alternat/plan"

export interface NewFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface StoredFile extends NewFile {
  readonly sha256: string
}

export interface NewVersion {
  /** the moment the originals print and the manifest names, ISO 8601; defaults to the transaction's time */
  readonly frozenAt?: string
  /** log position it was folded to */
  readonly seq: number
  readonly planHash: string
  readonly manifestHash: string
  /** canonical plan.json */
  readonly plan: Uint8Array
  /** the compressed Yjs update, a spare */
  readonly update: Uint8Array | null
  /** the standing at the freeze, for certificate and compare */
  readonly standing: Standing
  readonly files: readonly NewFile[]
}

export interface VersionRow {
  readonly info: VersionInfo
  readonly seq: number
  readonly plan: Uint8Array
  readonly standing: Standing
}

export interface StoredSignature extends SignRequest {
  readonly party: PartyCode
  readonly signedAt: string
  readonly info: SignatureInfo
}
