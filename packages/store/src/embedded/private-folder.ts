import { chmodSync, lstatSync, readdirSync } from "node:fs"
import { join } from "node:path"

/**
 * Closes a data directory to every other user of the machine, whatever an earlier release or a copy has left open.
 * `passable`: the server runs as another user and has to walk through it. Its own folder it keeps closed by itself.
 */
export function closeToOthers(dataDir: string, { passable, except }: { passable: boolean; except: string }): void {
  setMode(dataDir, passable ? 0o711 : 0o700)
  for (const name of readdirSync(dataDir)) if (name !== except) closeAll(join(dataDir, name))
}

function closeAll(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  setMode(path, stat.mode & 0o700)
  if (stat.isDirectory()) for (const name of readdirSync(path)) closeAll(join(path, name))
}

function setMode(path: string, mode: number): void {
  if ((lstatSync(path).mode & 0o777) === mode) return
  try {
    chmodSync(path, mode)
  } catch {
    // another user's file, or a file system without modes: nothing that we could do about it
  }
}
