import type { Committer } from "./committer.ts"
import type { Fold } from "./fold.ts"
import type { RoomLogger } from "./hub-face.ts"
import type { MakeJudge } from "./judge.ts"
import type { RoomLimits } from "./limits.ts"
import type { NodeBus } from "./node-bus.ts"
import type { Tally } from "./tally.ts"
import type { UpdateLog } from "./update-log.ts"

/** What the rooms of one process share. */
export interface RoomContext {
  readonly log: UpdateLog
  readonly bus: NodeBus | null
  readonly fold: Fold
  readonly makeJudge: MakeJudge
  readonly limits: RoomLimits
  readonly logger: RoomLogger
  readonly tally: Tally
  readonly committer: Committer
  now(): number
}
