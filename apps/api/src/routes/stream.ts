import type { StreamHint } from "@alternat/plan"
import type { Hint } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import { streamSSE } from "hono/streaming"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { apiRoute, planParams, READ_FAILURES } from "./route.ts"
import { createSeatWatch } from "./seat-watch.ts"

const HEARTBEAT_MS = 15_000
const ALL: readonly StreamHint["type"][] = ["standing", "comments", "events", "version", "job"]

const streamRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/stream",
  summary: "Server-sent events: hints of what to ask for again, never content",
  tags: ["reading"],
  request: { params: planParams },
  responses: {
    200: {
      description: "One `message` event per hint, its data a Hint.",
      content: { "text/event-stream": { schema: z.string() } },
    },
  },
})

export function addStreamRoute(app: Api, deps: ApiDeps): void {
  const watch = createSeatWatch(deps.store, deps.logger)
  app.openapi(streamRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { sessionId } = await signedIn(c, deps)
    const actor = await asMember(c, deps, id, async (_tx, found) => found)
    const { userId, party } = actor
    // Told to proxies that would otherwise hold a stream back until it ends.
    c.header("x-accel-buffering", "no")
    return streamSSE(c, async (stream) => {
      const queue = createHintQueue()
      const unsubscribe = deps.store.hints.subscribe((hint) => {
        for (const told of hintsFor(hint, { planId: id, userId, party })) queue.put(told)
      })
      stream.onAbort(() => queue.end())
      const leave = watch.enter({ sessionId, planId: id, actor, end: queue.end })
      try {
        await stream.write(": open\n\n")
        for (;;) {
          const next = await queue.take(HEARTBEAT_MS)
          if (next === "ended" || stream.aborted) break
          if (next === "quiet") await stream.write(": still here\n\n")
          else await stream.writeSSE({ data: JSON.stringify(next) })
        }
      } finally {
        leave()
        unsubscribe()
      }
    })
  })
}

/** What of a hint reaches this reader: caucus hints only the own delegation, jobs only whose they are. */
export function hintsFor(
  hint: Hint | { readonly type: "missed" },
  reader: { readonly planId: string; readonly userId: string; readonly party: string | null },
): readonly StreamHint[] {
  if (hint.type === "missed") return ALL.map((type) => ({ type, rev: "missed" }))
  if (hint.planId !== reader.planId) return []
  if (hint.audience !== "shared" && hint.audience !== reader.party) return []
  if (hint.userId !== null && hint.userId !== reader.userId) return []
  return [{ type: hint.type, rev: hint.rev }]
}

/** Latest hint of each type, in order: a reader that does not read is owed no more than one of each. */
function createHintQueue() {
  const waiting = new Map<string, StreamHint>()
  let wake: (() => void) | null = null
  let ended = false
  return {
    put(hint: StreamHint) {
      waiting.delete(hint.type)
      waiting.set(hint.type, hint)
      wake?.()
    },
    end: () => {
      ended = true
      wake?.()
    },
    async take(timeoutMs: number): Promise<StreamHint | "quiet" | "ended"> {
      if (waiting.size === 0 && !ended) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = null
      }
      if (ended) return "ended"
      const [first] = waiting
      if (!first) return "quiet"
      waiting.delete(first[0])
      return first[1]
    },
  }
}
