import * as Y from "yjs"
import { putVarUint, sizeOfVarUint } from "./byte-runs.ts"
import { type ClientDeletions, type ClockRange, metaOf, readLayout, toMeta, type UpdateMeta } from "./update-layout.ts"

/**
 * Updates put together by their bytes. Format v1 keeps nothing from one struct to the next, so that the structs of one
 * client may stand behind each other as they are. Yjs makes an object of every struct to merge it; with reading how far
 * updates reach, that was more than half of what a crowd's coming allocated.
 */

/** Of so many Yjs makes one; its time grows by the square of them. */
const YJS_AT_MOST = 32

export interface Merged {
  readonly bytes: Uint8Array
  readonly meta: UpdateMeta
  /** how many of the updates, in their order, it was made of */
  readonly of: number
}

/**
 * As few updates as may cheaply be made of these, in their order: one, where each goes on where those before it ended.
 * Throws on bytes that are no update.
 */
export function mergeInFew(updates: readonly Uint8Array[]): readonly Merged[] {
  const joined = updates.length > 1 ? joinUpdates(updates) : null
  if (joined) return [joined]
  const merged: Merged[] = []
  for (let i = 0; i < updates.length; i += YJS_AT_MOST) {
    const group = updates.slice(i, i + YJS_AT_MOST)
    const bytes = Y.mergeUpdates(group)
    merged.push({ bytes, meta: metaOf(bytes), of: group.length })
  }
  return merged
}

/** The structs of one client in several updates. */
interface Joint {
  readonly client: number
  readonly clock: number
  end: number
  count: number
  readonly parts: Uint8Array[]
}

/** Reads as what `Y.mergeUpdates` makes of them; null: they don't follow on each other, and it takes Yjs to say what they are. */
export function joinUpdates(updates: readonly Uint8Array[]): Merged | null {
  const joints = new Map<number, Joint>()
  const deletions = new Map<number, ClockRange[]>()
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
  return { bytes, meta: toMeta([...joints.values()]), of: updates.length }
}

const byHigherClient = <T extends { readonly client: number }>(all: T[]): readonly T[] =>
  all.length < 2 ? all : all.sort((a, b) => b.client - a.client)

/** In order, and those that touch or overlap as one. */
function united(ranges: ClockRange[]): readonly ClockRange[] {
  if (ranges.length < 2) return ranges
  const united: ClockRange[] = []
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
