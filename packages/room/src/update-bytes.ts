import * as decoding from "lib0/decoding"
import * as Y from "yjs"
import { putVarUint, sizeOfVarUint } from "./byte-runs.ts"

/**
 * What lies where in an update (Yjs' format v1), read without making anything of it, and updates put together by their
 * bytes. Yjs makes an object of every struct to tell how far an update reaches, and does it again to merge it; that was
 * more than half of what a crowd's coming allocated. Format v1 keeps nothing from one struct to the next, so that the
 * structs of one client may stand behind each other as they are.
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

interface ClientDeletions {
  readonly client: number
  readonly ranges: readonly Range[]
}

interface Range {
  readonly clock: number
  readonly length: number
}

/** What of each client an update spans: as `Y.parseUpdateMeta` tells it. Throws on bytes that are no update. */
export type UpdateMeta = ReturnType<typeof Y.parseUpdateMeta>

export function metaOf(update: Uint8Array): UpdateMeta {
  const layout = readLayout(update)
  return layout ? toMeta(layout.structs) : Y.parseUpdateMeta(update)
}

function toMeta(structs: readonly Pick<ClientStructs, "client" | "clock" | "end">[]): UpdateMeta {
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
      for (let i = 0; i < length; i++) decoding.readAny(decoder)
      return length
    }
    default:
      return null
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
    const ranges: Range[] = []
    for (let count = decoding.readVarUint(decoder); count > 0; count--)
      ranges.push({ clock: decoding.readVarUint(decoder), length: decoding.readVarUint(decoder) })
    deletions.push({ client, ranges })
  }
  return deletions
}

// ── putting together ─────────────────────────────────────────────────────────────────────────────────────────

/** Of so many Yjs makes one; its time grows by the square of them. */
export const YJS_AT_MOST = 32

export interface Merged {
  readonly bytes: Uint8Array
  readonly meta: UpdateMeta
}

/** As few updates as may cheaply be made of these, in their order: one, where each goes on where those before it ended. */
export function mergeInFew(updates: readonly Uint8Array[]): readonly Merged[] {
  const joined = updates.length > 1 ? join(updates) : null
  if (joined) return [joined]
  const merged: Merged[] = []
  for (let i = 0; i < updates.length; i += YJS_AT_MOST) {
    const bytes = Y.mergeUpdates(updates.slice(i, i + YJS_AT_MOST))
    merged.push({ bytes, meta: metaOf(bytes) })
  }
  return merged
}

/** Reads as what `Y.mergeUpdates` makes of them; null: they don't follow on each other, and it takes Yjs to say what they are. */
export const joinUpdates = (updates: readonly Uint8Array[]): Uint8Array | null => join(updates)?.bytes ?? null

/** The structs of one client in several updates. */
interface Joint {
  readonly client: number
  readonly clock: number
  end: number
  count: number
  readonly parts: Uint8Array[]
}

function join(updates: readonly Uint8Array[]): Merged | null {
  const joints = new Map<number, Joint>()
  const deletions = new Map<number, Range[]>()
  for (const update of updates) {
    const layout = readLayout(update)
    if (!layout) return null
    for (const { client, clock, end, count, from, to, hasFillers } of layout.structs) {
      if (hasFillers) return null
      const joint = joints.get(client)
      const part = update.subarray(from, to)
      if (!joint) joints.set(client, { client, clock, end, count, parts: [part] })
      else {
        if (joint.end !== clock) return null
        joint.end = end
        joint.count += count
        joint.parts.push(part)
      }
    }
    for (const { client, ranges } of layout.deletions) {
      const known = deletions.get(client)
      if (known) known.push(...ranges)
      else deletions.set(client, [...ranges])
    }
  }
  const bytes = writeUpdate(
    byHigherClient([...joints.values()]),
    byHigherClient([...deletions].map(([client, ranges]) => ({ client, ranges: united(ranges) }))),
  )
  return { bytes, meta: toMeta([...joints.values()]) }
}

const byHigherClient = <T extends { readonly client: number }>(all: T[]): readonly T[] =>
  all.length < 2 ? all : all.sort((a, b) => b.client - a.client)

/** In order, and those that touch or overlap as one. */
function united(ranges: Range[]): readonly Range[] {
  if (ranges.length < 2) return ranges
  const united: Range[] = []
  for (const range of ranges.sort((a, b) => a.clock - b.clock)) {
    const last = united.at(-1)
    if (!last || last.clock + last.length < range.clock) {
      united.push(range)
      continue
    }
    const end = Math.max(last.clock + last.length, range.clock + range.length)
    united[united.length - 1] = { clock: last.clock, length: end - last.clock }
  }
  return united
}

function writeUpdate(joints: readonly Joint[], deletions: readonly ClientDeletions[]): Uint8Array {
  let size = sizeOfVarUint(joints.length) + sizeOfVarUint(deletions.length)
  for (const { count, client, clock, parts } of joints) {
    size += sizeOfVarUint(count) + sizeOfVarUint(client) + sizeOfVarUint(clock)
    for (const part of parts) size += part.length
  }
  for (const { client, ranges } of deletions) {
    size += sizeOfVarUint(client) + sizeOfVarUint(ranges.length)
    for (const { clock, length } of ranges) size += sizeOfVarUint(clock) + sizeOfVarUint(length)
  }
  const update = new Uint8Array(size)
  let at = 0
  const put = (value: number): void => {
    at = putVarUint(update, at, value)
  }
  put(joints.length)
  for (const { count, client, clock, parts } of joints) {
    put(count)
    put(client)
    put(clock)
    for (const part of parts) {
      update.set(part, at)
      at += part.length
    }
  }
  put(deletions.length)
  for (const { client, ranges } of deletions) {
    put(client)
    put(ranges.length)
    for (const { clock, length } of ranges) {
      put(clock)
      put(length)
    }
  }
  return update
}
