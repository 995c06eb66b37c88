import { randomBytes } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import * as Y from "yjs"
import { Client } from "./client.ts"
import type { BenchRoom, Contender, RoomsWanted } from "./contender.ts"
import { syncMessage, UPDATE } from "./messages.ts"

/** Rooms of a server that lets anybody write: a first client brings what is to be there. */
export async function seedRooms(contender: Contender, wanted: RoomsWanted): Promise<readonly BenchRoom[]> {
  const rooms: BenchRoom[] = []
  for (let i = 0; i < wanted.count; i++) rooms.push(await seedRoom(contender, wanted))
  return rooms
}

async function seedRoom(contender: Contender, { seed: base, history = [] }: RoomsWanted): Promise<BenchRoom> {
  const room = { name: randomBytes(16).toString("base64url"), tickets: null, release: () => undefined }
  if (contender.name === "relay") return room
  const first = new Client({ contender, room, client: 0 })
  await first.ready
  for (const update of [base, ...history]) first.socket.send(first.frame(syncMessage(UPDATE, update)))
  // what it has sent is there when somebody else is told so
  const last = Y.parseUpdateMeta(history.at(-1) ?? base).to
  while (!(await isTold(contender, room, last))) await pause(5)
  return { ...room, release: () => first.close() }
}

async function isTold(contender: Contender, room: BenchRoom, wanted: ReadonlyMap<number, number>): Promise<boolean> {
  const parts: Uint8Array[] = []
  const reader = new Client({ contender, room, client: 0, onUpdate: (update) => parts.push(update.slice()) })
  await reader.ready
  reader.close()
  const told = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(parts)))
  return [...wanted].every(([client, clock]) => (told.get(client) ?? 0) >= clock)
}
