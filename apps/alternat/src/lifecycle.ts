/**
 * When to stop: Ctrl-C, TERM, HUP, or a parent that died (a signal sent to npm alone never reaches its grandchild).
 * Ctrl-C reaches the whole group, so the same order may come twice: the second one is ignored, a third ends at once.
 */
export function untilStopped(parent: { readonly pid: number; ppid(): number }): {
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
      if (parent.ppid() !== parent.pid) order("the parent process has ended")
    }, 250)
    watch.unref()
    release = () => {
      clearInterval(watch)
      for (const [signal, handler] of handlers) process.off(signal, handler)
    }
  })
  return { stopped, release }
}
