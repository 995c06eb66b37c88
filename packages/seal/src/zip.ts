import { assert, err, ok, type Result } from "@alternat/plan"
import { crc32 } from "./crc32.ts"
import { MAX_CONTAINER_BYTES, MAX_FILES } from "./limits.ts"
import type { PackFile } from "./pack-file.ts"

/**
 * The container of a pack: a zip that any unpacker opens and that has exactly one form for given files. Files are stored,
 * sorted by name, dated 1980-01-01, without extra fields, comments, flags or attributes. The reader trusts nothing:
 * it reads names and sizes within bounds, writes the container again from what it found, and compares every byte.
 */

export interface ContainerError {
  readonly type: "not_zip" | "too_large" | "bad_name" | "duplicate" | "damaged" | "not_canonical"
  /** the file concerned, where one can be named */
  readonly file: string | null
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
const END_SIZE = 22
const DATE_1980_01_01 = 0x21

/** The one zip that holds these files. Names are ours, so a bad one is a broken invariant. */
export function writeContainer(files: readonly PackFile[]): Uint8Array {
  const parts = containerParts(files)
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The container in pieces, the files themselves not copied: to be joined, or compared with what there is. */
function containerParts(files: readonly PackFile[]): readonly Uint8Array[] {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  sorted.forEach((file, i) => {
    assert(isSafeName(file.name), `bad name in a pack: ${file.name}`)
    assert(file.name !== sorted[i - 1]?.name, `name twice in a pack: ${file.name}`)
  })
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const file of sorted) {
    const crc = crc32(file.bytes)
    directory.push(entryHeader(CENTRAL, file, crc, at))
    const local = entryHeader(LOCAL, file, crc, 0)
    parts.push(local, file.bytes)
    at += local.length + file.bytes.length
  }
  const end = new Uint8Array(END_SIZE)
  const view = new DataView(end.buffer)
  view.setUint32(0, END, true)
  view.setUint16(8, sorted.length, true)
  view.setUint16(10, sorted.length, true)
  view.setUint32(
    12,
    directory.reduce((n, part) => n + part.length, 0),
    true,
  )
  view.setUint32(16, at, true)
  return [...parts, ...directory, end]
}

/** The two headers share their middle; the directory's has one field more in front and five behind. */
function entryHeader(kind: typeof LOCAL | typeof CENTRAL, file: PackFile, crc: number, offset: number): Uint8Array {
  const size = kind === CENTRAL ? CENTRAL_SIZE : LOCAL_SIZE
  const out = new Uint8Array(size + file.name.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, kind, true)
  view.setUint16(4, 20, true)
  const common = kind === CENTRAL ? 6 : 4
  view.setUint16(common, 20, true)
  view.setUint16(common + 8, DATE_1980_01_01, true)
  view.setUint32(common + 10, crc, true)
  view.setUint32(common + 14, file.bytes.length, true)
  view.setUint32(common + 18, file.bytes.length, true)
  view.setUint16(common + 22, file.name.length, true)
  if (kind === CENTRAL) view.setUint32(42, offset, true)
  for (let i = 0; i < file.name.length; i++) out[size + i] = file.name.charCodeAt(i)
  return out
}

/** The files of a canonical container, or what is wrong with it and in which file. */
export function readContainer(bytes: Uint8Array): Result<readonly PackFile[], ContainerError> {
  if (bytes.length > MAX_CONTAINER_BYTES) return err({ type: "too_large", file: null })
  const found = readFiles(bytes)
  if (!found.ok) return found
  const differs = firstDifference(bytes, containerParts(found.value))
  return differs === -1 ? found : err({ type: "not_canonical", file: fileAt(found.value, differs) })
}

/** Where the bytes cease to be those parts and nothing else, or -1. */
function firstDifference(bytes: Uint8Array, parts: readonly Uint8Array[]): number {
  let at = 0
  for (const part of parts) {
    const length = part.length
    // a file was read from these very bytes and lies where it was read, unless the container is not canonical
    const isSameMemory = part.buffer === bytes.buffer && part.byteOffset === bytes.byteOffset + at
    if (!isSameMemory) for (let i = 0; i < length; i++) if (bytes[at + i] !== part[i]) return at + i
    at += length
  }
  return bytes.length === at ? -1 : at
}

/**
 * What can still be read from a container that may be damaged, so that a report can name the file: the files whose
 * headers make sense, and no promise. Never a basis for trust.
 */
export function salvageContainer(bytes: Uint8Array): readonly PackFile[] {
  const files: PackFile[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; files.length < MAX_FILES; ) {
    const entry = readLocal(bytes, view, at)
    if (entry === null) return files
    files.push(entry.file)
    at = entry.end
  }
  return files
}

/**
 * Reads by the directory at the end. Whatever else is wrong (a local header, an overlap, a gap, bytes between or behind)
 * shows when the container is written again.
 */
function readFiles(bytes: Uint8Array): Result<readonly PackFile[], ContainerError> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - END_SIZE
  if (end < 0 || view.getUint32(end, true) !== END) return err({ type: "not_zip", file: null })
  const count = view.getUint16(end + 10, true)
  if (count > MAX_FILES) return err({ type: "too_large", file: null })
  const files: PackFile[] = []
  const names = new Set<string>()
  let room = bytes.length
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    const entry = readCentral(bytes, view, at)
    if (entry === null) return err({ type: "damaged", file: files.at(-1)?.name ?? null })
    const { file, crc } = entry
    if (!isSafeName(file.name)) return err({ type: "bad_name", file: file.name })
    if (names.has(file.name)) return err({ type: "duplicate", file: file.name })
    // files may not overlap: together they can't be larger than the container
    room -= file.bytes.length
    if (entry.short || room < 0 || crc32(file.bytes) !== crc) return err({ type: "damaged", file: file.name })
    names.add(file.name)
    files.push(file)
    at = entry.next
  }
  return ok(files)
}

interface DirectoryEntry {
  readonly file: PackFile
  readonly crc: number
  /** the directory's offset or size points outside the container */
  readonly short: boolean
  readonly next: number
}

function readCentral(bytes: Uint8Array, view: DataView, at: number): DirectoryEntry | null {
  if (at + CENTRAL_SIZE > bytes.length || view.getUint32(at, true) !== CENTRAL) return null
  const next = at + CENTRAL_SIZE + view.getUint16(at + 28, true)
  if (view.getUint16(at + 28, true) > 200 || next > bytes.length) return null
  const name = String.fromCharCode(...bytes.subarray(at + CENTRAL_SIZE, next))
  const size = view.getUint32(at + 24, true)
  const start = view.getUint32(at + 42, true) + LOCAL_SIZE + name.length
  const file = { name, bytes: bytes.subarray(start, start + size) }
  return { file, crc: view.getUint32(at + 16, true), short: file.bytes.length !== size, next }
}

function readLocal(bytes: Uint8Array, view: DataView, at: number): { file: PackFile; end: number } | null {
  if (at + LOCAL_SIZE > bytes.length || view.getUint32(at, true) !== LOCAL) return null
  const size = view.getUint32(at + 18, true)
  const nameLength = view.getUint16(at + 26, true)
  const start = at + LOCAL_SIZE + nameLength
  if (nameLength > 200 || start + size > bytes.length) return null
  const name = String.fromCharCode(...bytes.subarray(at + LOCAL_SIZE, start))
  return { file: { name, bytes: bytes.subarray(start, start + size) }, end: start + size }
}

/** Which file a byte of the container belongs to, its entry in the directory included. */
function fileAt(files: readonly PackFile[], position: number): string | null {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  let end = 0
  for (const file of sorted) if (position < (end += LOCAL_SIZE + file.name.length + file.bytes.length)) return file.name
  for (const file of sorted) if (position < (end += CENTRAL_SIZE + file.name.length)) return file.name
  return null
}

/** Plain relative ASCII paths only: no traversal, no drive, no absolute path, no empty step, no look-alike. */
function isSafeName(name: string): boolean {
  if (name.length > 200 || !/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(name)) return false
  return name.split("/").every((step) => /^[A-Za-z0-9]/.test(step) && !step.endsWith("."))
}
