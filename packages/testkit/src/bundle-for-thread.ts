import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { rolldown } from "rolldown"

/** Threads don't read TypeScript: the program of one, bundled as the build does it, into a folder of its own. */
export async function bundleForThread(entry: URL): Promise<URL> {
  const bundle = await rolldown({
    input: fileURLToPath(entry),
    platform: "node",
    external: [/^node:/],
    logLevel: "warn",
  })
  const file = path.join(mkdtempSync(path.join(tmpdir(), "alternat-thread-")), "worker.mjs")
  await bundle.write({ file, format: "esm", codeSplitting: false })
  await bundle.close()
  return pathToFileURL(file)
}
