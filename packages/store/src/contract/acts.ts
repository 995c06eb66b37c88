import type { EventEntry, SignRequest, Standing, StandingChange } from "@alternat/plan"
import type { DocId } from "@alternat/room"
import type { NewNotification } from "./comments.ts"
import type { NewEvent, NewRecordEntry } from "./plans.ts"
import type { ActingHead } from "./reader.ts"
import type { ReaderTx } from "./reads.ts"
import type { NewFile, NewVersion } from "./versions.ts"

/** Inside `transactAct`. Reads see the act's own writes. */
export interface ActTx extends ReaderTx {
  readonly planId: string
  /** the plan's document, its row locked */
  readonly doc: LockedDoc
  /** the reader's own caucus document; null unless asked for, or when the reader has none */
  readonly caucus: LockedDoc | null
  /** as it stood when the row was locked */
  readonly before: Standing
  /** what `rules_rev` will be when this commits */
  readonly nextRulesRev: number

  applyStandingChanges(changes: readonly StandingChange[]): Promise<void>
  appendEvents(events: readonly NewEvent[]): Promise<readonly EventEntry[]>
  /** a server-authored update of `doc` or `caucus`, made with a fresh Yjs client id; its sequence number */
  appendUpdate(doc: DocId, update: { readonly bytes: Uint8Array; readonly clientId: number }): Promise<number>
  createVersion(version: NewVersion): Promise<number>
  /** files that come later: certificate, pack. A name is written once. */
  addVersionFile(number: number, file: NewFile): Promise<void>
  setVersionStatus(number: number, status: "signed" | "unlocked"): Promise<void>
  /** false: this party has signed this version already */
  addSignature(number: number, request: SignRequest): Promise<boolean>
  addRecord(entries: readonly NewRecordEntry[]): Promise<void>
  notify(notifications: readonly NewNotification[]): Promise<void>
  /** throws unless the reader is a head and both are of the same side */
  appointActingHead(appointment: ActingHead): Promise<void>
}

export interface LockedDoc {
  readonly doc: DocId
  readonly epoch: number
  readonly rulesRev: number
  readonly headSeq: number
}
