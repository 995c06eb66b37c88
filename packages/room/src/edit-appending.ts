import type { ClientUsers } from "./client-users.ts"
import type { Committing } from "./committer.ts"
import type { EditJudging } from "./edit-judging.ts"
import type { Edit, EditQueue } from "./edit-queue.ts"
import type { Followed, LogFollower } from "./log-follower.ts"
import type { Member } from "./member.ts"
import { CLOSE, encodeUpdate } from "./protocol.ts"
import type { Refresh } from "./refresh.ts"
import type { RoomContext } from "./room-context.ts"
import type { RoomNodes } from "./room-nodes.ts"
import { SharedMessages } from "./shared-messages.ts"
import type { Tally } from "./tally.ts"
import type { AppendOutcome, AppendRequest, DocId } from "./update-log.ts"

export interface AppendingHost {
  epoch(): number
  /** the log has taken a batch, and all have been told */
  progressed(): void
  /** what waits will not be taken: it goes, and so do the sockets */
  letGo(code: number, reason: string): void
}

export interface AppendingParts {
  readonly members: ReadonlySet<Member>
  readonly edits: EditQueue
  readonly judging: EditJudging
  readonly refresh: Refresh
  readonly follower: LogFollower
  readonly nodes: RoomNodes
  readonly clientUsers: ClientUsers
}

/**
 * What a room has judged goes to the log by way of the committer, and what the log holds to the room's sockets and to the
 * other nodes, each with the acknowledgement that is due. What the log has not taken goes back to be judged again.
 */
export class EditAppending implements Committing {
  /** frames of the batch that is being told: the acknowledgement goes out with the broadcast, in one write */
  #acks: ReadonlyMap<Member, number> | null = null

  constructor(
    readonly doc: DocId,
    readonly context: Pick<RoomContext, "committer" | "tally" | "now">,
    readonly host: AppendingHost,
    readonly parts: AppendingParts,
  ) {}

  get tally(): Tally {
    return this.context.tally
  }

  get audience(): number {
    return this.parts.members.size
  }

  judgeIncoming(): void {
    if (this.parts.judging.judgeIncoming()) this.kick()
  }

  /** Asks the committer to come for what is judged. */
  kick(): void {
    if (this.parts.edits.judged.length > 0) this.context.committer.kick(this)
  }

  takeBatch(): AppendRequest | null {
    const { edits, judging, refresh } = this.parts
    const { rules } = judging
    if (refresh.isUnderWay || edits.isInFlight || !rules) {
      // without rules there are only empty edits here: nothing for the log
      if (!rules && edits.judged.every((edit) => edit.empty)) this.#acknowledge(edits.takeJudged())
      return null
    }
    const updates = edits.sendJudged().filter((edit) => !edit.empty)
    if (updates.length === 0) {
      refresh.commits()
      this.#acknowledge(edits.takeAnswered())
      return null
    }
    return {
      doc: this.doc,
      rulesRev: rules.rev,
      updates: updates.map(({ member, news }) => ({ author: member.bearer.userId, bytes: news })),
      newClients: updates.flatMap(({ member, newClients }) =>
        newClients.map((clientId) => ({ clientId, author: member.bearer.userId })),
      ),
    }
  }

  settle(outcome: AppendOutcome | { readonly type: "unknown" } | { readonly type: "poisoned" }): void {
    const { edits, judging, refresh } = this.parts
    const batch = edits.takeAnswered()
    switch (outcome.type) {
      case "appended":
        return this.#appended(batch, outcome.firstSeq)
      case "clientTaken":
        this.context.tally.rejudgements++
        // whose the ids are has to be read again
        judging.dropJudge()
        judging.takeBack(batch)
        return refresh.start()
      case "rulesChanged":
        this.context.tally.rejudgements++
        judging.takeBack(batch)
        return refresh.start()
      case "unknown":
        judging.takeBack(batch)
        return refresh.retryCommitLater()
      case "poisoned":
        return this.#drop(batch, CLOSE.tryLater, "the log does not take it")
      case "noSuchDocument":
        return this.#drop(batch, CLOSE.noTicket, "no such room")
    }
  }

  #drop(batch: readonly Edit[], code: number, reason: string): void {
    this.parts.edits.forget(batch)
    this.host.letGo(code, reason)
    // who comes next is judged by rules that rose while the log was asked
    this.parts.refresh.startIfWanted()
  }

  #appended(batch: readonly Edit[], firstSeq: number): void {
    const { judging, clientUsers, nodes, follower, refresh } = this.parts
    refresh.commits()
    const updates = batch.filter((edit) => !edit.empty)
    this.context.tally.updatesCommitted += updates.length
    judging.commit(updates.length)
    for (const { newClients, member } of updates)
      for (const clientId of newClients) clientUsers.bind(clientId, member.bearer.userId)
    const entries = updates.map(({ member, news }, i) => {
      return { seq: firstSeq + i, author: member.bearer.userId, bytes: news, own: true }
    })
    nodes.tellAppended(this.host.epoch(), judging.rules?.rev ?? 0, entries)
    this.#acks = acksOf(batch)
    follower.take(entries)
    this.#acks = null
    this.#acknowledge(batch, firstSeq + entries.length - 1)
    this.host.progressed()
  }

  /** What has not been told together with the broadcast. */
  #acknowledge(batch: readonly Edit[], seq = this.parts.follower.seq): void {
    const { follower, edits } = this.parts
    const now = this.context.now()
    for (const [member, frames] of acksOf(batch)) member.acknowledge(frames, Math.max(seq, follower.seq), now)
    edits.forget(batch)
  }

  /** Entries that are part of the state now: to everybody, senders included, in as few frames as may be. */
  broadcast(entries: readonly Followed[], merged: readonly Uint8Array[]): void {
    const { judging, members, follower } = this.parts
    for (const { own, bytes, author } of entries) if (!own) judging.apply(bytes, author)
    const now = this.context.now()
    const shared = new SharedMessages(merged.map(encodeUpdate))
    for (const member of members) {
      if (member.phase !== "live") continue
      member.sendShared(shared, member.takeAck(this.#acks?.get(member) ?? 0, follower.seq), now)
    }
  }
}

/** How far each socket's frames have come with this batch. */
function acksOf(batch: readonly Edit[]): ReadonlyMap<Member, number> {
  const lastFrames = new Map<Member, number>()
  for (const edit of batch) lastFrames.set(edit.member, edit.frame)
  return lastFrames
}
