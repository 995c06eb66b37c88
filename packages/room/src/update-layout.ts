import * as decoding from "lib0/decoding"
import * as Y from "yjs"

/**
 * What lies where in an update (Yjs' format v1), read without making anything of it: Yjs makes an object of every struct
 * to tell how far an update reaches.
 */

/** The structs of one client in an update, from `clock` up to `end`. */
export interface ClientStructs {
  readonly client: number
  readonly clock: number
  readonly end: number
  readonly count: number
  /** their bytes */
  readonly from: number
  readonly to: number
  /** some stand for what was collected, or for a gap: `mergeUpdates` puts such together as one */
  readonly hasFillers: boolean
}

export interface UpdateLayout {
  /** those of higher clients first, each once */
  readonly structs: readonly ClientStructs[]
  readonly deletions: readonly ClientDeletions[]
}

export interface ClientDeletions {
  readonly client: number
  readonly ranges: readonly ClockRange[]
}

export interface ClockRange {
  readonly clock: number
  readonly length: number
}

/** What of each client an update spans. */
export type UpdateMeta = ReturnType<typeof Y.parseUpdateMeta>

/** As `Y.parseUpdateMeta` tells it. Throws on bytes that are no update. */
export function metaOf(update: Uint8Array): UpdateMeta {
  const layout = readLayout(update)
  return layout ? toMeta(layout.structs) : Y.parseUpdateMeta(update)
}

export function toMeta(structs: readonly Pick<ClientStructs, "client" | "clock" | "end">[]): UpdateMeta {
  const meta: UpdateMeta = { from: new Map(), to: new Map() }
  for (const { client, clock, end } of structs) {
    meta.from.set(client, clock)
    meta.to.set(client, end)
  }
  return meta
}

/** null: something in it is read by Yjs alone, or it is no update. */
export function readLayout(update: Uint8Array): UpdateLayout | null {
  try {
    const decoder = decoding.createDecoder(update)
    const structs = readStructs(decoder)
    if (!structs) return null
    const deletions = readDeletions(decoder)
    return decoder.pos === update.length ? { structs, deletions } : null
  } catch {
    return null // lib0 throws at whatever ends too early
  }
}

const NONE: readonly never[] = []

function readStructs(decoder: decoding.Decoder): readonly ClientStructs[] | null {
  const clients = decoding.readVarUint(decoder)
  if (clients === 0) return NONE
  const first = readClient(decoder)
  if (!first) return null
  // a literal: arrays that grow are made for many, and nearly all updates are of one
  const structs = [first]
  for (let i = 1; i < clients; i++) {
    const next = readClient(decoder)
    // Yjs writes each client once, those of higher numbers first; whatever else reads otherwise in one place than in another
    if (!next || next.client >= (structs.at(-1)?.client ?? 0)) return null
    structs.push(next)
  }
  return structs
}

function readClient(decoder: decoding.Decoder): ClientStructs | null {
  const count = decoding.readVarUint(decoder)
  const client = decoding.readVarUint(decoder)
  const clock = decoding.readVarUint(decoder)
  const from = decoder.pos
  let end = clock
  let hasFillers = false
  for (let i = 0; i < count; i++) {
    const info = decoding.readUint8(decoder)
    const isFiller = (info & KIND) === GC || (info & KIND) === SKIP
    const length = isFiller ? decoding.readVarUint(decoder) : skipItem(decoder, info)
    if (length === null || length === 0 || decoder.pos > decoder.arr.length) return null
    hasFillers ||= isFiller
    end += length
  }
  return count === 0 ? null : { client, clock, end, count, from, to: decoder.pos, hasFillers }
}

const KIND = 0b1_1111
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_KEY = 0x20

const [GC, DELETED, TEXT, EMBED, FORMAT, TYPE, ANY, SKIP] = [0, 1, 4, 5, 6, 7, 8, 10]
const [XML_ELEMENT, XML_HOOK] = [3, 5]

/** Gives the length of an item; null: its content is left to Yjs. */
function skipItem(decoder: decoding.Decoder, info: number): number | null {
  if (info & HAS_ORIGIN) skipId(decoder)
  if (info & HAS_RIGHT_ORIGIN) skipId(decoder)
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) skipText(decoder)
    else skipId(decoder)
    if (info & HAS_KEY) skipText(decoder)
  }
  switch (info & KIND) {
    case DELETED:
      return decoding.readVarUint(decoder)
    case TEXT:
      return countText(decoder)
    case EMBED:
      skipText(decoder)
      return 1
    case FORMAT:
      skipText(decoder)
      skipText(decoder)
      return 1
    case TYPE: {
      const type = decoding.readVarUint(decoder)
      if (type === XML_ELEMENT || type === XML_HOOK) skipText(decoder)
      return 1
    }
    case ANY: {
      const length = decoding.readVarUint(decoder)
      for (let i = 0; i < length; i++) if (!skipAny(decoder)) return null
      return length
    }
    default:
      return null
  }
}

const [UNDEFINED, NULL, INTEGER, FLOAT32, FLOAT64, BIGINT] = [127, 126, 125, 124, 123, 122]
const [FALSE, TRUE, STRING, OBJECT, ARRAY, BYTES] = [121, 120, 119, 118, 117, 116]

/** A value as lib0 writes it (`writeAny`); to read it made a fifteenth of what a crowd's coming allocated. false: it is none. */
function skipAny(decoder: decoding.Decoder): boolean {
  switch (decoding.readUint8(decoder)) {
    case UNDEFINED:
    case NULL:
    case FALSE:
    case TRUE:
      return true
    case INTEGER:
      decoding.readVarInt(decoder)
      return true
    case FLOAT32:
      decoder.pos += 4
      return true
    case FLOAT64:
    case BIGINT:
      decoder.pos += 8
      return true
    case STRING:
    case BYTES:
      skipText(decoder)
      return true
    case OBJECT:
      for (let keys = decoding.readVarUint(decoder); keys > 0; keys--) {
        skipText(decoder)
        if (!skipAny(decoder)) return false
      }
      return true
    case ARRAY:
      for (let values = decoding.readVarUint(decoder); values > 0; values--) if (!skipAny(decoder)) return false
      return true
    default:
      return false
  }
}

function skipId(decoder: decoding.Decoder): void {
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
}

function skipText(decoder: decoding.Decoder): void {
  const length = decoding.readVarUint(decoder)
  decoder.pos += length
}

/** In UTF-16 units, as Yjs counts it: two for what takes four bytes of UTF-8, one for the rest. null: it would go on past the end. */
function countText(decoder: decoding.Decoder): number | null {
  const length = decoding.readVarUint(decoder)
  const end = decoder.pos + length
  if (end > decoder.arr.length) return null
  let units = 0
  for (let at = decoder.pos; at < end; at++) {
    const byte = decoder.arr[at] ?? 0
    if ((byte & 0b1100_0000) !== 0b1000_0000) units += byte < 0b1111_0000 ? 1 : 2
  }
  decoder.pos = end
  return units
}

function readDeletions(decoder: decoding.Decoder): readonly ClientDeletions[] {
  let clients = decoding.readVarUint(decoder)
  if (clients === 0) return NONE
  const deletions: ClientDeletions[] = []
  for (; clients > 0; clients--) {
    const client = decoding.readVarUint(decoder)
    const ranges: ClockRange[] = []
    for (let count = decoding.readVarUint(decoder); count > 0; count--)
      ranges.push({ clock: decoding.readVarUint(decoder), length: decoding.readVarUint(decoder) })
    deletions.push({ client, ranges })
  }
  return deletions
}
