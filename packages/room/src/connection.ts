import type { SharedMessages } from "./shared-messages.ts"
import type { TicketBearer } from "./update-log.ts"

/** One client's socket as the room sees it: any transport that keeps messages whole and in order. */
export interface Connection {
  send(bytes: Uint8Array): void
  /** The same for messages that go to others too, then `last` for this one alone; where absent, each is sent by itself. */
  sendShared?(shared: SharedMessages, last: Uint8Array | null): void
  close(code: number, reason: string): void
  /** bytes handed to `send` that have not left yet */
  readonly bufferedAmount: number
  /** bytes that have left so far, where the transport counts them; grows as long as the peer reads */
  readonly takenBytes?: number
}

export interface Admission {
  readonly connection: Connection
  readonly bearer: TicketBearer
  /** the epoch in the room's name; null: the name holds none */
  readonly epoch: number | null
  /** the client asked for our own message kinds (`ext=1`) */
  readonly ext: boolean
  readonly address: string
}

/** What the transport drives. */
export interface Participant {
  /** one whole message from the client */
  receive(bytes: Uint8Array): void
  /** so many bytes have come of a message that is not whole yet; told of long ones only */
  unfinished(bytes: number): void
  /** the transport has ended, whoever ended it */
  left(): void
}
