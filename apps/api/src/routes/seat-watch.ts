import { errorPlace } from "@alternat/room"
import type { Seat, Store } from "@alternat/store"
import type { Logger } from "../http/env.ts"

/** Somebody who is being told things by a stream. */
export interface WatchedSeat extends Seat {
  /** ends the stream */
  end(): void
}

/**
 * Ends streams with their sessions, as sockets are: signed out, revoked, expired, password changed, or a seat in the plan
 * that is no longer the same. One question for all streams of this process, hints or none, so that each ends within five
 * seconds on whatever node that was done.
 */
export function createSeatWatch(store: Pick<Store, "endedSeats">, logger: Logger, everyMs = 2000) {
  const seats = new Set<WatchedSeat>()
  let timer: ReturnType<typeof setInterval> | null = null
  let isAsking = false

  const look = async (): Promise<void> => {
    if (isAsking) return
    isAsking = true
    try {
      for (const seat of await store.endedSeats([...seats])) seat.end()
    } catch (error) {
      // the database is away: there is no news to be told meanwhile, and the next look asks again
      logger.warn({ error: errorPlace(error) }, "seats could not be looked up")
    } finally {
      isAsking = false
    }
  }
  const leave = (seat: WatchedSeat): void => {
    seats.delete(seat)
    if (seats.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
  return {
    /** @returns what to call when the stream has ended by itself */
    enter(seat: WatchedSeat): () => void {
      seats.add(seat)
      timer ??= setInterval(() => void look(), everyMs).unref()
      return () => leave(seat)
    },
  }
}
