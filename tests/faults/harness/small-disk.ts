import { spawnSync } from "node:child_process"
import { chownSync, closeSync, openSync, rmSync, statSync, writeSync } from "node:fs"
import path from "node:path"
import { temporaryFolder } from "../../journeys/harness/server.ts"
import type { Cluster } from "./cluster.ts"

const PIECE = Buffer.alloc(1 << 20)
const LAST_PIECE = Buffer.alloc(4096)

/** A disk of its own size, where this machine lets us mount one. */
export class SmallDisk {
  private constructor(readonly folder: ReturnType<typeof temporaryFolder>) {}

  /** null: this user may not mount */
  static mount(megabytes: number): SmallDisk | null {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return null
    const folder = temporaryFolder()
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder.path])
    if (mounted.status === 0) return new SmallDisk(folder)
    folder.remove()
    return null
  }

  /**
   * The product's tables move here, with nobody at work yet. What PostgreSQL writes ahead stays where it is: without
   * space for its next segment the whole server ends, which is another fault than appends that are refused.
   */
  async take(cluster: Cluster): Promise<void> {
    const { uid, gid } = statSync(path.join(cluster.dataDir, "postgres"))
    chownSync(this.folder.path, uid, gid)
    await cluster.ask(async (sql) => {
      await sql.unsafe(`create tablespace small_disk location '${this.folder.path}'`)
      for (const kind of ["table", "index"])
        await sql.unsafe(`alter ${kind} all in tablespace pg_default set tablespace small_disk`)
    })
  }

  get path(): string {
    return this.folder.path
  }

  get #ballast(): string {
    return path.join(this.folder.path, "ballast")
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
    spawnSync("umount", [this.folder.path])
    this.folder.remove()
  }
}
