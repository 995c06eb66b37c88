/** Tallies of all rooms of one space, raised where things happen. */
export interface Tally {
  framesIn: number
  framesOut: number
  updatesCommitted: number
  commits: number
  commitMsTotal: number
  refusals: number
  rejudgements: number
  slowReadersDropped: number
  catchUps: number
  compactions: number
  revocations: number
}
