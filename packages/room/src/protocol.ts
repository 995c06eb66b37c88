import { err, ok, type Result } from "@alternat/plan"
import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import { putRun, putVarUint, readRun, sizeOfRun, sizeOfVarUint } from "./byte-runs.ts"
import type { RoomLimits } from "./limits.ts"

/**
 * The wire: y-websocket's four kinds and three of ours (`PROTOCOL.md`). Encoders and the decoder side by side.
 * Hostile bytes give an error value; every length is held against the frame before anything is read by it.
 */
export const KIND = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, ack: 100, rejected: 101, epoch: 102 } as const
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** The one table of close codes. 4400–4499 are final for a stock provider, it comes back after 1012 and 1013. */
export const CLOSE = {
  restart: 1012,
  tryLater: 1013,
  noTicket: 4401,
  rejected: 4403,
  wrongEpoch: 4409,
  tooLarge: 4413,
} as const

export interface AwarenessEntry {
  readonly clientId: number
  readonly clock: number
  /** JSON, parsed once to know that it is; `null` is a farewell */
  readonly state: Readonly<Record<string, unknown>> | null
}

export type Message =
  | { readonly type: "step1"; readonly stateVector: Uint8Array }
  /** `step2`: the answer to our step 1, whole as far as this client goes; else one edit */
  | { readonly type: "update"; readonly update: Uint8Array; readonly step2: boolean }
  | { readonly type: "awareness"; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: "queryAwareness" }
  /** kinds a server has no use for */
  | { readonly type: "ignored" }

export type DecodeError = { readonly type: "malformed"; readonly what: string } | { readonly type: "tooLarge" }

/** Reads one message from a client. The bytes inside the result are views of `frame`. */
export function decodeMessage(frame: Uint8Array, limits: RoomLimits): Result<Message, DecodeError> {
  if (frame.length > limits.maxFrameBytes) return err({ type: "tooLarge" })
  try {
    const decoder = decoding.createDecoder(frame)
    switch (decoding.readVarUint(decoder)) {
      case KIND.sync:
        return decodeSync(decoder, limits)
      case KIND.awareness:
        return decodeAwareness(decoder, limits)
      case KIND.queryAwareness:
        return ok({ type: "queryAwareness" })
      case KIND.auth:
        return ok({ type: "ignored" })
      default:
        return malformed("kind")
    }
  } catch {
    // lib0 throws on an integer that is cut off or too long; there is no other source of errors here
    return malformed("integer")
  }
}

const malformed = (what: string): Result<never, DecodeError> => err({ type: "malformed", what })

function decodeSync(decoder: decoding.Decoder, limits: RoomLimits): Result<Message, DecodeError> {
  const step = decoding.readVarUint(decoder)
  const payload = readRun(decoder)
  if (payload === null) return malformed("length")
  if (step === SYNC.step1) {
    if (payload.length > limits.maxStateVectorBytes) return err({ type: "tooLarge" })
    return isStateVector(payload) ? ok({ type: "step1", stateVector: payload }) : malformed("state vector")
  }
  if (step !== SYNC.step2 && step !== SYNC.update) return malformed("sync step")
  if (payload.length > limits.maxUpdateBytes) return err({ type: "tooLarge" })
  return ok({ type: "update", update: payload, step2: step === SYNC.step2 })
}

function decodeAwareness(outer: decoding.Decoder, limits: RoomLimits): Result<Message, DecodeError> {
  const payload = readRun(outer)
  if (payload === null) return malformed("length")
  const entries = readAwareness(decoding.createDecoder(payload), limits)
  if (entries === "tooLarge") return err({ type: "tooLarge" })
  return typeof entries === "string" ? malformed(entries) : ok({ type: "awareness", entries })
}

/** Entries of an awareness update, those with too long a state left out; or what is wrong with it. */
export function readAwareness(
  decoder: decoding.Decoder,
  limits: Pick<RoomLimits, "maxAwarenessEntries" | "maxAwarenessBytes">,
): AwarenessEntry[] | "tooLarge" | "length" | "awareness state" {
  const count = decoding.readVarUint(decoder)
  if (count > limits.maxAwarenessEntries) return "tooLarge"
  const entries: AwarenessEntry[] = []
  for (let i = 0; i < count; i++) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const bytes = readRun(decoder)
    if (bytes === null) return "length"
    if (bytes.length > limits.maxAwarenessBytes) continue
    const state = parseState(bytes)
    if (state === undefined) return "awareness state"
    entries.push({ clientId, clock, state })
  }
  return entries
}

function isStateVector(bytes: Uint8Array): boolean {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  if (count > bytes.length) return false
  for (let i = 0; i < count * 2; i++) decoding.readVarUint(decoder)
  return true
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
function parseState(bytes: Uint8Array): Readonly<Record<string, unknown>> | null | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    if (value === null) return null
    return typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // not UTF-8 or not JSON: the caller says malformed
  }
}

const encode = (write: (e: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + sizeOfRun(payload))
  frame[0] = KIND.sync
  frame[1] = step
  putRun(frame, 2, payload)
  return frame
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => syncFrame(SYNC.step1, stateVector)
export const encodeStep2 = (update: Uint8Array): Uint8Array => syncFrame(SYNC.step2, update)
export const encodeUpdate = (update: Uint8Array): Uint8Array => syncFrame(SYNC.update, update)

export const encodeAwareness = (entries: readonly AwarenessEntry[]): Uint8Array =>
  encode((e) => {
    encoding.writeVarUint(e, KIND.awareness)
    encoding.writeVarUint8Array(
      e,
      encode((inner) => writeAwareness(inner, entries)),
    )
  })

export function writeAwareness(encoder: encoding.Encoder, entries: readonly AwarenessEntry[]): void {
  encoding.writeVarUint(encoder, entries.length)
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  }
}

/** `frames`: how many step 2 and update frames of this socket, from its first, are in the log, all within `seq`. */
export function encodeAck(frames: number, seq: number): Uint8Array {
  const frame = new Uint8Array(1 + sizeOfVarUint(frames) + sizeOfVarUint(seq))
  frame[0] = KIND.ack
  putVarUint(frame, putVarUint(frame, 1, frames), seq)
  return frame
}

export const encodeRejected = (reason: string, clauseId: string | null): Uint8Array =>
  encode((e) => {
    encoding.writeVarUint(e, KIND.rejected)
    encoding.writeVarString(e, reason)
    encoding.writeVarString(e, clauseId ?? "")
  })

export const encodeEpoch = (epoch: number): Uint8Array =>
  encode((e) => {
    encoding.writeVarUint(e, KIND.epoch)
    encoding.writeVarUint(e, epoch)
  })

export type ServerNotice =
  | { readonly type: "ack"; readonly frames: number; readonly seq: number }
  | { readonly type: "rejected"; readonly reason: string; readonly clauseId: string | null }
  | { readonly type: "epoch"; readonly epoch: number }

/** Client side: our own kinds, read before the stock provider sees the frame. null: a frame for the provider. */
export function decodeNotice(frame: Uint8Array): ServerNotice | null {
  const decoder = decoding.createDecoder(frame)
  switch (decoding.readVarUint(decoder)) {
    case KIND.ack:
      return { type: "ack", frames: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder) }
    case KIND.rejected: {
      const reason = decoding.readVarString(decoder)
      return { type: "rejected", reason, clauseId: decoding.readVarString(decoder) || null }
    }
    case KIND.epoch:
      return { type: "epoch", epoch: decoding.readVarUint(decoder) }
    default:
      return null
  }
}

/** Client side: the update inside a sync frame of either direction, step 1 aside. null: no such frame. */
export function readUpdate(frame: Uint8Array): { readonly update: Uint8Array; readonly step2: boolean } | null {
  if (frame[0] !== KIND.sync || (frame[1] !== SYNC.step2 && frame[1] !== SYNC.update)) return null
  const decoder = decoding.createDecoder(frame)
  decoder.pos = 2
  const update = readRun(decoder)
  return update && { update, step2: frame[1] === SYNC.step2 }
}
