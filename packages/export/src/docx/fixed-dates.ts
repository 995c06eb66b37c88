import { strFromU8, strToU8, unzipSync, zipSync } from "fflate"
import { nameSignFonts } from "./sign-fonts.ts"

/**
 * Finishes what the library made: signs get a font that has them, and the dates are the version's. The library stamps a document with the clock; a version is dated by its freeze. Zip entries take the oldest date a zip knows.
 */
export function fixDates(docx: Uint8Array, at: string): Uint8Array {
  const files = unzipSync(docx)
  const core = files["docProps/core.xml"]
  const stamp = new Date(at).toISOString().replace(/\.\d+Z$/, "Z")
  if (core !== undefined)
    files["docProps/core.xml"] = strToU8(
      strFromU8(core).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${stamp}`),
    )
  for (const [name, bytes] of Object.entries(files))
    if (/^word\/\w+\.xml$/.test(name)) files[name] = strToU8(nameSignFonts(strFromU8(bytes)))
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 9 })
}
