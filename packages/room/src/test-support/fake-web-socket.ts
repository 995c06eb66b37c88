import type { Participant } from "../connection.ts"
import type { Hub } from "../hub-face.ts"
import { CLOSE } from "../protocol.ts"
import type { TicketBearer } from "../update-log.ts"

/** What stands in for a network between sockets of a test and a hub that may be exchanged for another. */
export interface TestNet {
  /** null: nobody listens */
  hub: Hub | null
  readonly WebSocket: typeof WebSocket
  /** every socket loses its peer without a word */
  cut(): void
  opened: number
}

/** Messages arrive in order, each in a turn of its own. */
export function testNet(hub: Hub, verify: (room: string, ticket: string) => TicketBearer | null): TestNet {
  const open = new Set<FakeWebSocket>()

  class FakeWebSocket {
    readyState = 0
    readonly OPEN = 1
    binaryType = "arraybuffer"
    bufferedAmount = 0
    onopen: ((event: unknown) => void) | null = null
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: ((event: unknown) => void) | null = null
    #participant: Participant | null = null

    constructor(readonly url: string) {
      setImmediate(() => this.#connect())
    }

    #connect(): void {
      if (this.readyState !== 0) return
      const { pathname, searchParams } = new URL(this.url)
      const room = pathname.split("/").at(-1) ?? ""
      if (!net.hub) return this.end(1006, "")
      net.opened++
      this.readyState = 1
      open.add(this)
      this.onopen?.({})
      const bearer = verify(room, searchParams.get("ticket") ?? "")
      if (!bearer) return this.end(CLOSE.noTicket, "bad ticket")
      const epoch = /\.e(\d+)\./.exec(room)?.[1]
      const participant = net.hub.admit({
        bearer,
        ext: searchParams.get("ext") === "1",
        epoch: epoch === undefined ? null : Number(epoch),
        address: "test",
        connection: {
          bufferedAmount: 0,
          send: (bytes) => {
            const data = bytes.slice().buffer
            setImmediate(() => open.has(this) && this.onmessage?.({ data }))
          },
          close: (code, reason) => setImmediate(() => this.end(code, reason)),
        },
      })
      this.#participant = participant
      for (const frame of this.#early.splice(0)) participant.receive(frame)
    }

    readonly #early: Uint8Array[] = []
    send(frame: Uint8Array): void {
      const copy = frame.slice()
      if (this.#participant) setImmediate(() => this.readyState === 1 && this.#participant?.receive(copy))
      else this.#early.push(copy)
    }

    close(code = 1000, reason = ""): void {
      this.end(code, reason)
    }

    end(code: number, reason: string): void {
      if (this.readyState === 3) return
      this.readyState = 3
      open.delete(this)
      this.#participant?.left()
      this.onclose?.({ code, reason })
    }
  }

  const net: TestNet = {
    hub,
    WebSocket: FakeWebSocket as unknown as typeof WebSocket,
    cut: () => {
      for (const socket of open) socket.end(1006, "")
    },
    opened: 0,
  }
  return net
}
