import { annex1 } from "./annex-1.ts"
import { annex2 } from "./annex-2.ts"
import { annex3 } from "./annex-3.ts"
import { annex4, annex5, annex6, annex7 } from "./annex-4-7.ts"
import { annex9, annex10 } from "./annex-9-10.ts"
import type { AnnexTables } from "./context.ts"

/** What each annex prints, by its number. Annex 8 is a form: it prints clauses and has no table. */
export const ANNEX_TABLES: Readonly<Record<number, AnnexTables>> = {
  1: annex1,
  2: annex2,
  3: annex3,
  4: annex4,
  5: annex5,
  6: annex6,
  7: annex7,
  9: annex9,
  10: annex10,
}

/** Printed across the sheet, because their tables are wide. */
export const LANDSCAPE_ANNEXES: ReadonlySet<number> = new Set([1, 2, 3, 4, 7])
