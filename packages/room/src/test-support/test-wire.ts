import { initialCaucusUpdate, loadDoc, readCaucus, readPlan, serverUpdate, writeEffects } from "@alternat/document"
import type { PartyCode } from "@alternat/plan"
import * as Y from "yjs"
import type { Hub } from "../hub-face.ts"
import { memoryLog } from "../memory-log.ts"
import type { DocId } from "../update-log.ts"
import { Ledger } from "./ledger.ts"
import { PlanPeer } from "./plan-peer.ts"
import { smallDocument } from "./small-document.ts"
import { effectsOf } from "./wire-act.ts"
import { bearer, pause } from "./wire-client.ts"
import { type WireNode, WireNodes } from "./wire-nodes.ts"
import type { WireStep } from "./wire-step.ts"

export const CLAUSES = ["c1", "c2", "c3"]
const ROOMS = ["plan", "caucus-US", "caucus-RU"] as const
const PARTIES: readonly PartyCode[] = ["US", "RU"]

/** Somebody else at the wire than the plain peers, the product's own session for one. */
export interface Guest {
  /** their document now; null: none that has to say what the others say */
  readonly doc: Y.Doc | null
  readonly quiet: boolean
  /** in words, for whoever asks why it never comes to rest */
  readonly standing: string
  /** a node has gone without a word */
  lost(hub: Hub): void
  /** the line breaks, and the next one leads to another node */
  move(): void
  /** on the way to the settlement: whatever a person would do to get on */
  hurry(): void
  edit(edit: Extract<WireStep, { do: "edit" }>["edit"]): void
}

/**
 * `n` people at a plan and in two caucuses, over `k` nodes on one log, on lines that move by hand: `step` lets one thing
 * happen, `settle` mends everything, waits until nothing moves, and says what is not as it must be. The guard and the
 * documents are the real ones; what is said is held against the ledger in the moment it is said.
 */
export class TestWire {
  readonly log = memoryLog()
  readonly ledger = new Ledger()
  readonly nodes: WireNodes
  readonly peers: readonly PlanPeer[]
  readonly guests: Guest[] = []
  readonly #epochs = new Map<DocId, number>(ROOMS.map((room) => [room, 1]))
  readonly #hubOf = new Map<PlanPeer, Hub>()
  /** clauses that an act has closed at any time, and whether all was closed: the only reasons to refuse anybody */
  readonly #everClosed = new Set<string>()
  #closed = new Set<string>()
  #acts = 0

  constructor({ peers = 7, nodes = 2 }: { readonly peers?: number; readonly nodes?: number } = {}) {
    const caucus = (): Uint8Array =>
      initialCaucusUpdate({ drafts: [], notes: [] }, { planId: "plan", epoch: 1, clientId: 1 })
    for (const room of ROOMS) {
      const bytes = room === "plan" ? smallDocument({ c1: "One.", c2: "Two words.", c3: "Three." }) : caucus()
      const party = room === "plan" ? null : room.slice("caucus-".length)
      this.log.create({ doc: room, space: spaceOf(room), party, updates: [{ author: "server", bytes }] })
      this.ledger.open(room, bytes)
    }
    this.nodes = new WireNodes(nodes, this.log, this.ledger, partyOf)
    this.peers = Array.from({ length: peers }, (_, i) => this.#peer(i))
    this.peers.forEach((peer, i) => this.#join(peer, i))
  }

  #peer(i: number): PlanPeer {
    const party = PARTIES[i % 2] ?? "US"
    // two of three are at the plan, and half of all ask for our own message kinds
    const room: DocId = i % 3 === 2 ? `caucus-${party}` : "plan"
    const userId = `${party}-${i}`
    return new PlanPeer(bearer(userId, { party, doc: room, space: spaceOf(room), roles: ["drafter", "head"] }), {
      ext: i % 4 < 2,
      clauses: CLAUSES,
      currentEpoch: () => this.epochOf(room),
      introduce: (clientId) => this.ledger.introduce(clientId, userId),
      wrong: (what) => this.ledger.wrong.push(what),
    })
  }

  epochOf(room: DocId): number {
    return this.#epochs.get(room) ?? 1
  }

  #join(peer: PlanPeer, node: number): void {
    if (peer.connected) return
    const { hub } = this.nodes.at(node)
    this.#hubOf.set(peer, hub)
    peer.join(hub)
  }

  async step(step: WireStep): Promise<void> {
    switch (step.do) {
      case "edit":
        return this.#someone(step.who).edit(step.edit)
      case "send":
        return this.#peerAt(step.who).send(step.count)
      case "receive":
        return this.#peerAt(step.who).receive(step.count)
      case "drop": {
        const someone = this.#someone(step.who)
        return someone instanceof PlanPeer ? someone.drop() : someone.move()
      }
      case "join":
        return this.#join(this.#peerAt(step.who), step.node)
      case "act":
        return this.#act(step)
      case "fault":
        return this.#fault(step.fault, step.node)
      case "epoch": {
        const room = ROOMS[step.room % ROOMS.length] ?? "plan"
        this.#epochs.set(room, this.epochOf(room) + 1)
        this.log.raiseEpoch(room)
        return this.ledger.rulesRose(room)
      }
      case "wait":
        for (let i = 0; i < step.turns; i++) await pause(0)
        if (step.sweep) await pause(8)
    }
  }

  #peerAt(n: number): PlanPeer {
    return this.peers[n % this.peers.length] as PlanPeer
  }

  #someone(n: number): PlanPeer | Guest {
    const all = [...this.peers, ...this.guests]
    return all[n % all.length] as PlanPeer | Guest
  }

  #fault(fault: Extract<WireStep, { do: "fault" }>["fault"], n: number): void {
    const { path }: WireNode = this.nodes.at(n)
    switch (fault) {
      case "away":
        return path.goAway()
      case "back":
        return path.comeBack()
      case "hold":
        return path.hold()
      case "release":
        return path.release()
      case "loseAnswer":
        path.answersToLose++
        return
      case "restart":
        this.nodes.restart(n)
        for (const guest of this.guests) guest.hurry()
        return
      case "kill": {
        const hub = this.nodes.kill(n)
        for (const peer of this.peers) if (this.#hubOf.get(peer) === hub) peer.drop()
        for (const guest of this.guests) guest.lost(hub)
        return
      }
      case "busDown":
      case "busUp":
        this.nodes.bus.working = fault === "busUp"
    }
  }

  /** As the acts do it: new rules and an update of the server's own, in one. */
  #act({ act, clause }: Extract<WireStep, { do: "act" }>): void {
    const clauseId = CLAUSES[clause % CLAUSES.length] ?? "c1"
    if (act === "close") this.#closed = new Set([...this.#closed, clauseId])
    if (act === "open") this.#closed = new Set([...this.#closed].filter((id) => id !== clauseId))
    if (act === "close") this.#everClosed.add(clauseId)
    if (act === "freeze") this.#everClosed.add("frozen")
    const rules = {
      closedClauses: this.#closed,
      ...((act === "freeze" || act === "thaw") && { frozen: act === "freeze" }),
    }
    const effects = effectsOf(act, clauseId, ++this.#acts)
    const state = Y.encodeStateAsUpdate(this.ledger.fold("plan"))
    const { update } = serverUpdate([state], (doc) => writeEffects(doc, effects))
    this.log.act("plan", { rules, ...(update && { update }) })
    this.ledger.rulesRose("plan")
    if (update) this.ledger.record("plan", "server", update)
  }

  /** Mends everything, waits until nothing moves any more, and gives all that is not as it must be. */
  async settle(): Promise<readonly string[]> {
    this.nodes.mend()
    await this.rest()
    if (!this.#isQuiet) this.ledger.wrong.push(`it never comes to rest: ${this.#restless().join(", ")}`)
    for (const who of this.#differing()) this.ledger.wrong.push(`${who} does not read what the log holds`)
    for (const room of ROOMS) await this.#audit(room)
    this.#auditRefusals()
    return this.ledger.wrong
  }

  /** Everybody comes back and every line flows, until nothing moves any more: so a run begins, and so it ends. */
  async rest(): Promise<void> {
    let still = 0
    for (let round = 0; round < ROUNDS_AT_MOST && still < ROUNDS_OF_REST; round++) {
      this.peers.forEach((peer, i) => this.#join(peer, i))
      for (const peer of this.peers) {
        peer.receive(1000)
        peer.send(1000)
      }
      if (round % 10 === 9) for (const guest of this.guests) guest.hurry()
      const isSettled = this.#isQuiet && this.#differing().length === 0
      // what has settled rests at once; what has not gets time for whatever is still under way
      still = isSettled ? still + ROUNDS_OF_REST / 5 : this.#isQuiet ? still + 1 : 0
      await pause(still > 0 && !isSettled ? 3 : 1)
    }
    // a caret may have moved in the last moment
    for (const peer of this.peers) peer.receive(1000)
  }

  get #isQuiet(): boolean {
    return this.#restless().length === 0
  }

  /** Who has something under way. */
  #restless(): readonly string[] {
    return [
      ...(this.nodes.quiet ? [] : ["a node"]),
      ...this.peers.filter((peer) => !peer.quiet).map((peer) => peer.standing),
      ...this.guests.filter((guest) => !guest.quiet).map((guest) => guest.standing),
    ]
  }

  #differing(): readonly string[] {
    const told = new Map(ROOMS.map((room) => [room as DocId, reading(room, this.ledger.fold(room))]))
    const peers = this.peers.filter(({ doc, bearer }) => reading(bearer.doc, doc) !== told.get(bearer.doc))
    const guests = this.guests.filter(({ doc }) => doc !== null && reading("plan", doc) !== told.get("plan"))
    return [...peers.map((peer) => peer.bearer.userId), ...guests.map(() => "a guest")]
  }

  /** The log alone gives the document, without gaps, each row with its author; so does its snapshot with its tail. */
  async #audit(room: DocId): Promise<void> {
    const { ledger, log } = this
    const rows = await log.readAfter(room, 0)
    const kept = ledger.rows(room)
    const isSame = rows.every(
      (row, i) => row.seq === i + 1 && row.author === kept[i]?.author && isEqual(row.bytes, kept[i]?.bytes),
    )
    if (!isSame || rows.length !== kept.length) ledger.wrong.push(`${room}: the log is not what was committed`)
    const told = reading(room, ledger.fold(room))
    const replayed = loadDoc(
      spaceOf(room),
      rows.map((row) => row.bytes),
    )
    if (reading(room, replayed) !== told) ledger.wrong.push(`${room}: a replay gives something else`)
    const stored = await log.load(room)
    const parts = [
      ...(stored?.snapshot ? [stored.snapshot.state] : []),
      ...(stored?.tail ?? []).map((row) => row.bytes),
    ]
    if (reading(room, loadDoc(spaceOf(room), parts)) !== told)
      ledger.wrong.push(`${room}: the snapshot is another document`)
    const owners = ledger.owners(room)
    for (const [client, author] of await log.clientAuthors(room))
      if (owners.has(client) && owners.get(client) !== author)
        ledger.wrong.push(`${room}: client ${client} is bound to ${author}`)
    for (const [client, owner] of owners)
      if (owner !== "server" && !(await log.clientAuthors(room)).has(client))
        ledger.wrong.push(`${room}: ${client} is nobody's`)
  }

  /** Honest people are refused what an act has closed, and nothing else. */
  #auditRefusals(): void {
    const reasons = this.#everClosed.size === 0 ? [] : ["clause_closed", "frozen"]
    for (const { bearer, refusals } of this.peers)
      for (const reason of refusals)
        if (!reasons.includes(reason) || bearer.space === "caucus")
          this.ledger.wrong.push(`${bearer.userId} is refused: ${reason}`)
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.drop()
    await this.nodes.close()
  }
}

const ROUNDS_OF_REST = 100
const ROUNDS_AT_MOST = 3000

const spaceOf = (room: DocId): "plan" | "caucus" => (room === "plan" ? "plan" : "caucus")
const partyOf = (userId: string): string => userId.slice(0, 2)
const reading = (room: DocId, doc: Y.Doc): string =>
  JSON.stringify(spaceOf(room) === "plan" ? readPlan(doc, 0) : readCaucus(doc))
const isEqual = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i])

/** People, lines, nodes and a log, all of which may fail. */
export const createTestWire = (options?: ConstructorParameters<typeof TestWire>[0]): TestWire => new TestWire(options)
