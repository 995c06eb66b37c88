import { randomBytes } from "node:crypto"
import { errorPlace, type NodeBus, type NodeBusStats, type RoomLogger } from "@alternat/room"
import { Redis, type RedisOptions } from "ioredis"
import { type RedisAddress, readRedisAddress } from "./redis-address.ts"

/** In front of every message: who says it. What comes back to the node itself is left aside by it. */
const NODE_ID_BYTES = 8
/** Nothing that rooms say is longer; what else is on the broker is not read past it. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024
/** Said and not yet taken by the broker; past it messages are dropped, and the log makes them good. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024
const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 2000
/** A broker that has not answered one heartbeat before the next is gone, whatever the socket says. */
const HEARTBEAT_MS = 2000
const CONNECT_PATIENCE_MS = 4000
const CLOSE_GRACE_MS = 500
/** Names in one SUBSCRIBE. */
const CHANNELS_AT_ONCE = 1000

interface Channel {
  readonly listeners: Set<(message: Uint8Array) => void>
  /** the broker has confirmed that what is said there is heard here */
  isHeard: boolean
  /** said here before that: an answer to it must not come too early to be heard */
  held: Buffer[]
}

/**
 * The bus between nodes on Redis or Valkey: one channel a document, `alternat:{database}:{document}`; Redis itself does
 * not keep the channels of its databases apart. Comes up by itself whenever the broker does, and says once when it goes
 * and once when it is back. `url` as `readRedisAddress` takes it.
 */
export function createRedisBus(url: string, options: { readonly logger?: RoomLogger } = {}): NodeBus {
  const address = readRedisAddress(url)
  if (!address.ok) throw new Error(`REDIS_URL ${address.error}`)
  return new RedisBus(address.value, options.logger)
}

/**
 * Two connections, since one that subscribes can't publish. The bus is up while both have answered and every channel is
 * confirmed; a connection that is not is made anew, with growing pauses.
 */
class RedisBus implements NodeBus {
  readonly #nodeId = randomBytes(NODE_ID_BYTES)
  readonly #prefix: string
  readonly #where: string
  readonly #channels = new Map<string, Channel>()
  readonly #gapListeners = new Set<() => void>()
  readonly #publisher: Redis
  readonly #subscriber: Redis
  readonly #answering = new Set<Redis>()
  readonly #unanswered = new Set<Redis>()
  readonly #heartbeat: NodeJS.Timeout
  readonly #stats = { published: 0, heard: 0, dropped: 0, ignored: 0, gaps: 0 }
  #failures = 0
  #waitingBytes = 0
  #state: "up" | "down" = "down"
  #hasSaidDown = false
  #isClosed = false

  constructor(
    address: RedisAddress,
    readonly logger: RoomLogger | undefined,
  ) {
    this.#prefix = `alternat:${address.database}:`
    this.#where = `${address.host}:${address.port}`
    // who may not speak finds that out here, and not at the first edit of which nobody hears
    this.#publisher = this.#connect(address, async () => void (await this.#publisher.publish(this.#prefix, "")))
    this.#subscriber = this.#connect(address, () => this.#hearAll())
    this.#subscriber.on("messageBuffer", (channel: Buffer, message: Buffer) => this.#hear(channel, message))
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  get state(): "up" | "down" {
    return this.#state
  }

  stats(): NodeBusStats {
    return { ...this.#stats }
  }

  // ── connections ────────────────────────────────────────────────────────────────────────────────────────────

  #connect(address: RedisAddress, prepare: () => Promise<void>): Redis {
    const connection = new Redis(optionsFor(address, () => this.#pause()))
    connection.on("error", (error: Error) => this.#sayDown(error))
    connection.on("close", () => this.#lost(connection))
    connection.on("ready", () => {
      // "ready" comes before the broker has said what it thinks of our password
      connection
        .ping()
        .then(prepare)
        .then(() => this.#answers(connection))
        .catch((error: unknown) => {
          this.#sayDown(error)
          if (connection.status === "ready") connection.disconnect(true)
        })
    })
    return connection
  }

  /** before the next attempt; nodes that lost a broker together don't come back to it in one moment */
  #pause(): number {
    const pause = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.#failures++)
    return pause * (0.5 + Math.random() / 2)
  }

  #answers(connection: Redis): void {
    if (connection.status !== "ready" || this.#isClosed) return
    this.#answering.add(connection)
    if (this.#state === "up" || this.#answering.size < 2) return
    this.#state = "up"
    this.#failures = 0
    this.#stats.gaps++
    if (this.#hasSaidDown) this.logger?.info("redis is there again", { redis: this.#where })
    this.#hasSaidDown = false
    for (const tell of this.#gapListeners) tell()
  }

  #lost(connection: Redis): void {
    this.#answering.delete(connection)
    this.#unanswered.delete(connection)
    this.#state = "down"
    for (const channel of this.#channels.values()) this.#letGo(channel)
    if (connection === this.#subscriber) for (const channel of this.#channels.values()) channel.isHeard = false
    if (!this.#isClosed) this.#sayDown(new Error("connection closed"))
  }

  /** Once an outage, and never the address as it was given: there may be a password in it. */
  #sayDown(error: unknown): void {
    if (this.#hasSaidDown || this.#isClosed) return
    this.#hasSaidDown = true
    const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : "unknown"
    this.logger?.warn("redis is away: nodes hear of each other through the database", { redis: this.#where, why })
  }

  /** Our own: the library's time-out for silent sockets outlives its socket, and cuts the next one. */
  #beat(): void {
    for (const connection of [this.#publisher, this.#subscriber]) {
      if (connection.status !== "ready") continue
      if (this.#unanswered.has(connection)) {
        this.#lost(connection)
        connection.disconnect(true)
        continue
      }
      this.#unanswered.add(connection)
      connection.ping().then(
        () => this.#unanswered.delete(connection),
        () => undefined, // a lost connection is told by its close
      )
    }
  }

  // ── channels ───────────────────────────────────────────────────────────────────────────────────────────────

  subscribe(channel: string, listener: (message: Uint8Array) => void): () => void {
    const tuned = this.#channels.get(channel) ?? this.#tune(channel)
    tuned.listeners.add(listener)
    return () => {
      if (!tuned.listeners.delete(listener) || tuned.listeners.size > 0) return
      if (this.#channels.get(channel) === tuned) this.#channels.delete(channel)
      this.#letGo(tuned)
      if (this.#subscriber.status !== "ready") return
      this.#subscriber.unsubscribe(this.#prefix + channel).catch(() => undefined) // gone with its connection
    }
  }

  #tune(name: string): Channel {
    const channel: Channel = { listeners: new Set(), isHeard: false, held: [] }
    this.#channels.set(name, channel)
    // before it is ready nothing can be asked, and then all of them are
    if (this.#subscriber.status === "ready")
      this.#hearChannels([[name, channel]]).catch(() => {
        // refused, or cut off: the new connection asks for all of them
        if (this.#subscriber.status === "ready") this.#subscriber.disconnect(true)
      })
    return channel
  }

  async #hearAll(): Promise<void> {
    const channels = [...this.#channels]
    for (let i = 0; i < channels.length; i += CHANNELS_AT_ONCE)
      await this.#hearChannels(channels.slice(i, i + CHANNELS_AT_ONCE))
  }

  async #hearChannels(channels: readonly (readonly [string, Channel])[]): Promise<void> {
    await this.#subscriber.subscribe(...channels.map(([name]) => this.#prefix + name))
    for (const [name, channel] of channels) {
      channel.isHeard = true
      for (const message of channel.held.splice(0)) this.#send(name, message)
    }
  }

  /** What was held back is dropped. */
  #letGo(channel: Channel): void {
    for (const message of channel.held.splice(0)) {
      this.#waitingBytes -= message.length
      this.#stats.dropped++
    }
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  // ── messages ───────────────────────────────────────────────────────────────────────────────────────────────

  publish(channel: string, message: Uint8Array): void {
    const isTooMuch = message.length > MAX_MESSAGE_BYTES || this.#waitingBytes + message.length > MAX_WAITING_BYTES
    if (this.#state === "down" || isTooMuch) {
      this.#stats.dropped++
      return
    }
    const bytes = Buffer.concat([this.#nodeId, message])
    this.#waitingBytes += bytes.length
    const tuned = this.#channels.get(channel)
    if (tuned && !tuned.isHeard) tuned.held.push(bytes)
    else this.#send(channel, bytes)
  }

  #send(channel: string, bytes: Buffer): void {
    this.#publisher
      .publish(this.#prefix + channel, bytes)
      .then(
        () => this.#stats.published++,
        () => this.#stats.dropped++,
      )
      .finally(() => (this.#waitingBytes -= bytes.length))
  }

  #hear(channel: Buffer, bytes: Buffer): void {
    const isOurs = bytes.length >= NODE_ID_BYTES && bytes.length <= NODE_ID_BYTES + MAX_MESSAGE_BYTES
    if (!isOurs) {
      this.#stats.ignored++
      return
    }
    if (bytes.subarray(0, NODE_ID_BYTES).equals(this.#nodeId)) return
    this.#stats.heard++
    // no Buffer: its `slice` is a view, and rooms take theirs for a copy
    const message = new Uint8Array(bytes.buffer, bytes.byteOffset + NODE_ID_BYTES, bytes.length - NODE_ID_BYTES)
    const listeners = this.#channels.get(channel.toString().slice(this.#prefix.length))?.listeners ?? []
    for (const listener of listeners) {
      try {
        listener(message)
      } catch (error) {
        // whatever it was, it costs this message alone: an update that is missed so is read from the log
        this.logger?.error("a message from another node could not be taken", { error: errorPlace(error) })
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#heartbeat)
    this.#state = "down"
    await Promise.all([this.#publisher, this.#subscriber].map(end))
    this.#channels.clear()
    this.#gapListeners.clear()
  }
}

const optionsFor = (address: RedisAddress, retryStrategy: () => number): RedisOptions => ({
  host: address.host,
  port: address.port,
  ...(address.username !== undefined && { username: address.username }),
  ...(address.password !== undefined && { password: address.password }),
  ...(address.tls && { tls: address.tls }),
  // no name either: a connection that is cut before it is named calls itself ready and is never made anew (5.11)
  disableClientInfo: true,
  connectTimeout: CONNECT_PATIENCE_MS,
  retryStrategy,
  // what can't be said now is not said later: by then it is old
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  // asked for and confirmed by ourselves, so that we know when
  autoResubscribe: false,
  // channels work while a broker still loads its data
  enableReadyCheck: false,
})

/** Says goodbye, but waits for no answer longer than a moment. */
async function end(connection: Redis): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_GRACE_MS)))
  if (connection.status === "ready") await Promise.race([connection.quit().catch(() => undefined), patience])
  clearTimeout(timer)
  connection.disconnect()
}
