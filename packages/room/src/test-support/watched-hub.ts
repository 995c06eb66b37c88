import type { Hub } from "../hub-face.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { decodeMessage, decodeNotice, KIND, readUpdate } from "../protocol.ts"
import type { TicketBearer } from "../update-log.ts"
import type { Ledger } from "./ledger.ts"

/**
 * A hub of which every word is held against the ledger in the moment it is said: nothing is sent that is not committed
 * ([LOG1]), nothing acknowledged that is not, no caret of one delegation shown to another.
 */
export function watchedHub(hub: Hub, ledger: Ledger, partyOf: (userId: string) => string | null): Hub {
  const seen = new WeakSet<Uint8Array>()
  return {
    stats: () => hub.stats(),
    close: () => hub.close(),
    admit(admission) {
      const { connection, bearer } = admission
      const taken: Uint8Array[] = []
      let acknowledged = 0
      const look = (frame: Uint8Array): void => {
        const notice = decodeNotice(frame)
        if (notice?.type === "ack") {
          for (const update of taken.slice(acknowledged, notice.frames))
            if (!ledger.holds(bearer.doc, update))
              ledger.wrong.push(`${bearer.userId} is told of what is not in the log`)
          if (notice.frames > taken.length) ledger.wrong.push(`${bearer.userId} is told of what was never sent`)
          acknowledged = notice.frames
        }
        if (frame[0] === KIND.awareness) lookAtCarets(frame, bearer)
        const content = seen.has(frame) ? null : readUpdate(frame)
        seen.add(frame)
        if (content && !ledger.holds(bearer.doc, content.update))
          ledger.wrong.push(`${bearer.userId} is sent what is not in the log`)
      }
      const participant = hub.admit({
        ...admission,
        connection: {
          send: (frame) => {
            look(frame)
            connection.send(frame)
          },
          close: (code, reason) => connection.close(code, reason),
          get bufferedAmount() {
            return connection.bufferedAmount
          },
        },
      })
      return {
        left: () => participant.left(),
        unfinished: (bytes) => participant.unfinished(bytes),
        receive: (frame) => {
          const content = readUpdate(frame)
          if (content) taken.push(content.update.slice())
          participant.receive(frame)
        },
      }
    },
  }

  function lookAtCarets(frame: Uint8Array, { userId, party }: TicketBearer): void {
    const message = decodeMessage(frame, DEFAULT_LIMITS)
    if (!message.ok || message.value.type !== "awareness") {
      ledger.wrong.push(`${userId} is sent carets that can't be read`)
      return
    }
    for (const { state } of message.value.entries) {
      const user = state?.["user"] as { readonly id?: unknown } | undefined
      if (state && partyOf(String(user?.id)) !== party) ledger.wrong.push(`${userId} sees a caret of the other side`)
    }
  }
}
