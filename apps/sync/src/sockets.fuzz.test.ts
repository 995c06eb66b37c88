import { createServer } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { newDoc, setTerm } from "@alternat/document"
import { effort } from "@alternat/document/test-support"
import { memoryLog, type TicketDesk } from "@alternat/room"
import { bearer, smallDocument, until } from "@alternat/room/test-support"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket as NodeWebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import type * as Y from "yjs"
import { attachSync } from "./attach-sync.ts"

const { runs, timeoutMs } = effort({ short: 60, long: 5000 })

const desk: TicketDesk = {
  verify: async (_room, ticket) => (ticket === "" ? null : bearer(ticket, { roles: ["drafter", "head"] })),
  ended: async () => new Set(),
}
const log = memoryLog()
log.create({ doc: "doc", updates: [{ author: "server", bytes: smallDocument({ c1: "One." }) }] })
const server = createServer()
const sync = attachSync(server, { log, feed: log, tickets: desk, config: { limits: { maxFrameBytes: 1 << 16 } } })
let head = 0
log.subscribe(({ headSeq }) => {
  head = headSeq
})
let port = 0
let witness: { readonly doc: Y.Doc; readonly provider: WebsocketProvider }

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  port = (server.address() as AddressInfo).port
  witness = providerOf("witness")
  await until(() => witness.provider.synced)
})
afterAll(async () => {
  witness.provider.destroy()
  await sync.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function providerOf(ticket: string): typeof witness {
  const doc = newDoc("plan")
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, "doc.e1.s2", doc, {
    WebSocketPolyfill: NodeWebSocket as unknown as typeof WebSocket,
    disableBc: true,
    params: { ticket },
  })
  return { doc, provider }
}

/** What goes over the line after (or instead of) a proper upgrade. */
interface RawFrame {
  readonly flags: number
  /** the length as the header tells it; null: the true one */
  readonly told: number | null
  readonly isMasked: boolean
  readonly payload: Uint8Array
  readonly times: number
  /** the frame goes in two pieces, or only as far as this */
  readonly cut: number | null
  readonly isCutOff: boolean
}

const rawFrame: fc.Arbitrary<RawFrame> = fc.record({
  // continuation, text, binary, close, ping, pong; unfinished ones; reserved bits and reserved kinds
  flags: fc.constantFrom(0x82, 0x82, 0x02, 0x80, 0x00, 0x81, 0x88, 0x89, 0x8a, 0xc2, 0xb2, 0x83, 0x8f, 0x09),
  told: fc.option(fc.constantFrom(0, 1, 125, 126, 65_535, 65_537, 2 ** 31, 2 ** 53, 2 ** 62), { freq: 3 }),
  isMasked: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(Uint8Array.of(0, 0, 1, 0), Uint8Array.of(3), Uint8Array.of(0, 2, 2, 0, 0), new Uint8Array(70_000)),
  ),
  times: fc.constantFrom(1, 1, 1, 3, 2000),
  cut: fc.option(fc.nat(12)),
  isCutOff: fc.boolean(),
})

const attack = fc.record({
  upgrade: fc.constantFrom("good", "good", "good", "noTicket", "badVersion", "garbage", "halfRequest"),
  frames: fc.array(rawFrame, { maxLength: 8 }),
  end: fc.constantFrom("destroy", "end", "wait"),
})
type Attack = typeof attack extends fc.Arbitrary<infer T> ? T : never

function bytesOf({ flags, told, isMasked, payload, times, cut, isCutOff }: RawFrame): readonly Buffer[] {
  const length = told ?? payload.length
  const header = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  header[0] = flags
  header[1] = (isMasked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (header.length === 4) header.writeUInt16BE(length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2)
  // a mask of zeros leaves the payload as it is
  const whole = Buffer.concat([header, ...(isMasked ? [Buffer.alloc(4)] : []), payload])
  if (cut === null) return Array.from({ length: Math.min(times, Math.ceil(200_000 / whole.length)) }, () => whole)
  return isCutOff ? [whole.subarray(0, cut)] : [whole.subarray(0, cut), whole.subarray(cut)]
}

const HANDSHAKE = (path: string, version = 13) =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    `Sec-WebSocket-Version: ${version}`,
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "\r\n",
  ].join("\r\n")

const UPGRADES: Readonly<Record<Attack["upgrade"], string | Buffer>> = {
  good: HANDSHAKE("/sync/doc.e1.s2?ticket=raw&ext=1"),
  noTicket: HANDSHAKE("/sync/doc.e1.s2"),
  badVersion: HANDSHAKE("/sync/doc.e1.s2?ticket=raw", 99),
  garbage: Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0xff, 0x0a, 0x0d, 0x0a]),
  halfRequest: "GET /sync/doc.e1.s2?ticket=raw HTTP/1.1\r\nUpgrade: webs",
}

async function play({ upgrade, frames, end }: Attack): Promise<void> {
  const socket: Socket = connect(port, "127.0.0.1")
  // being cut off is what an attacker has to expect
  socket.on("error", () => undefined)
  socket.on("data", () => undefined)
  await new Promise((resolve) => socket.once("connect", resolve))
  socket.write(UPGRADES[upgrade])
  await turn()
  for (const piece of frames.flatMap(bytesOf)) {
    if (socket.destroyed || !socket.writable) break
    socket.write(piece)
    if (piece.length < 20) await turn()
  }
  if (end === "end") socket.end()
  if (end === "wait") await turn()
  socket.destroy()
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test(
  "[SYNC30] whatever bytes come over a socket, the server lives, forgets who sent them, and serves the others",
  async () => {
    let said = 0
    await fc.assert(
      fc.asyncProperty(attack, async (one) => {
        await play(one)
        // somebody else's edit still gets into the log
        const before = head
        setTerm(witness.doc, "caps", { us_usd_cents: ++said, ru_rub_kopecks: null })
        await until(() => witness.provider.wsconnected, "the witness to be there")
        await until(() => head > before, "the witness to be saved", 10_000)
      }),
      runs,
    )
    await until(() => /^alternat_sync_sockets 1$/m.test(sync.metrics()), "the sockets to be let go", 10_000)
    const authors = new Set((await log.readAfter("doc", 1)).map((entry) => entry.author))
    expect([...authors]).toEqual(["witness"])
  },
  timeoutMs,
)
