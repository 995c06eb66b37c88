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
  /** the same of one socket, in bytes and {@link FRAME_COST} for each frame; past it this socket closes (1013) */
  readonly maxHeldBytesPerSocket: number
  /** the same of all sockets of one person, in all rooms, with messages that have not come to their end */
  readonly maxHeldBytesPerUser: number
  /** edits ahead of a first step 2: so many bytes, frames and milliseconds; past one of them the socket closes (1013) */
  readonly maxEarlyBytes: number
  readonly maxEarlyFrames: number
  readonly maxEarlyMs: number
  /** unread bytes of all sockets of one person; past it the one that leaves most unread closes (1013) */
  readonly maxUnreadBytesPerUser: number
  /** a socket closes (1013) that takes nothing of what waits for it, or does not end the message it has begun, for so long */
  readonly maxStallMs: number
  /** questions (step 1, who is there) of one socket in ten seconds: each is answered with all there is */
  readonly maxQuestions: number
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

/** What a frame that waits costs beside its bytes; of short ones it is the larger part. */
export const FRAME_COST = 256

export const DEFAULT_LIMITS: RoomLimits = {
  maxFrameBytes: 8 << 20,
  maxUpdateBytes: 8 << 20,
  maxStateVectorBytes: 1 << 20,
  maxAwarenessBytes: 4096,
  maxAwarenessEntries: 256,
  awarenessHoldMs: 40,
  awarenessTimeoutMs: 45_000,
  maxBufferedBytes: 8 << 20,
  maxPendingBytes: 16 << 20,
  maxHeldBytesPerSocket: 16 << 20,
  maxHeldBytesPerUser: 32 << 20,
  maxEarlyBytes: 4 << 20,
  maxEarlyFrames: 1000,
  maxEarlyMs: 60_000,
  maxUnreadBytesPerUser: 32 << 20,
  maxStallMs: 180_000,
  maxQuestions: 60,
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
