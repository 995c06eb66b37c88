import * as Y from "yjs"
import { CLOSE } from "../protocol.ts"
import { Generation, REWRITTEN } from "./generation.ts"
import { OfflineBuffer } from "./offline-buffer.ts"
import { renewInMs } from "./renewal.ts"
import { type Draft, isOfClause, rewriteDrafts, takeDrafts } from "./salvage.ts"
import type { EditKey, OfferedDraft, Session, SessionOptions, SessionState, SessionTicket } from "./session-face.ts"

const RETRY_MIN_MS = 200
const RETRY_MAX_MS = 5000

/** Opens a plan's or a caucus's document for one person, and keeps it open through whatever the network does. */
export function openSession(options: SessionOptions): Session {
  const session = new OpenSession(options)
  session.start()
  return session
}

/**
 * The moving parts: a `Generation` (document, provider, what is unsaved) that is replaced when the server refuses an
 * edit or the epoch changes; a ticket, asked for before every connection; drafts that wait to be written again once
 * the next generation has synced; offers for the person to take up or dismiss.
 */
class OpenSession implements Session {
  generation = 0
  state: SessionState
  #now: Generation
  #room: string | null = null
  #offered: readonly OfferedDraft[]
  #connection: SessionState["connection"] = "connecting"
  #synced = false
  #lastSavedAt: number | null = null
  #rejection: { readonly reason: string; readonly clauseId: string | null } | null = null
  /** to be written again after the next sync, against the document as it was known */
  #waiting: {
    readonly drafts: readonly Draft[]
    readonly saved: readonly Uint8Array[]
    readonly reason: string
  } | null = null
  #failures = 0
  #badTickets = 0
  #retryTimer: ReturnType<typeof setTimeout> | null = null
  #renewTimer: ReturnType<typeof setTimeout> | null = null
  #ended = false
  readonly #buffer: OfflineBuffer
  readonly #listeners = new Set<() => void>()
  readonly #onOnline = (): void => {
    if (this.#connection === "offline") this.#connectSoon(0)
  }

  constructor(readonly options: SessionOptions) {
    const { userId, planId, space, storageName = "alternat" } = options
    this.#buffer = new OfflineBuffer(storageName, { userId, planId, space })
    this.#offered = this.#buffer.offers()
    this.#now = this.#newGeneration()
    this.state = this.#currentState()
  }

  get doc(): Y.Doc {
    return this.#now.doc
  }

  get awareness(): Generation["awareness"] {
    return this.#now.awareness
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dismissOffered(id: string): void {
    this.#offer(this.#offered.filter((draft) => draft.id !== id))
  }

  async destroy(): Promise<void> {
    this.#ended = true
    this.#listeners.clear()
    if (this.#retryTimer) clearTimeout(this.#retryTimer)
    if (this.#renewTimer) clearTimeout(this.#renewTimer)
    if (typeof globalThis.removeEventListener === "function") globalThis.removeEventListener("online", this.#onOnline)
    this.#now.destroy()
    await this.#buffer.close()
  }

  start(): void {
    if (typeof globalThis.addEventListener === "function") globalThis.addEventListener("online", this.#onOnline)
    // what waits on this device is there before the network is, if there ever is one
    const room = this.#buffer.lastRoom()
    void (room === null ? Promise.resolve() : this.#openBuffer(room)).then(() => this.#connect())
  }

  // ── connecting ───────────────────────────────────────────────────────────────────────────────────────────

  async #connect(): Promise<void> {
    if (this.#ended) return
    this.#show({ connection: "connecting" })
    const generation = this.#now
    let ticket: SessionTicket
    try {
      ticket = await this.options.fetchTicket()
    } catch (error) {
      return this.#ticketFailed(error)
    }
    if (this.#ended || generation !== this.#now) return
    if (this.#room !== null && this.#room !== ticket.room) {
      await this.#replace("epoch")
      if (this.#ended) return
    }
    if (this.#room === null) await this.#openBuffer(ticket.room)
    this.#buffer.rememberRoom(ticket.room)
    this.#renewAhead(ticket)
    if (!this.#ended) this.#now.connect(ticket)
  }

  #ticketFailed(error: unknown): void {
    if (this.#ended) return
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : null
    if (status === 401 || status === 403 || status === 404) this.#show({ connection: "refused" })
    else this.#connectLater()
  }

  #connectLater(): void {
    this.#show({ connection: "offline", synced: false })
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.#failures++)
    // spread, so that a restarted server is not met by everybody at once
    this.#connectSoon(waitMs * (0.75 + Math.random() / 2))
  }

  #connectSoon(waitMs: number): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => void this.#connect(), waitMs)
  }

  /** A provider whose socket dies unnoticed opens the next one itself: its ticket had better be good then. */
  #renewAhead({ expiresAt }: SessionTicket): void {
    if (this.#renewTimer) clearTimeout(this.#renewTimer)
    const waitMs = renewInMs(Date.parse(expiresAt) - Date.now())
    this.#renewTimer = setTimeout(() => {
      this.options.fetchTicket().then(
        (ticket) => {
          if (this.#ended || ticket.room !== this.#room) return
          this.#now.renew(ticket.ticket)
          this.#renewAhead(ticket)
        },
        () => undefined, // the next connection asks again, and shows what comes of it
      )
    }, waitMs)
  }

  async #openBuffer(room: string): Promise<void> {
    const generation = this.#now
    this.#room = room
    const unsaved = await this.#buffer.open(room, generation.doc)
    if (generation !== this.#now) return
    generation.work.changed(unsaved)
    if (generation.doc.store.clients.size > 0) {
      if (unsaved.size === 0) generation.work.restart(Y.encodeStateAsUpdate(generation.doc))
      else generation.work.savedIsWhole = false
    }
    this.#show({})
  }

  // ── what the wire says ───────────────────────────────────────────────────────────────────────────────────

  #newGeneration(): Generation {
    const mine = (then: () => void): void => {
      if (!this.#ended && generation === this.#now) then()
    }
    const { wsUrl, space, WebSocketPolyfill } = this.options
    const generation: Generation = new Generation({
      wsUrl,
      space,
      WebSocketPolyfill: WebSocketPolyfill ?? globalThis.WebSocket,
      events: {
        changed: () => mine(() => this.#show({})),
        connected: () => mine(() => this.#show({ connection: "connecting" })),
        synced: (isSynced) => mine(() => this.#syncChanged(isSynced)),
        saved: () =>
          mine(() => {
            this.#lastSavedAt = Date.now()
            this.#show({})
          }),
        noticed: (notice) => {
          if (notice.type === "rejected") mine(() => (this.#rejection = notice))
        },
        closed: (code) => mine(() => this.#closed(code)),
      },
    })
    return generation
  }

  #syncChanged(isSynced: boolean): void {
    if (!isSynced) return this.#show({ synced: false })
    this.#failures = 0
    this.#badTickets = 0
    this.#show({ connection: "online", synced: true })
    this.#rewriteWaiting()
  }

  #closed(code: number): void {
    switch (code) {
      case CLOSE.rejected:
      case CLOSE.tooLarge:
        void this.#replace("refused").then(() => this.#connect())
        return
      case CLOSE.wrongEpoch:
        void this.#replace("epoch").then(() => this.#connectLater())
        return
      case CLOSE.noTicket:
        // once is an expired ticket; again with a new one is a no
        if (++this.#badTickets >= 2) return this.#show({ connection: "refused", synced: false })
        return this.#connectLater()
      default:
        return this.#connectLater()
    }
  }

  // ── a document is given up ───────────────────────────────────────────────────────────────────────────────

  /** Keeps what is unsaved as drafts, and starts over with an empty document. */
  async #replace(why: OfferedDraft["why"]): Promise<void> {
    const old = this.#now
    const room = this.#room
    const awarenessState = old.awareness.getLocalState()
    const drafts = takeDrafts(old.doc, old.work.keys)
    const { reason, clauseId } = this.#rejection ?? { reason: why === "epoch" ? "epoch" : "too_large", clauseId: null }
    // drafts that still waited for the sync which this close has cut off go through the same once more
    const unwritten = (this.#waiting?.drafts ?? []).filter((draft) => !drafts.some(({ key }) => key === draft.key))
    const ownership = this.#sortOut([...drafts, ...unwritten], { why, clauseId, whole: old.work.savedIsWhole })
    this.#waiting = ownership.again.length > 0 ? { drafts: ownership.again, saved: old.work.saved, reason } : null
    this.#offer([...this.#offered, ...ownership.offers.map((draft) => toOffer(draft, why, reason))])
    this.#rejection = null
    this.#now = this.#newGeneration()
    this.#room = null
    this.generation++
    if (awarenessState) this.#now.awareness.setLocalState(awarenessState)
    this.#show({ connection: "connecting", synced: false })
    // before the document closes its database
    const dropped = this.#buffer.drop()
    old.destroy()
    await dropped
    if (room !== null && why === "refused") await this.#openBuffer(room)
  }

  /**
   * Refused because of one clause or row: that one is offered, the others are written again by themselves. If they
   * are refused too, each round leaves one behind, so it ends.
   */
  #sortOut(
    drafts: readonly Draft[],
    { why, clauseId, whole }: { why: OfferedDraft["why"]; clauseId: string | null; whole: boolean },
  ): { readonly again: readonly Draft[]; readonly offers: readonly Draft[] } {
    const guilty = drafts.filter((draft) => clauseId !== null && isOfClause(draft.key, clauseId))
    if (why === "epoch" || !whole || guilty.length === 0) return { again: [], offers: drafts }
    return { again: drafts.filter((draft) => !guilty.includes(draft)), offers: guilty }
  }

  #rewriteWaiting(): void {
    const waiting = this.#waiting
    if (!waiting) return
    this.#waiting = null
    const { update, rest } = rewriteDrafts(this.options.space, waiting.saved, waiting.drafts)
    this.#offer([...this.#offered, ...rest.map((draft) => toOffer(draft, "refused", waiting.reason))])
    if (update) Y.applyUpdate(this.#now.doc, update, REWRITTEN)
  }

  #offer(offered: readonly OfferedDraft[]): void {
    this.#offered = offered
    this.#buffer.keepOffers(offered)
    this.#show({})
  }

  // ── state ────────────────────────────────────────────────────────────────────────────────────────────────

  #show(change: { readonly connection?: SessionState["connection"]; readonly synced?: boolean }): void {
    if (change.connection !== undefined) this.#connection = change.connection
    if (change.synced !== undefined) this.#synced = change.synced
    this.state = this.#currentState()
    this.#buffer.noteUnsaved(this.state.unsaved)
    for (const listener of this.#listeners) listener()
  }

  #currentState(): SessionState {
    const unsaved = new Set<EditKey>(this.#now.work.keys)
    for (const { key } of this.#waiting?.drafts ?? []) unsaved.add(key)
    return {
      connection: this.#connection,
      synced: this.#synced,
      unsaved,
      lastSavedAt: this.#lastSavedAt,
      waitingSince: this.#now.work.waitingSince,
      offered: this.#offered,
    }
  }
}

function toOffer({ key, clause, value }: Draft, why: OfferedDraft["why"], reason: string): OfferedDraft {
  return { id: globalThis.crypto.randomUUID(), key, why, reason, at: Date.now(), clause, value }
}
