import { spawnSync } from "node:child_process"
import { chownSync, lchownSync, lstatSync, readdirSync } from "node:fs"
import { join } from "node:path"

/**
 * How the server's programs are started. PostgreSQL refuses to run as root; `unshare` maps root to nobody without a
 * change of files, so it works under /root too; where user namespaces are closed (many containers) `setpriv` changes
 * to nobody and the cluster's files are given to it. `setpriv --pdeathsig` stops the server when we die without
 * a chance to say so.
 */
export interface RunAs {
  readonly prefix: readonly string[]
  /** who has to own the cluster's files; null: leave them */
  readonly owner: { readonly uid: number; readonly gid: number } | null
  /** it is another user, who has to be let through the folders above the cluster */
  readonly needsPath: boolean
}

const works = (command: readonly string[]): boolean => {
  const [program = "", ...args] = command
  return spawnSync(program, [...args, "true"], { stdio: "ignore", cwd: "/" }).status === 0
}

export function chooseRunAs(): RunAs {
  const pdeathsig = process.platform === "linux" && works(["setpriv", "--pdeathsig", "INT"])
  const dieWithUs = pdeathsig ? ["setpriv", "--pdeathsig", "INT"] : []
  if (process.platform === "win32" || process.getuid?.() !== 0)
    return { prefix: dieWithUs, owner: null, needsPath: false }
  const unshare = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]
  if (works(unshare)) return { prefix: [...unshare, ...dieWithUs], owner: { uid: 0, gid: 0 }, needsPath: false }
  const owner = nobody()
  const asNobody = ["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"]
  // DATA_DIR and the folders above it are often closed to everybody but root; this lets the server walk through them.
  const passing = [...asNobody, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
  const passes = works(passing)
  const prefix = passes ? passing : asNobody
  return { prefix: pdeathsig ? [...prefix, "--pdeathsig", "INT"] : prefix, owner, needsPath: !passes }
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout?.trim() || 65_534)
  return { uid: id("-u"), gid: id("-g") }
}

/** Gives a cluster to its owner; it changes when a directory moves between machines or ways to run. */
export function giveTo(dir: string, owner: { readonly uid: number; readonly gid: number }): void {
  if (lstatSync(dir).uid === owner.uid) return
  const walk = (path: string): void => {
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) walk(join(path, name))
    lchownSync(path, owner.uid, owner.gid)
  }
  walk(dir)
  chownSync(dir, owner.uid, owner.gid)
}
