import type { Socket } from "node:net"
import { CLOSE, type Connection, type SharedMessages } from "@alternat/room"
import { WebSocket } from "ws"

/** A peer that doesn't answer our close frame holds its buffers no longer than this. */
const CLOSE_GRACE_MS = 2000
const { OPEN } = WebSocket

/**
 * A WebSocket as the room sees it. Messages that many get are framed once, and the same bytes are written to each
 * socket: the frames of a server are not masked, so nothing in them is the socket's own. `socket` is the stream that
 * `ws` was made on, and writes to without a queue of its own as long as it does not compress.
 */
export class SocketConnection implements Connection {
  constructor(
    readonly ws: WebSocket,
    readonly socket: Socket,
  ) {}

  send(bytes: Uint8Array): void {
    if (this.ws.readyState === OPEN) this.socket.write(frameOf(bytes))
  }

  sendShared(shared: SharedMessages, last: Uint8Array | null): void {
    if (this.ws.readyState !== OPEN) return
    const frames = (shared.encoded ??= framesOf(shared))
    // one write of both: copying a few hundred bytes costs less than a vectored write
    this.socket.write(last === null ? frames : Buffer.concat([frames, frameOf(last)]))
  }

  close(code: number, reason: string): void {
    const { ws } = this
    ws.close(code, reason)
    setTimeout(() => ws.terminate(), CLOSE_GRACE_MS).unref()
  }

  get bufferedAmount(): number {
    return this.socket.writableLength
  }

  /** Bytes that the operating system has taken: it takes more as the peer reads. */
  get takenBytes(): number {
    return this.socket.bytesWritten - this.socket.writableLength
  }
}

const framesOf = ({ messages }: SharedMessages): Uint8Array => {
  const [first] = messages
  return messages.length === 1 && first ? frameOf(first) : Buffer.concat(messages.map(frameOf))
}

const FINAL_BINARY = 0x82

/** One unmasked binary frame (RFC 6455, 5.2): a byte of flags, the length in 7, 16 or 64 bits, the message. */
export function frameOf(message: Uint8Array): Buffer {
  const { length } = message
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = FINAL_BINARY
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, header)
  return frame
}

/** What ws calls 1009, too long by its header alone, is 4413 in our table, so that a stock provider stops sending it. */
export class SyncSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009) super.close(CLOSE.tooLarge, "too large")
    else super.close(code, reason)
  }
}
