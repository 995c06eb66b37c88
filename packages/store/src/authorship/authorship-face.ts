import type { Bilingual, EventEntry, PartyCode, Role } from "@alternat/plan"
import type { DocId, LogEntry } from "@alternat/room"

/** A page of the plan document's log, history and all, in order and without gaps. */
export interface LogPage {
  readonly doc: DocId
  readonly epoch: number
  readonly headSeq: number
  readonly entries: readonly LogEntry[]
}

/** Whoever has a seat in the plan, as this reader may know them. */
export interface Writer {
  readonly userId: string
  readonly party: PartyCode | null
  /** the one their words stand under */
  readonly role: Role
  /** null across the table */
  readonly name: Bilingual | null
}

/** An event whose act wrote into the plan, and the clauses it names. */
export interface ActEvent {
  /** log position of the update that the act wrote */
  readonly seq: number
  readonly event: EventEntry
  readonly clauseIds: readonly string[]
}
