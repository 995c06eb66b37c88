import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import type { Api } from "@alternat/api"
import { serveStatic } from "@hono/node-server/serve-static"
import { CommandError } from "./command-error.ts"

/** Where the build put this program and what it needs. */
export const programFolder = path.dirname(fileURLToPath(import.meta.url))
const webDist = path.resolve(programFolder, "../../web/dist")

/**
 * Serves the interface: hashed assets for ever, the page itself never from a cache, and the page for every address that the
 * router in the browser knows. Mounted after the API, so that an unknown `/api/…` is the API's 404.
 */
export async function serveInterface(
  app: Api,
  headers: (nonceFreeHtml: string) => Readonly<Record<string, string>>,
): Promise<void> {
  const page = await readFile(path.join(webDist, "index.html"), "utf8").catch(() => {
    throw new CommandError("the interface is not built; run npm run build")
  })
  const pageHeaders = headers(page)
  const etag = `"${createHash("sha256").update(page).digest("base64url").slice(0, 22)}"`
  app.use(
    "/assets/*",
    serveStatic({
      // the build wrote a .br beside each
      precompressed: true,
      root: webDist,
      onFound: (_file, c) => c.header("cache-control", "public, max-age=31536000, immutable"),
    }),
  )
  app.get("/:file{[a-z0-9-]+\\.(?:svg|ico|png|webmanifest|txt)}", serveStatic({ root: webDist }))
  app.get("*", async (c, next) => {
    if (c.req.path.startsWith("/api/") || c.req.path.startsWith("/assets/")) return next()
    if (c.req.header("if-none-match") === etag) return c.body(null, 304)
    return c.html(page, 200, { ...pageHeaders, "cache-control": "no-cache", etag })
  })
}
