import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { build } from "vite"
import { makePlans } from "./plan.ts"

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" }

export interface Site {
  readonly url: string
  readonly words: number
  close(): void
}

/** Builds both pages as one would ship them and serves them with their documents. */
export async function openSite(): Promise<Site> {
  const folder = fileURLToPath(new URL(".", import.meta.url))
  const outDir = mkdtempSync(path.join(tmpdir(), "alternat-bench-"))
  await build({
    root: folder,
    base: "./",
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    resolve: { dedupe: ["yjs", "react", "react-dom", "lib0", "y-protocols"] },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: ["ours", "peer"].map((name) => path.join(folder, `${name}.html`)) },
    },
  })
  const { ours, peer, words } = makePlans()
  writeFileSync(path.join(outDir, "ours.bin"), ours)
  writeFileSync(path.join(outDir, "peer.bin"), peer)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://local")
    readFile(path.join(outDir, path.normalize(pathname))).then(
      (bytes) =>
        response.setHeader("content-type", TYPES[path.extname(pathname)] ?? "application/octet-stream").end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    words,
    close: () => {
      server.closeAllConnections()
      server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
