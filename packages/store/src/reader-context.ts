import type { Tx } from "./connect.ts"
import type { Reader } from "./contract/reader.ts"

/** What every question inside a reader's transaction gets. */
export interface ReaderContext {
  readonly tx: Tx
  readonly reader: Reader
  readonly now: Date
  readonly newId: () => string
}

/** A `date` or `timestamptz` on its way to a value. */
export const iso = (date: Date): string => date.toISOString()
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null
