import { readFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import type { ExporterTools } from "@alternat/api"
import { CommandError } from "./command-error.ts"

/** What the build lays beside the program: the typesetter, its fonts, and the verifier that travels in every pack. */
export async function exportTools(): Promise<ExporterTools> {
  const dist = path.dirname(fileURLToPath(import.meta.url))
  const verifier = await readFile(path.join(dist, "verify.mjs")).catch(() => {
    throw new CommandError("the program is not built whole; run npm run build")
  })
  return {
    verifier: new Uint8Array(verifier),
    pdf: { worker: path.join(dist, "typesetter.mjs"), fonts: path.join(dist, "fonts") },
  }
}
