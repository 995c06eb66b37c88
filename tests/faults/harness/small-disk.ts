import { spawnSync } from "node:child_process"
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs"
import path from "node:path"

const PIECE = Buffer.alloc(1 << 20)
const LAST_PIECE = Buffer.alloc(4096)

/** A disk of its own size, where this machine lets us mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** null: this user may not mount */
  static mount(folder: string, megabytes: number): SmallDisk | null {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return null
    mkdirSync(folder, { recursive: true })
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder])
    return mounted.status === 0 ? new SmallDisk(folder) : null
  }

  get #ballast(): string {
    return path.join(this.folder, "ballast")
  }

  /** to the last page */
  fill(): void {
    const file = openSync(this.#ballast, "w")
    for (const piece of [PIECE, LAST_PIECE]) {
      try {
        for (;;) writeSync(file, piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error
      }
    }
    closeSync(file)
  }

  makeRoom(): void {
    rmSync(this.#ballast)
  }

  unmount(): void {
    spawnSync("umount", [this.folder])
  }
}
