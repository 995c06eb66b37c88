import { sql as tables } from "./0001-tables.ts"
import { sql as guards } from "./0002-guards.ts"
import { sql as readers } from "./0003-readers.ts"
import { sql as ownHand } from "./0004-own-hand.ts"
import { sql as setup } from "./0005-setup.ts"
import { sql as append } from "./0006-append.ts"
import { sql as actUpdates } from "./0007-act-updates.ts"
import { sql as logRows } from "./0008-log-rows.ts"
import { sql as appendToMany } from "./0009-append-to-many.ts"
import { sql as oneLog } from "./0010-one-log.ts"
import { sql as sealedRankings } from "./0011-sealed-rankings.ts"
import { sql as fairJobs } from "./0012-fair-jobs.ts"
import { sql as signInMarks } from "./0013-sign-in-marks.ts"
import { sql as threadStatus } from "./0013-thread-status.ts"
import { sql as threadPages } from "./0014-thread-pages.ts"

export interface Migration {
  readonly name: string
  readonly sql: string
}

/** In order, forward only. A file that ran anywhere is never edited: its hash is kept and compared. SQL lives in strings so that a bundle can't lose it. */
export const MIGRATIONS: readonly Migration[] = [
  { name: "0001-tables", sql: tables },
  { name: "0002-guards", sql: guards },
  { name: "0003-readers", sql: readers },
  { name: "0004-own-hand", sql: ownHand },
  { name: "0005-setup", sql: setup },
  { name: "0006-append", sql: append },
  { name: "0007-act-updates", sql: actUpdates },
  { name: "0008-log-rows", sql: logRows },
  { name: "0009-append-to-many", sql: appendToMany },
  { name: "0010-one-log", sql: oneLog },
  { name: "0011-sealed-rankings", sql: sealedRankings },
  { name: "0012-fair-jobs", sql: fairJobs },
  { name: "0013-sign-in-marks", sql: signInMarks },
  { name: "0013-thread-status", sql: threadStatus },
  { name: "0014-thread-pages", sql: threadPages },
]
