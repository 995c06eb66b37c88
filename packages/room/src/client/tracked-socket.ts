import { decodeNotice, readUpdate, type ServerNotice } from "../protocol.ts"

export interface SocketEvents {
  /** a new socket, of which no frame has been counted */
  opened(): void
  /** the provider sends step 2 or an update: the `frame`th of this socket */
  sent(frame: number, content: { readonly update: Uint8Array; readonly step2: boolean }): void
  /** what the server says is in the log */
  received(update: Uint8Array): void
  noticed(notice: ServerNotice): void
}

/**
 * A WebSocket class for the stock provider that counts what the server will acknowledge and keeps our own message
 * kinds to itself. Only the latest socket speaks: one the provider has let go is silent.
 */
export function trackedSocketClass(Base: typeof WebSocket, events: SocketEvents): typeof WebSocket {
  let made = 0

  class TrackedSocket {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly OPEN = 1
    onopen: ((event: Event) => void) | null = null
    onmessage: ((event: { data: unknown }) => void) | null = null
    onclose: ((event: CloseEvent) => void) | null = null
    onerror: ((event: Event) => void) | null = null
    #frames = 0
    readonly #serial = ++made
    #isClosed = false
    readonly #socket: WebSocket

    constructor(url: string, protocols?: string | string[]) {
      this.#socket = new Base(url, protocols)
      this.#socket.binaryType = "arraybuffer"
      this.#socket.onopen = (event) => {
        if (this.#isLatest) events.opened()
        this.onopen?.(event)
      }
      this.#socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#receive(data)
      this.#socket.onclose = (event) => this.onclose?.(event)
      this.#socket.onerror = (event) => this.onerror?.(event)
    }

    #receive(data: ArrayBuffer): void {
      const frame = new Uint8Array(data)
      const notice = decodeNotice(frame)
      if (notice) {
        if (this.#isLatest) events.noticed(notice)
        return
      }
      const content = readUpdate(frame)
      if (content && this.#isLatest) events.received(content.update)
      this.onmessage?.({ data })
    }

    get #isLatest(): boolean {
      return this.#serial === made && !this.#isClosed
    }

    get readyState(): number {
      return this.#socket.readyState
    }

    set binaryType(_: BinaryType) {
      // always array buffers: the provider asks for the same
    }

    send(frame: Uint8Array<ArrayBuffer>): void {
      const content = readUpdate(frame)
      if (content && this.#isLatest) events.sent(++this.#frames, content)
      this.#socket.send(frame)
    }

    close(code?: number, reason?: string): void {
      this.#isClosed = true
      this.#socket.close(code, reason)
    }
  }
  return TrackedSocket as unknown as typeof WebSocket
}
