import { unzlibSync } from "fflate"
import { MAX_EMBEDDED_BYTES, MAX_EMBEDDED_FILES } from "./limits.ts"

/**
 * The files embedded in one of our PDFs. Embedded files are always stream objects of their own, so scanning for them
 * needs no PDF library, works offline in a page, and can't be led astray by a forged index: what is compared in the end
 * is the content, and the PDF as a whole has its SHA-256 in the manifest.
 */
export const embeddedFiles = (pdf: Uint8Array): readonly Uint8Array[] => readEmbedded(pdf).files

/** As many as the limits allow, and whether there was more. */
export function readEmbedded(pdf: Uint8Array): { readonly files: readonly Uint8Array[]; readonly isOver: boolean } {
  const files: Uint8Array[] = []
  let room = MAX_EMBEDDED_BYTES * 2
  for (let at = indexOf(pdf, MARK, 0); at !== -1; at = indexOf(pdf, MARK, at + 1)) {
    const file = readStream(pdf, at)
    if (file === null) continue
    if (file === "over" || file.length > room || files.length === MAX_EMBEDDED_FILES) return { files, isOver: true }
    room -= file.length
    files.push(file)
  }
  return { files, isOver: false }
}
const MARK = "/Type /EmbeddedFile"
/** Our dictionaries are shorter by far; looking further would let a file of nothing but marks take minutes. */
const DICTIONARY_BYTES = 2000

function readStream(pdf: Uint8Array, at: number): Uint8Array | "over" | null {
  const near = pdf.subarray(0, Math.min(pdf.length, at + DICTIONARY_BYTES))
  const begin = indexOf(near, "stream\n", at)
  const object = lastIndexOf(
    near.subarray(Math.max(0, at - DICTIONARY_BYTES)),
    " obj\n",
    Math.min(at, DICTIONARY_BYTES),
  )
  if (begin === -1 || object === -1) return null
  const dictionary = latin1(pdf.subarray(Math.max(0, at - DICTIONARY_BYTES) + object, begin))
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
  const start = begin + "stream\n".length
  if (!Number.isSafeInteger(length) || start + length > pdf.length) return null
  const data = pdf.subarray(start, start + length)
  if (!dictionary.includes("/Filter")) return length > MAX_EMBEDDED_BYTES ? "over" : data
  if (!dictionary.includes("/Filter /FlateDecode")) return null
  const size = Number(/\/Size (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
  if (!Number.isSafeInteger(size)) return null
  if (size > MAX_EMBEDDED_BYTES) return "over"
  try {
    // a fixed output buffer: a stream that inflates to more than it says is cut off, not followed
    return unzlibSync(data, { out: new Uint8Array(size) })
  } catch {
    return null // damaged data is reported by throwing
  }
}

/** Where an ASCII text stands in bytes, or -1. */
export function indexOf(bytes: Uint8Array, text: string, from: number): number {
  // Horspool: looks at the byte under the text's end and skips what can't match, so that no file makes it slow
  const last = text.length - 1
  const skip = new Uint8Array(256).fill(text.length)
  for (let i = 0; i < last; i++) skip[text.charCodeAt(i)] = last - i
  for (let at = from; at + last < bytes.length; at += skip[bytes[at + last] as number] as number)
    if (isAt(bytes, text, at)) return at
  return -1
}

export function lastIndexOf(bytes: Uint8Array, text: string, from: number): number {
  const first = text.charCodeAt(0)
  for (let at = bytes.lastIndexOf(first, from); at > 0; at = bytes.lastIndexOf(first, at - 1))
    if (isAt(bytes, text, at)) return at
  return isAt(bytes, text, 0) ? 0 : -1
}

export function isAt(bytes: Uint8Array, text: string, at: number): boolean {
  if (at < 0 || at + text.length > bytes.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

export function latin1(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
