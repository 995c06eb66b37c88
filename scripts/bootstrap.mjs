// Installs what is missing, once per lockfile, with the pnpm that package.json names. No corepack: its key list
// is older than the registry's and it refuses to start on many machines.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..")
const stampFile = path.join(root, "node_modules/.alternat-install")

export function installDependencies() {
  const wanted = installHash()
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return
  const { packageManager } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))
  console.error("Installing dependencies …")
  const install = spawnSync("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--prefer-offline"], {
    cwd: root,
    // stdout belongs to the command's own answer
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    env: { ...process.env, CI: "true" },
  })
  if (install.error) throw new Error(`npx could not be started (${install.error.message}); is npm installed?`)
  if (install.status !== 0) throw new Error("installing the dependencies failed; the lines above say why")
  writeFileSync(stampFile, wanted)
}

/** Lockfile and every manifest: what decides whether an installation is still right. */
function installHash() {
  const hash = createHash("sha256").update(process.platform + process.arch + process.versions.modules)
  const manifests = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "tests/package.json"]
  for (const folder of ["apps", "packages"])
    for (const name of readdirSync(path.join(root, folder)).sort()) manifests.push(`${folder}/${name}/package.json`)
  for (const file of manifests) {
    const full = path.join(root, file)
    if (existsSync(full)) hash.update(file).update(readFileSync(full))
  }
  return hash.digest("hex")
}

/** Runs the built program inside this process: one process to signal, one to watch. */
export async function startProgram(args) {
  const program = await import(pathToFileURL(path.join(root, "apps/alternat/dist/main.mjs")).href)
  process.exitCode = await program.main(args)
}
