import { unzlibSync } from "fflate"

/**
 * The files embedded in one of our PDFs. Embedded files are always stream objects of their own, so scanning for them
 * needs no PDF library, works offline in a page, and can't be led astray by a forged index: what is compared in the end
 * is the content, and the PDF as a whole has its SHA-256 in the manifest.
 */
const MAX_EMBEDDED_BYTES = 64 * 1024 * 1024

export function embeddedFiles(pdf: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = indexOf(pdf, "/Type /EmbeddedFile", 0); at !== -1; at = indexOf(pdf, "/Type /EmbeddedFile", at + 1)) {
    const file = readStream(pdf, at)
    if (file !== null) found.push(file)
  }
  return found
}

function readStream(pdf: Uint8Array, at: number): Uint8Array | null {
  const begin = indexOf(pdf, "stream\n", at)
  const object = lastIndexOf(pdf, " obj\n", at)
  if (begin === -1 || object === -1 || begin - object > 2000) return null
  const dictionary = latin1(pdf.subarray(object, begin))
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
  const start = begin + "stream\n".length
  if (!Number.isSafeInteger(length) || start + length > pdf.length) return null
  const data = pdf.subarray(start, start + length)
  if (!dictionary.includes("/Filter")) return data
  if (!dictionary.includes("/Filter /FlateDecode")) return null
  const size = Number(/\/Size (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
  if (!Number.isSafeInteger(size) || size > MAX_EMBEDDED_BYTES) return null
  try {
    // a fixed output buffer: a stream that inflates to more than it says is cut off, not followed
    return unzlibSync(data, { out: new Uint8Array(size) })
  } catch {
    return null // damaged data is reported by throwing
  }
}

/** Where an ASCII text stands in bytes, or -1. */
export function indexOf(bytes: Uint8Array, text: string, from: number): number {
  const first = text.charCodeAt(0)
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
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
