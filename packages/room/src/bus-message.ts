import { err, ok, type Result } from "@alternat/plan"
import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import { readRun } from "./byte-runs.ts"
import { type AwarenessEntry, readAwareness, writeAwareness } from "./protocol.ts"
import type { AuthorId } from "./update-log.ts"

/** What nodes tell each other of one document. Positions and authors are the log's: who doubts them reads it. */
export type BusMessage =
  | {
      readonly type: "appended"
      readonly epoch: number
      readonly rulesRev: number
      readonly firstSeq: number
      readonly updates: readonly { readonly author: AuthorId; readonly bytes: Uint8Array }[]
    }
  /** of one delegation, or of those without one (`""`): who is where on the node that says it */
  | { readonly type: "awareness"; readonly group: string; readonly entries: readonly AwarenessEntry[] }
  /** a node has opened the room: the others tell who is there */
  | { readonly type: "whoIsThere" }

const KIND = { appended: 1, awareness: 2, whoIsThere: 3 } as const

/** Past this many bytes updates are not carried: the other nodes read them from the log. */
export const MAX_CARRIED_BYTES = 256 * 1024
const MAX_UPDATES = 100_000
const BOUNDS = { maxAwarenessEntries: 10_000, maxAwarenessBytes: 64 * 1024 }

export function encodeBusMessage(message: BusMessage): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, KIND[message.type])
  switch (message.type) {
    case "appended":
      for (const n of [message.epoch, message.rulesRev, message.firstSeq, message.updates.length])
        encoding.writeVarUint(encoder, n)
      for (const { author, bytes } of message.updates) {
        encoding.writeVarString(encoder, author)
        encoding.writeVarUint8Array(encoder, bytes)
      }
      break
    case "awareness":
      encoding.writeVarString(encoder, message.group)
      writeAwareness(encoder, message.entries)
      break
    case "whoIsThere":
      break
  }
  return encoding.toUint8Array(encoder)
}

/** Whatever else may write to the broker gets an error value and nothing worse. The bytes inside are views of `bytes`. */
export function decodeBusMessage(bytes: Uint8Array): Result<BusMessage, { readonly type: "malformed" }> {
  try {
    const message = decode(decoding.createDecoder(bytes))
    return message ? ok(message) : err({ type: "malformed" })
  } catch {
    return err({ type: "malformed" }) // lib0 throws on integers that are cut off or too long
  }
}

function decode(decoder: decoding.Decoder): BusMessage | null {
  switch (decoding.readVarUint(decoder)) {
    case KIND.appended:
      return decodeAppended(decoder)
    case KIND.awareness: {
      const group = readWord(decoder)
      const entries = group === null ? null : readAwareness(decoder, BOUNDS)
      return group !== null && Array.isArray(entries) ? { type: "awareness", group, entries } : null
    }
    case KIND.whoIsThere:
      return { type: "whoIsThere" }
    default:
      return null
  }
}

function decodeAppended(decoder: decoding.Decoder): BusMessage | null {
  const [epoch = 0, rulesRev = 0, firstSeq = 0, count = 0] = [0, 0, 0, 0].map(() => decoding.readVarUint(decoder))
  if (count > MAX_UPDATES) return null
  const updates: { author: AuthorId; bytes: Uint8Array }[] = []
  for (let i = 0; i < count; i++) {
    const author = readWord(decoder)
    const bytes = readRun(decoder)
    if (author === null || bytes === null || !isUpdate(bytes)) return null
    updates.push({ author, bytes })
  }
  return { type: "appended", epoch, rulesRev, firstSeq, updates }
}

/** What is no update would stop half-way into the state of a room; what is one is the sender's to answer for. */
function isUpdate(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    return false // Yjs can't read it
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
function readWord(decoder: decoding.Decoder): string | null {
  const bytes = readRun(decoder)
  return bytes === null || bytes.length > 200 ? null : utf8.decode(bytes)
}
