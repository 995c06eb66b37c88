import { type Desk, deskOf, doEdit, textsOfPlan } from "@alternat/document/test-support"
import * as Y from "yjs"
import { openSession } from "../client/open-session.ts"
import type { Session } from "../client/session-face.ts"
import type { Hub } from "../hub-face.ts"
import { testNet } from "./fake-web-socket.ts"
import type { Guest, TestWire } from "./test-wire.ts"
import { bearer } from "./wire-client.ts"

/** What a browser says when the network is back: sessions that wait for their next attempt make it at once. */
const browser = new EventTarget()

/**
 * The product's own session at the plan of a wire. It moves as it likes, on a network that is never reordered and may be
 * cut; whenever it says that all is saved, all that its document holds must be in the log.
 */
export function seatSession(
  wire: TestWire,
  userId: string,
  clauses: readonly string[],
): Guest & { end(): Promise<void> } {
  globalThis.addEventListener ??= browser.addEventListener.bind(browser)
  globalThis.removeEventListener ??= browser.removeEventListener.bind(browser)
  let node = 0
  const net = testNet(wire.nodes.at(node).hub, () =>
    bearer(userId, { party: "US", doc: "plan", roles: ["drafter", "head"] }),
  )
  const session = openSession({
    wsUrl: "ws://wire/sync",
    planId: "plan",
    space: "plan",
    userId,
    storageName: null,
    WebSocketPolyfill: net.WebSocket,
    fetchTicket: async () => ({
      room: `plan.e${wire.epochOf("plan")}.s1`,
      ticket: "good",
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  })
  let desk: Desk = deskOf(session.doc)
  session.subscribe(() => {
    if (desk.doc !== session.doc) desk = deskOf(session.doc)
    wire.ledger.introduce(session.doc.clientID, userId)
    if (claimsTooMuch(session, wire)) wire.ledger.wrong.push(`${userId} is told "saved" of what is not in the log`)
  })
  const move = (): void => {
    net.hub = wire.nodes.at(++node).hub
    net.cut()
  }
  return {
    get doc() {
      return session.doc
    },
    get quiet() {
      return session.state.synced && session.state.connection === "online" && session.state.unsaved.size === 0
    },
    get standing() {
      const { connection, synced, unsaved } = session.state
      return `${userId} ${connection} ${synced ? "in sync" : "not in sync"}, unsaved: ${[...unsaved].join(" ")}`
    },
    lost: (hub: Hub) => {
      if (net.hub === hub) move()
    },
    move,
    hurry: () => {
      net.hub = wire.nodes.at(node).hub
      if (session.state.connection === "offline") browser.dispatchEvent(new Event("online"))
    },
    edit: (edit) => {
      if (session.state.synced || session.doc.store.clients.size > 0)
        doEdit(desk, edit, textsOfPlan(session.doc, clauses))
    },
    end: () => session.destroy(),
  }
}

const claimsTooMuch = ({ doc, state }: Session, { ledger }: TestWire): boolean =>
  state.unsaved.size === 0 && !ledger.holds("plan", Y.encodeStateAsUpdate(doc))
