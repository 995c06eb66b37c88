import * as encoding from "lib0/encoding"

export const SYNC = 0
export const AWARENESS = 1
/** Hocuspocus' name for a sync message that is an answer */
export const SYNC_REPLY = 4
export const STEP_1 = 0
export const STEP_2 = 1
export const UPDATE = 2

export const syncMessage = (step: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })

/** "I have nothing" and "I bring nothing", as Yjs says them. */
export const HAVE_NOTHING = syncMessage(STEP_1, Uint8Array.of(0))
export const BRING_NOTHING = syncMessage(STEP_2, Uint8Array.of(0, 0))

export const awarenessMessage = (clientId: number, clock: number, state: unknown): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, 1)
        encoding.writeVarUint(inner, clientId)
        encoding.writeVarUint(inner, clock)
        encoding.writeVarString(inner, JSON.stringify(state))
      }),
    )
  })

/** Where the payload of a sync message starts and ends, without a copy. */
export function payloadOf(message: Uint8Array, at: number): Uint8Array {
  let length = 0
  let next = at
  for (let shift = 1; ; shift *= 128) {
    const byte = message[next++] ?? 0
    length += (byte & 127) * shift
    if (byte < 128) break
  }
  return message.subarray(next, next + length)
}
