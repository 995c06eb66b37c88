import { setTimeout as pause } from "node:timers/promises"
import { FIRST_CLIENT } from "./arrivals.ts"
import type { Client } from "./client.ts"
import { awarenessMessage } from "./messages.ts"

/** As an editor says where it is; `move` counts up from 0. */
export function moveCaret(client: Client, writer: number, move: number): void {
  const at = { type: null, tname: null, item: { client: FIRST_CLIENT + writer, clock: move }, assoc: 0 }
  const state = {
    user: { id: `bench-${writer}`, name: `Writer ${writer}`, color: "#30638e" },
    cursor: { anchor: at, head: at },
  }
  // a client's first clock is above 0
  client.socket.send(client.frame(awarenessMessage(FIRST_CLIENT + writer, move + 1, state)))
}

/** Nobody types who has not put a caret somewhere first. One in each room does: of all of them peers would make a storm. */
export async function placeCarets(rooms: readonly (readonly Client[])[]): Promise<void> {
  for (const [client] of rooms) if (client) moveCaret(client, 0, 0)
  await pause(300)
}
