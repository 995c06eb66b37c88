import { readFile } from "node:fs/promises"
import path from "node:path"
import type { ExporterTools } from "./create-exporter.ts"

/**
 * What the build lays into the folder of its programs: the typesetter, its fonts, and the verifier that travels in every
 * pack. Rejects when the folder is not whole.
 */
export async function toolsBeside(folder: string): Promise<ExporterTools> {
  const verifier = await readFile(path.join(folder, "verify.mjs")).catch(() => {
    throw new Error("the program is not built whole; run npm run build")
  })
  return {
    verifier: new Uint8Array(verifier),
    pdf: { worker: path.join(folder, "typesetter.mjs"), fonts: path.join(folder, "fonts") },
  }
}
