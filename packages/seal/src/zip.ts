import { assert, err, ok, type Result } from "@alternat/plan"
import { crc32 } from "./crc32.ts"

/**
 * The container of a pack: a zip that any unpacker opens and that has exactly one form for given files. Files are stored,
 * sorted by name, dated 1980-01-01, without extra fields, comments, flags or attributes. The reader trusts nothing:
 * it reads names and sizes within bounds, writes the container again from what it found, and compares every byte.
 */
export interface PackFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ContainerError {
  readonly type: "not_zip" | "too_large" | "bad_name" | "duplicate" | "damaged" | "not_canonical"
  /** the file concerned, where one can be named */
  readonly file: string | null
}

export const MAX_CONTAINER_BYTES = 256 * 1024 * 1024
const MAX_FILES = 500
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
const END_SIZE = 22
const DATE_1980_01_01 = 0x21

/** The one zip that holds these files. Names are ours, so a bad one is a broken invariant. */
export function writeContainer(files: readonly PackFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  sorted.forEach((file, i) => {
    assert(isSafeName(file.name), `bad name in a pack: ${file.name}`)
    assert(file.name !== sorted[i - 1]?.name, `name twice in a pack: ${file.name}`)
  })
  const body = sorted.reduce((n, f) => n + LOCAL_SIZE + f.name.length + f.bytes.length, 0)
  const directory = sorted.reduce((n, f) => n + CENTRAL_SIZE + f.name.length, 0)
  const out = new Uint8Array(body + directory + END_SIZE)
  const view = new DataView(out.buffer)
  let at = 0
  let central = body
  for (const file of sorted) {
    const crc = crc32(file.bytes)
    central = writeEntry(out, view, central, CENTRAL, file, crc, at)
    at = writeEntry(out, view, at, LOCAL, file, crc, 0)
    out.set(file.bytes, at)
    at += file.bytes.length
  }
  view.setUint32(central, END, true)
  view.setUint16(central + 8, sorted.length, true)
  view.setUint16(central + 10, sorted.length, true)
  view.setUint32(central + 12, directory, true)
  view.setUint32(central + 16, body, true)
  return out
}

/** The two headers share their middle; the directory's has one field more in front and five behind. */
function writeEntry(
  out: Uint8Array,
  view: DataView,
  at: number,
  kind: number,
  file: PackFile,
  crc: number,
  offset: number,
): number {
  view.setUint32(at, kind, true)
  view.setUint16(at + 4, 20, true)
  const common = kind === CENTRAL ? at + 6 : at + 4
  view.setUint16(common, 20, true)
  view.setUint16(common + 8, DATE_1980_01_01, true)
  view.setUint32(common + 10, crc, true)
  view.setUint32(common + 14, file.bytes.length, true)
  view.setUint32(common + 18, file.bytes.length, true)
  view.setUint16(common + 22, file.name.length, true)
  if (kind === CENTRAL) view.setUint32(at + 42, offset, true)
  const name = at + (kind === CENTRAL ? CENTRAL_SIZE : LOCAL_SIZE)
  for (let i = 0; i < file.name.length; i++) out[name + i] = file.name.charCodeAt(i)
  return name + file.name.length
}

/** The files of a canonical container, or what is wrong with it and in which file. */
export function readContainer(bytes: Uint8Array): Result<readonly PackFile[], ContainerError> {
  if (bytes.length > MAX_CONTAINER_BYTES) return err({ type: "too_large", file: null })
  const found = readFiles(bytes)
  if (!found.ok) return found
  const again = writeContainer(found.value)
  if (again.length === bytes.length && again.every((byte, i) => byte === bytes[i])) return found
  const differs = bytes.findIndex((byte, i) => byte !== again[i])
  return err({ type: "not_canonical", file: fileAt(found.value, differs === -1 ? bytes.length : differs) })
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
