import type { BrowserContext, WebSocketRoute } from "playwright-core"

/** The line between one browser and the server, to be cut, or to be made slow, while the server serves everybody else. */
export class Line {
  readonly #open = new Set<WebSocketRoute>()
  #isCut = false
  #held: (() => void)[] | null = null

  private constructor(readonly context: BrowserContext) {}

  /** Before the browser opens its first page. */
  static async of(context: BrowserContext): Promise<Line> {
    const line = new Line(context)
    await context.routeWebSocket(/\/sync\//, (socket) => line.#route(socket))
    await context.route(/\/sync-ticket$/, (route) => (line.#isCut ? route.abort() : route.continue()))
    return line
  }

  #route(socket: WebSocketRoute): void {
    const server = socket.connectToServer()
    this.#open.add(socket)
    socket.onMessage((message) => {
      if (this.#held) this.#held.push(() => server.send(message))
      else server.send(message)
    })
    server.onMessage((message) => socket.send(message))
  }

  /** Nothing more comes or goes; new connections fail. */
  async cut(): Promise<void> {
    this.#isCut = true
    const open = [...this.#open]
    this.#open.clear()
    await Promise.all(open.map((socket) => socket.close({ code: 1001 }).catch(() => undefined)))
  }

  mend(): void {
    this.#isCut = false
  }

  /** What the browser sends waits on its way, in order, until it is let go. */
  hold(): void {
    this.#held ??= []
  }

  letGo(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const send of held) send()
  }
}
