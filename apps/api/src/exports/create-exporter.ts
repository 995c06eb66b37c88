import { type ExportSource, type RenderOptions, renderDocx, renderModel } from "@alternat/export"
import { type PdfOptions, renderCertificate, renderPdf, renderVersionFiles } from "@alternat/export/pdf"
import type { Result } from "@alternat/plan"
import type { PackFile } from "@alternat/seal"
import type { NewFile } from "@alternat/store"
import { type Exporter, UnprintableError } from "./exporter.ts"

/** What lies beside the program and not in its code. */
export interface ExporterTools {
  /** the verifier that travels in every pack, one file; null: packs go without it */
  readonly verifier: Uint8Array | null
  /** where the typesetter and its fonts are */
  readonly pdf: PdfOptions
}

/** Makes files with `export`; pages are set in a process of their own. */
export function createExporter(tools: ExporterTools = { verifier: null, pdf: {} }): Exporter {
  return {
    async versionFiles({ plan, number, frozenAt }) {
      const verifier = tools.verifier ? [{ name: "verify/verify.mjs", bytes: tools.verifier }] : []
      const input = { plan, version: { number, frozenAt }, verifier }
      const { files, originals } = made(await renderVersionFiles(input, "shared", tools.pdf))
      return { files: files.map(typed), originals }
    },
    async certificate(signed) {
      return typed({ name: "certificate.pdf", bytes: made(await renderCertificate(signed, tools.pdf)) })
    },
    async render(format, source, options) {
      const bytes =
        format === "pdf" ? await setPages(source, options, tools) : await renderDocx(renderModel(source, options))
      return typed({ name: `plan.${format}`, bytes })
    },
  }
}

const setPages = async (source: ExportSource, options: RenderOptions, { pdf }: ExporterTools): Promise<Uint8Array> =>
  made(await renderPdf(renderModel(source, options), source.plan, pdf))

/**
 * A page that can't be set is a fault of ours or of the machine: nobody who asked for it can mend it. But for a sign that
 * no font has, which whoever wrote it can take out.
 */
function made<T>(result: Result<T, { readonly type: string; readonly message: string }>): T {
  if (!result.ok && result.error.type === "unprintable") throw new UnprintableError(result.error.message)
  if (!result.ok) throw new PagesError(result.error)
  return result.value
}

/** The log gets the code alone: the message may quote the plan. */
class PagesError extends Error {
  override readonly name = "PagesError"
  readonly code: string

  constructor({ type, message }: { readonly type: string; readonly message: string }) {
    super(`the pages could not be set: ${message}`)
    this.code = type
  }
}

const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  json: "application/json",
  mjs: "text/javascript",
  pdf: "application/pdf",
  txt: "text/plain; charset=utf-8",
}

const typed = ({ name, bytes }: PackFile): NewFile => ({
  name,
  type: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
  bytes,
})
