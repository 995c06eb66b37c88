import { readFileSync } from "node:fs"

/**
 * When to stop: Ctrl-C, TERM, HUP, or a parent that died (a signal sent to npm alone never reaches its grandchild; npm
 * starts a shell that starts us, and of a killed npm the shell remains).
 * Ctrl-C reaches the whole group, so the same order may come twice: the second one is ignored, a third ends at once.
 */
export function untilStopped(parent: { lives(): boolean }): {
  readonly stopped: Promise<string>
  release(): void
} {
  let release = () => {}
  const stopped = new Promise<string>((resolve) => {
    let orders = 0
    const order = (why: string) => {
      orders += 1
      if (orders >= 3) process.exit(130)
      resolve(why)
    }
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const
    const handlers = signals.map((signal) => [signal, () => order(signal)] as const)
    for (const [signal, handler] of handlers) process.on(signal, handler)
    const watch = setInterval(() => {
      if (!parent.lives()) order("the parent process has ended")
    }, 250)
    watch.unref()
    release = () => {
      clearInterval(watch)
      for (const [signal, handler] of handlers) process.off(signal, handler)
    }
  })
  return { stopped, release }
}

/**
 * Whoever has started this process: its parent and, where that is the shell of npm or pnpm, the one above. Under a
 * process manager or in a container the parent is there for good, and this is always true.
 */
export function starterOf(self: { ppid(): number; readonly isFromNpm: boolean }): { lives(): boolean } {
  const parent = self.ppid()
  const above = self.isFromNpm ? parentOf(parent) : null
  // a shell whose own parent had gone before is nobody's any more, and stays so
  const watched = above !== null && above > 1 ? above : null
  return { lives: () => self.ppid() === parent && (watched === null || parentOf(parent) === watched) }
}

/** null: not to be known on this system */
function parentOf(pid: number): number | null {
  try {
    const found = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return found === undefined ? null : Number(found)
  } catch {
    return null
  }
}
