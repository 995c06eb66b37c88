import { connect, createServer, type Server, type Socket } from "node:net"

/**
 * A wire to the server that keeps every byte the server sends over it: pages, replies, event streams and socket frames
 * alike. It asks for nothing compressed, so that words can be searched for as they are.
 */
export class TappedWire {
  readonly #pieces: Buffer[][] = []
  readonly #sockets = new Set<Socket>()

  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  /** `port` listens here, `target` is the server's own. */
  static async between(port: number, target: number): Promise<TappedWire> {
    const server = createServer()
    const wire = new TappedWire(`http://127.0.0.1:${port}`, server)
    server.on("connection", (near) => wire.#join(near, target))
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
    return wire
  }

  #join(near: Socket, target: number): void {
    const far = connect(target, "127.0.0.1")
    const pieces: Buffer[] = []
    this.#pieces.push(pieces)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket)
      socket.on("error", () => other.destroy())
      socket.on("close", () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
    near.on("data", (bytes) => far.write(asIfNearby(bytes, this.url, `http://127.0.0.1:${target}`)))
    far.on("data", (bytes) => {
      pieces.push(bytes)
      near.write(bytes)
    })
  }

  get bytes(): number {
    return this.#pieces.flat().reduce((sum, piece) => sum + piece.length, 0)
  }

  /** Has any connection carried these words? */
  carried(words: string): boolean {
    return this.#pieces.some((pieces) => carries(Buffer.concat(pieces), words))
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

/** Are these words among the bytes, in UTF-8 or UTF-16, as they are or escaped for JSON? */
export function carries(bytes: Buffer, words: string): boolean {
  const escaped = words.replace(/[^\u0020-\u007E]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
  return [Buffer.from(words), Buffer.from(words, "utf16le"), Buffer.from(escaped)].some((needle) =>
    bytes.includes(needle),
  )
}

/** A request's headers only: to the server it comes from its own address, and asks for nothing compressed. */
function asIfNearby(bytes: Buffer, here: string, there: string): Buffer {
  const text = bytes.toString("latin1")
  if (!/^(GET|POST|PATCH|PUT|DELETE|HEAD|OPTIONS) /.test(text)) return bytes
  return Buffer.from(
    text
      .replaceAll(here, there)
      .replaceAll(here.slice("http://".length), there.slice("http://".length))
      .replace(/^(accept-encoding|sec-websocket-extensions|if-none-match):/gim, "x-$1:"),
    "latin1",
  )
}
