import * as encoding from "lib0/encoding"
import type { BenchRoom } from "./contender.ts"

/** How a server's wire differs from y-websocket's. */
export interface Dialect {
  path(room: BenchRoom, client: number): string
  /** messages that go ahead of everything else */
  hello(room: BenchRoom): readonly Uint8Array[]
  wrap(room: BenchRoom, message: Uint8Array): Uint8Array
  /** where the y-websocket message starts inside what arrives */
  offset(message: Uint8Array): number
}

export const plain = (prefix: string): Dialect => ({
  path: (room, client) => `${prefix}/${room.name}${room.tickets ? `?ticket=${room.tickets[client]}` : ""}`,
  hello: () => [],
  wrap: (_, message) => message,
  offset: () => 0,
})

const AUTH = 2

/** Every message carries its document's name, and the first one a token, which nobody looks at. */
export const hocuspocus: Dialect = {
  path: () => "/",
  hello: (room) => [
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room.name)
      encoding.writeVarUint(encoder, AUTH)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, "")
    }),
  ],
  wrap: (room, message) =>
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room.name)
      encoding.writeUint8Array(encoder, message)
    }),
  // names here are shorter than 128 bytes, and so is their length one
  offset: (message) => 1 + (message[0] ?? 0),
}
