import { strFromU8, strToU8, unzipSync, zipSync } from "fflate"

/** The library stamps a document with the clock; a version is dated by its freeze. Zip entries take the oldest date a zip knows. */
export function fixDates(docx: Uint8Array, at: string): Uint8Array {
  const files = unzipSync(docx)
  const core = files["docProps/core.xml"]
  const stamp = new Date(at).toISOString().replace(/\.\d+Z$/, "Z")
  if (core !== undefined)
    files["docProps/core.xml"] = strToU8(
      strFromU8(core).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${stamp}`),
    )
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 9 })
}
