import { inflateSync } from "node:zlib"
import type { ExportFormat } from "@alternat/plan"
import { unzipSync } from "fflate"
import type { Page } from "playwright-core"

/** The file that the person at this page gets, as it came and with all that lies in it unpacked. */
export async function exportedFile(page: Page, format: ExportFormat, audience: string): Promise<string> {
  const bytes = await exported(page, format, audience)
  return `${bytes.toString("latin1")}${unpacked(format, bytes)}`
}

async function exported(page: Page, format: ExportFormat, audience: string): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ format, audience }) => {
      const headers = { "content-type": "application/json" }
      const body = JSON.stringify({ format, audience })
      const asked = await fetch("/api/plans/demo/exports", { method: "POST", headers, body })
      let job = (await asked.json()) as { id: string; status: string; error?: string }
      if (!asked.ok) throw new Error(`${format} for ${audience}: ${JSON.stringify(job)}`)
      while (job.status !== "done") {
        if (job.status === "failed") throw new Error(`${format}: ${job.error}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
        job = (await (await fetch(`/api/plans/demo/exports/${job.id}`)).json()) as typeof job
      }
      const file = await fetch(`/api/plans/demo/exports/${job.id}/file`)
      const bytes = new Uint8Array(await file.arrayBuffer())
      let text = ""
      for (const byte of bytes) text += String.fromCharCode(byte)
      return btoa(text)
    },
    { format, audience },
  )
  return Buffer.from(base64, "base64")
}

/** What a file holds under its compression. */
function unpacked(format: string, bytes: Buffer): string {
  if (format === "docx")
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString("utf8"))
      .join("\n")
  if (format !== "pdf") return bytes.toString("utf8")
  const parts: string[] = []
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
    const from = at + (bytes[at + 6] === 13 ? 8 : 7)
    try {
      parts.push(inflateSync(bytes.subarray(from), { finishFlush: 2 }).toString("utf8"))
    } catch {
      // a stream of another kind, or the word "endstream"
    }
  }
  return parts.join("\n")
}
