/** Bounds of everything a client can make the server hold. */
export interface RoomLimits {
  /** one frame on the wire; past it 4413 */
  readonly maxFrameBytes: number
  /** one update inside a frame; past it 4413 */
  readonly maxUpdateBytes: number
  readonly maxStateVectorBytes: number
  /** one awareness state; a longer one is dropped */
  readonly maxAwarenessBytes: number
  readonly maxAwarenessEntries: number
  readonly awarenessHoldMs: number
  /** an awareness state that nobody renewed for so long is taken away */
  readonly awarenessTimeoutMs: number
  /** unread bytes of one socket; past it the reader is dropped (1013) */
  readonly maxBufferedBytes: number
  /** updates of one room that wait for the log; past it the room's sockets close (1013) */
  readonly maxPendingBytes: number
  readonly maxSocketsPerRoom: number
  readonly maxSocketsPerUser: number
  readonly maxSocketsPerAddress: number
  /** frames of one socket a second, with a burst of ten seconds' worth */
  readonly maxFramesPerSecond: number
  /** how long an update waits for company at most before it is committed, where it goes to many; twelve times that where it goes to few */
  readonly maxHoldMs: number
  /** demand (processors it would take to serve every update alone) from which updates are held, and for all of `maxHoldMs` */
  readonly holdFrom: number
  readonly holdFullAt: number
  /** how long the bus may take to bring what another node has appended; after this the log is read */
  readonly busGraceMs: number
  readonly idleRoomMs: number
  /** rooms without anybody that are kept that long; of more, those left first close at once */
  readonly maxIdleRooms: number
  /** a room that has judged nothing for so long lets its judge go */
  readonly idleJudgeMs: number
  /** updates after the last snapshot that call for a new one */
  readonly compactAfter: number
  /** but not sooner after the one before */
  readonly compactEveryMs: number
  /** the same when the last client has left */
  readonly compactOnLeaving: number
  readonly revocationSweepMs: number
  readonly retryMinMs: number
  readonly retryMaxMs: number
}

export const DEFAULT_LIMITS: RoomLimits = {
  maxFrameBytes: 8 << 20,
  maxUpdateBytes: 4 << 20,
  maxStateVectorBytes: 1 << 20,
  maxAwarenessBytes: 4096,
  maxAwarenessEntries: 256,
  awarenessHoldMs: 40,
  awarenessTimeoutMs: 45_000,
  maxBufferedBytes: 8 << 20,
  maxPendingBytes: 16 << 20,
  maxSocketsPerRoom: 1000,
  maxSocketsPerUser: 64,
  maxSocketsPerAddress: 2000,
  maxFramesPerSecond: 5000,
  maxHoldMs: 9,
  holdFrom: 0.25,
  holdFullAt: 1.8,
  busGraceMs: 25,
  idleRoomMs: 20_000,
  maxIdleRooms: 200,
  idleJudgeMs: 60_000,
  compactAfter: 500,
  compactEveryMs: 10_000,
  compactOnLeaving: 64,
  revocationSweepMs: 2000,
  retryMinMs: 100,
  retryMaxMs: 2000,
}
