import { fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { fileURLToPath } from "node:url"
import { err, FONT_NAMES, ok, type Result } from "@alternat/plan"
import { isOverTime, processorMs } from "./typesetting-time.ts"

/** How a document is set. The defaults hold when the package runs from its sources. */
export interface PdfOptions {
  /** path of `worker.mjs`; a bundle copies it beside itself and says where it is */
  readonly worker?: string
  /** a directory that holds the fonts of `FONT_FILES`, for a bundle that carries them */
  readonly fonts?: string
  /** of the processor's time, where it can be read; see `isOverTime` */
  readonly timeoutMs?: number
  /** resident memory of the child; past it the child is stopped (Linux, where it can be read) */
  readonly maxMemoryBytes?: number
  readonly signal?: AbortSignal
}

export interface PdfError {
  /** `unprintable`: no font has a character of the text, and `message` is that text */
  readonly type: "compile" | "unprintable" | "timeout" | "memory" | "crashed" | "aborted"
  readonly message: string
}

export interface TypesetJob {
  readonly template: string
  readonly inputs: Readonly<Record<string, string>>
  /** the date the file carries, ISO 8601 */
  readonly at: string
}

/** Package and file of every face the templates use: ours, then those that draw what ours lack. */
export const FONT_FILES: readonly string[] = [
  "@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf",
  "@expo-google-fonts/pt-serif/400Regular_Italic/PTSerif_400Regular_Italic.ttf",
  "@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf",
  "@expo-google-fonts/pt-serif/700Bold_Italic/PTSerif_700Bold_Italic.ttf",
  "@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf",
  "@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf",
  "@expo-google-fonts/pt-mono/400Regular/PTMono_400Regular.ttf",
  "@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf",
  "@expo-google-fonts/noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf",
  "@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf",
  "@expo-google-fonts/noto-sans-math/400Regular/NotoSansMath_400Regular.ttf",
  "@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf",
  "@expo-google-fonts/noto-sans-symbols/400Regular/NotoSansSymbols_400Regular.ttf",
  "@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf",
]

/** Sets a Typst document in a process of its own: PDF/A-3b, tagged, the same bytes for the same job. */
export function typeset(job: TypesetJob, options: PdfOptions = {}): Promise<Result<Uint8Array, PdfError>> {
  const worker = options.worker ?? fileURLToPath(new URL("./worker.mjs", import.meta.url))
  const child = fork(worker, [], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
  return new Promise((resolve) => {
    let complaint = ""
    const end = (result: Result<Uint8Array, PdfError>) => {
      clearInterval(watch)
      options.signal?.removeEventListener("abort", abort)
      child.kill("SIGKILL")
      resolve(result)
    }
    const stop = (type: PdfError["type"], message: string) => end(err({ type, message }))
    const began = performance.now()
    const watch = setInterval(() => {
      if (residentBytes(child.pid) > (options.maxMemoryBytes ?? 1024 * 1024 * 1024))
        stop("memory", "the document needs too much memory")
      const spent = { processorMs: processorMs(child.pid), wallMs: performance.now() - began }
      if (isOverTime(spent, options.timeoutMs ?? 60_000)) stop("timeout", "the document took too long to set")
    }, 100)
    const abort = () => stop("aborted", "no longer wanted")
    options.signal?.addEventListener("abort", abort)
    child.stderr?.on("data", (data: Buffer) => (complaint = (complaint + data.toString()).slice(-2000)))
    child.once("error", (error) => stop("crashed", error.message))
    child.once("exit", (code, signal) =>
      stop("crashed", `the typesetter ended (${signal ?? code}) ${complaint}`.trim()),
    )
    child.once("message", (reply: { readonly pdf?: Uint8Array; readonly error?: string }) =>
      reply.pdf === undefined ? end(err(compileError(reply.error ?? "no reply"))) : end(ok(new Uint8Array(reply.pdf))),
    )
    child.send({
      template: withFallbacks(job.template),
      inputs: job.inputs,
      fonts: fontPaths(options.fonts),
      workspace: tmpdir(),
      timestamp: Math.floor(Date.parse(job.at) / 1000),
    })
  })
}

/** Families that draw what ours lack, in the order in which they are tried. */
const FALLBACKS = FONT_NAMES.filter((name) => name !== "PT Serif").map((name) => `"${name}"`)

/** Every face that a template names is followed by them: left alone, the typesetter tries one other family and gives up. */
const withFallbacks = (template: string): string =>
  template.replace(/font: ("PT \w+")/g, (_, face) => `font: (${[face, ...FALLBACKS].join(", ")})`)

function compileError(message: string): PdfError {
  const text = /the text `\\?"(.+?)\\?"` could not be displayed/u.exec(message)?.[1]
  return text === undefined ? { type: "compile", message } : { type: "unprintable", message: text }
}

function fontPaths(directory: string | undefined): readonly string[] {
  if (directory !== undefined) return FONT_FILES.map((file) => `${directory}/${file.slice(file.lastIndexOf("/") + 1)}`)
  const { resolve } = createRequire(import.meta.url)
  return FONT_FILES.map((file) => resolve(file))
}

/** Second figure of `/proc/<pid>/statm`, in pages of 4 KB; 0 where the system does not say. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096
  } catch {
    return 0 // no /proc here, or the child is gone
  }
}
