import { err, ok, type Result } from "@alternat/plan"
import { inflateSync } from "fflate"
import { crc32 } from "./crc32.ts"
import { MAX_CONTAINER_BYTES, MAX_FILES, MAX_INFLATED_BYTES } from "./limits.ts"
import type { PackFile } from "./pack-file.ts"

/**
 * Reads a zip that some other program made of a pack's files: compressed, in a folder, with comments and dates. Such a
 * file is never a pack as it was sealed (the check `container_form` fails), but its reader is better served by hearing
 * that, and how the files in it fare, than by "not a pack".
 */
export function readRepacked(bytes: Uint8Array): Result<readonly PackFile[], "not_zip" | "damaged" | "limits"> {
  if (bytes.length > MAX_CONTAINER_BYTES) return err("limits")
  const entries = listEntries(bytes)
  if (entries === null) return err("not_zip")
  const wanted = withoutFolder(entries.filter(({ name }) => !isLitter(name)))
  if (wanted.length > MAX_FILES) return err("limits")
  const inflated = wanted.reduce((n, entry) => n + (entry.method === STORED ? 0 : entry.size), 0)
  if (inflated > MAX_INFLATED_BYTES) return err("limits")
  // entries that lie over each other could name the same bytes thousands of times, each to be read
  const packed = wanted.reduce((n, entry) => n + entry.packed, 0)
  if (packed > bytes.length || wanted.some((entry) => entry.method === STORED && entry.packed !== entry.size))
    return err("damaged")
  const files = new Map<string, Uint8Array>()
  for (const entry of wanted) {
    const file = readEntry(bytes, entry)
    if (file === null || files.has(entry.name)) return err("damaged")
    files.set(entry.name, file)
  }
  return ok([...files].map(([name, content]) => ({ name, bytes: content })))
}

/** Whether a zip of whatever make names the three files that every pack has. */
export function looksRepacked(bytes: Uint8Array): boolean {
  const names = new Set(withoutFolder(listEntries(bytes) ?? []).map((entry) => entry.name))
  return ["manifest.json", "signatures.json", "plan.json"].every((name) => names.has(name))
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

const STORED = 0
const DEFLATED = 8
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22
/** a zip may end with a comment of so many bytes */
const MAX_COMMENT = 65_535
const MAX_ENTRIES = 4 * MAX_FILES

/** The directory at the end, folders left out; null: there is none, or it does not hold together. */
function listEntries(bytes: Uint8Array): readonly Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === null) return null
  const count = view.getUint16(end + 10, true)
  if (count > MAX_ENTRIES) return null
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return null
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > bytes.length) return null
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    if (!name.endsWith("/"))
      entries.push({
        name,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      })
    at = next
  }
  return entries
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_SIZE
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at--) if (view.getUint32(at, true) === END) return at
  return null
}

/** Programs that pack a folder put its name before every file. */
function withoutFolder(entries: readonly Entry[]): readonly Entry[] {
  const folder = /^[^/]+\//.exec(entries[0]?.name ?? "")?.[0]
  const isCommon = folder !== undefined && entries.every(({ name }) => name.startsWith(folder))
  return isCommon ? entries.map((entry) => ({ ...entry, name: entry.name.slice(folder.length) })) : entries
}

const isLitter = (name: string): boolean => name.startsWith("__MACOSX/") || /(^|\/)(\.DS_Store|Thumbs\.db)$/.test(name)

function readEntry(bytes: Uint8Array, entry: Entry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL) return null
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  if (start + entry.packed > bytes.length) return null
  const data = bytes.subarray(start, start + entry.packed)
  const file = entry.method === STORED ? data : entry.method === DEFLATED ? inflate(data, entry.size) : null
  return file !== null && file.length === entry.size && crc32(file) === entry.crc ? file : null
}

/** Into a buffer of the stated size: data that inflates to more is cut off, and then fails its checksum. */
function inflate(data: Uint8Array, size: number): Uint8Array | null {
  try {
    return inflateSync(data, { out: new Uint8Array(size) })
  } catch {
    return null // damaged data is reported by throwing
  }
}
