import { randomBytes } from "node:crypto"
import { connect, type Socket } from "node:net"

const BINARY = 0x82
const PING = 9
const CLOSE = 8
const NOTHING = Buffer.alloc(0)

/**
 * A WebSocket client for a load generator: frames are built before the clock runs and written as they are, and what
 * arrives is handed over without a copy. Its frames are masked with zeros, which the protocol allows and which leaves the
 * payload as it is.
 */
export class WireSocket {
  /** the code the server closed with; 1006 when it went without one */
  closed: number | null = null
  readonly opened: Promise<void>
  readonly ended: Promise<number>
  bytesIn = 0
  framesIn = 0
  readonly #socket: Socket
  #rest: Buffer = NOTHING
  #upgraded = false

  /** `onMessage` gets a view that is good until it returns. */
  constructor(
    port: number,
    path: string,
    readonly onMessage: (message: Buffer) => void,
  ) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true })
    const key = randomBytes(16).toString("base64")
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
    this.ended = new Promise((resolve) =>
      this.#socket.once("close", () => {
        this.closed ??= 1006
        resolve(this.closed)
      }),
    )
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once("close", () => reject(new Error(`the socket closed with ${this.closed}`)))
      this.#socket.on("data", (chunk: Buffer) => this.#take(chunk, resolve))
    })
    this.opened.catch(() => undefined)
    // a broken connection is told by the close that follows
    this.#socket.on("error", () => undefined)
  }

  /** Sends a frame made by `clientFrame`; false: it waits in memory. */
  send(frame: Buffer): boolean {
    return this.#socket.write(frame)
  }

  drained(): Promise<void> {
    return new Promise((resolve) => this.#socket.once("drain", resolve))
  }

  close(): void {
    this.closed ??= 1000
    this.#socket.destroy()
  }

  #take(chunk: Buffer, opened: () => void): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    this.bytesIn += chunk.length
    if (!this.#upgraded) {
      const end = bytes.indexOf("\r\n\r\n")
      if (end < 0) return void (this.#rest = bytes)
      if (!bytes.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) return void this.#socket.destroy()
      this.#upgraded = true
      bytes = bytes.subarray(end + 4)
      this.bytesIn = bytes.length
      opened()
    }
    this.#rest = this.#readFrames(bytes)
  }

  #readFrames(bytes: Buffer): Buffer {
    let at = 0
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 127
      let start = at + 2
      if (length === 126) {
        start += 2
        if (bytes.length < start) break
        length = bytes.readUInt16BE(at + 2)
      } else if (length === 127) {
        start += 8
        if (bytes.length < start) break
        length = Number(bytes.readBigUInt64BE(at + 2))
      }
      if (bytes.length < start + length) break
      this.#frame((bytes[at] ?? 0) & 15, bytes.subarray(start, start + length))
      at = start + length
    }
    return at === bytes.length ? NOTHING : bytes.subarray(at)
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === 2) {
      this.framesIn++
      this.onMessage(payload)
    } else if (opcode === PING) this.send(maskedFrame(0x8a, payload))
    else if (opcode === CLOSE) {
      this.closed ??= payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      this.#socket.end(maskedFrame(0x88, payload))
    }
  }
}

/** A whole message as the bytes that go over the wire. */
export const clientFrame = (message: Uint8Array): Buffer => maskedFrame(BINARY, message)

function maskedFrame(first: number, payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? 6 : length < 65536 ? 8 : 14
  const frame = Buffer.alloc(head + length)
  frame[0] = first
  if (head === 6) frame[1] = 128 | length
  else if (head === 8) {
    frame[1] = 128 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 128 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(payload, head)
  return frame
}
