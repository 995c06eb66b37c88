import { connect, createServer, type Server, type Socket } from "node:net"

export interface Pair {
  readonly near: Socket
  readonly far: Socket
}
/** What happens to a chunk on its way: how many of its bytes pass, after how long, and whether the line is cut then. */
export interface Weather {
  readonly passes: number
  readonly delayMs: number
  readonly cut: boolean
}

/**
 * A wire of bytes in front of one or several servers: what a load balancer, a firewall or a bad line is to them. It
 * knows nothing of what it carries, so it may stop in the middle of a frame.
 */
export class Wire {
  /** takes turns among these ports; none: the line is dead */
  targets: readonly number[]
  /** decides about each chunk, in both directions; null: fair weather */
  weather: ((bytes: number) => Weather) | null = null
  opened = 0
  readonly #pairs = new Set<Pair>()

  private constructor(
    readonly port: number,
    readonly server: Server,
    targets: readonly number[],
  ) {
    this.targets = targets
  }

  static async to(...targets: number[]): Promise<Wire> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    if (!address || typeof address !== "object") throw new Error("broken invariant: a listening server has a port")
    const wire = new Wire(address.port, server, targets)
    server.on("connection", (near) => wire.#join(near))
    return wire
  }

  get open(): number {
    return this.#pairs.size
  }

  #join(near: Socket): void {
    const target = this.targets[this.opened++ % Math.max(1, this.targets.length)]
    near.on("error", () => near.destroy())
    if (target === undefined) return void near.resetAndDestroy()
    const far = connect(target, "127.0.0.1")
    const pair = { near, far }
    this.#pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true)
      from.on("error", () => to.destroy())
      from.on("close", () => {
        this.#pairs.delete(pair)
        to.destroy()
      })
      this.#carry(from, to)
    }
  }

  #carry(from: Socket, to: Socket): void {
    let last = Promise.resolve()
    from.on("data", (bytes) => {
      const { weather } = this
      if (!weather) return void last.then(() => this.#pass(from, to, bytes))
      from.pause()
      last = last.then(async () => {
        const { passes, delayMs, cut } = weather(bytes.length)
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
        to.write(bytes.subarray(0, passes))
        if (cut) from.resetAndDestroy()
        else from.resume()
      })
    })
  }

  #pass(from: Socket, to: Socket, bytes: Buffer): void {
    if (to.destroyed || to.write(bytes)) return
    from.pause()
    to.once("drain", () => from.resume())
  }

  /** Everything that is open ends at once, without a farewell. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }

  /** What is open stays open and carries nothing any more: the other side has gone without a word. New lines are good. */
  blackHole(): void {
    for (const { near, far } of this.#pairs)
      for (const socket of [near, far]) socket.removeAllListeners("data").resume()
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
