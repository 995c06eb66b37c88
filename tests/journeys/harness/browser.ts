import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { brotliDecompressSync } from "node:zlib"
import { type Browser, chromium } from "playwright-core"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..")

interface Found {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * A real browser on any machine: the one named by `ALTERNAT_BROWSER`, an installed one, or the Chromium that came with
 * the dependencies, unpacked once. A test that needs a browser never skips for want of one.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser()
  // Playwright's own arguments only: those the npm package suggests run all contexts in one process and mix their storage
  return chromium.launch({ executablePath, env: { ...definedEnv(), ...env } })
}

async function findBrowser(): Promise<Found> {
  const named = process.env["ALTERNAT_BROWSER"]
  if (named) {
    if (!runs(named, {})) throw new Error(`ALTERNAT_BROWSER=${named} does not start`)
    return { executablePath: named, env: {} }
  }
  const installed = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ]
  for (const executablePath of installed)
    if (existsSync(executablePath) && runs(executablePath, {})) return { executablePath, env: {} }
  return unpackBundled()
}

/** The npm-shipped Chromium inflates into the temporary directory and reuses what it finds there: give it its own. */
async function unpackBundled(): Promise<Found> {
  const folder = packageFolder()
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }
  const cache = path.join(root, "node_modules/.cache", `chromium-${version}`)
  mkdirSync(cache, { recursive: true })
  const before = process.env["TMPDIR"]
  process.env["TMPDIR"] = cache
  const { default: bundled } = await import("@sparticuz/chromium")
  bundled.setGraphicsMode = false
  const executablePath = await bundled.executablePath()
  if (before === undefined) delete process.env["TMPDIR"]
  else process.env["TMPDIR"] = before
  const env: Record<string, string> = {}
  if (!runs(executablePath, env)) {
    // a bare machine without nss and expat: the package carries them
    const tar = path.join(cache, "libraries.tar")
    writeFileSync(tar, brotliDecompressSync(readFileSync(path.join(folder, "bin/al2023.tar.br"))))
    execFileSync("tar", ["xf", tar, "-C", cache])
    env["LD_LIBRARY_PATH"] = path.join(cache, "lib")
  }
  // without any font text has no size and can't be clicked
  if (!hasFonts()) env["FONTCONFIG_PATH"] = path.join(cache, "fonts")
  if (!runs(executablePath, env))
    throw new Error("no browser starts on this machine; install chromium or set ALTERNAT_BROWSER")
  return { executablePath, env }
}

function packageFolder(): string {
  let folder = path.dirname(createRequire(path.join(root, "package.json")).resolve("@sparticuz/chromium"))
  while (!existsSync(path.join(folder, "bin/chromium.br"))) folder = path.dirname(folder)
  return folder
}

function hasFonts(): boolean {
  try {
    if (execFileSync("fc-list", { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()) return true
  } catch {
    // no fontconfig tools: look at the folders themselves
  }
  return ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts"].some(
    (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() && readdirSync(folder).length > 0,
  )
}

function runs(executablePath: string, env: Readonly<Record<string, string>>): boolean {
  try {
    execFileSync(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000, stdio: "ignore" })
    return true
  } catch {
    // whatever it is, it is not a browser that starts here
    return false
  }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
