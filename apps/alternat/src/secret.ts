import { randomBytes } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { CommandError } from "./command-error.ts"
import type { Config } from "./config.ts"

/** The session secret: the one given, or one made at the first start and kept, readable by the owner alone. */
export async function authSecret(config: Config): Promise<string> {
  if (config.authSecret !== null) return config.authSecret
  const file = path.join(config.dataDir, "auth-secret")
  const kept = await readFile(file, "utf8").catch(() => null)
  if (kept !== null && kept.trim().length >= 32) return kept.trim()
  const fresh = randomBytes(32).toString("base64url")
  await writeFile(file, `${fresh}\n`, { mode: 0o600 })
  return fresh
}

/** Makes the data directory and proves that it can be written. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(path.join(dataDir, ".writable"), "")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : ""
    const why =
      code === "EACCES" || code === "EROFS" || code === "EPERM"
        ? "it is not writable"
        : code === "ENOTDIR" || code === "EEXIST"
          ? "a file is in the way"
          : code
    throw new CommandError(`cannot use the data directory ${dataDir}: ${why}; set DATA_DIR to one that can be written`)
  }
}
