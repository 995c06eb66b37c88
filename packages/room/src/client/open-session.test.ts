import { clauseFragment, readClauseText, setCell, writeFragment } from "@alternat/document"
import { afterEach, describe, expect, test } from "vitest"
import { createHub } from "../hub.ts"
import type { Hub } from "../hub-face.ts"
import { type MemoryLog, memoryLog } from "../memory-log.ts"
import { type TestNet, testNet } from "../test-support/fake-web-socket.ts"
import { smallDocument } from "../test-support/small-document.ts"
import { bearer, pause, until } from "../test-support/wire-client.ts"
import { openSession } from "./open-session.ts"
import type { Session, SessionOptions } from "./session-face.ts"

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface World {
  readonly log: MemoryLog
  readonly net: TestNet
  hub(): Hub
  session(userId: string, more?: Partial<SessionOptions>): Session
  tickets: number
  epoch: number
}

function setUp(): World {
  const log = memoryLog()
  const initial = smallDocument({ c1: "One.", c2: "Two.", c3: "Three." })
  log.create({ doc: "doc", updates: [{ author: "server", bytes: initial }] })
  const hub = (): Hub => {
    const made = createHub({ log, feed: log, tickets: { ended: async () => new Set() }, limits: { retryMaxMs: 100 } })
    closing.push(() => made.close())
    return made
  }
  const net = testNet(hub(), (_room, ticket) => {
    const [userId = "", serial = ""] = ticket.split("/")
    // a ticket is good for one socket here: the session has to fetch one for each
    if (Number(serial) <= world.used) return null
    world.used = Number(serial)
    return bearer(userId, { roles: ["drafter", "head"] })
  })
  const world = {
    log,
    net,
    hub,
    tickets: 0,
    used: 0,
    epoch: 1,
    session(userId: string, more: Partial<SessionOptions> = {}): Session {
      const session = openSession({
        wsUrl: "ws://test/sync",
        planId: "plan",
        space: "plan",
        userId,
        storageName: null,
        WebSocketPolyfill: net.WebSocket,
        fetchTicket: async () => ({
          room: `doc.e${world.epoch}.s1`,
          ticket: `${userId}/${++world.tickets}`,
          expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        }),
        ...more,
      })
      closing.push(() => session.destroy())
      return session
    },
  }
  return world
}

const textOf = (session: Session, clauseId: string): string =>
  JSON.stringify(readClauseText(session.doc, clauseId, "en") ?? null)
const write = (session: Session, clauseId: string, text: string): void => {
  const fragment = clauseFragment(session.doc, clauseId, "en")
  if (!fragment) throw new Error(`no clause ${clauseId}`)
  session.doc.transact(() => writeFragment(fragment, [{ p: [text] }]))
}
const online = (...sessions: Session[]): Promise<void> =>
  until(() => sessions.every((session) => session.state.synced && session.state.connection === "online"), "online")

describe("a session", () => {
  test("[ROOM31] shows each clause as unsaved until the log has it, and as saved only by the acknowledgement", async () => {
    const world = setUp()
    const [ann, ben] = [world.session("ann"), world.session("ben")]
    await online(ann, ben)
    const append = world.log.append.bind(world.log)
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    world.log.append = async (requests) => {
      await gate
      return append(requests)
    }
    write(ann, "c1", "One and more.")
    expect([...ann.state.unsaved]).toEqual(["clause:c1:en"])
    await pause(60)
    expect([...ann.state.unsaved]).toEqual(["clause:c1:en"])
    expect(ann.state.lastSavedAt).toBeNull()
    const since = ann.state.waitingSince
    expect(since).not.toBeNull()
    write(ann, "c1", "One and more and more.")
    expect(ann.state.waitingSince, "since the first of it").toBe(since)
    release()
    await until(() => ann.state.unsaved.size === 0)
    expect(ann.state.lastSavedAt).not.toBeNull()
    expect(ann.state.waitingSince).toBeNull()
    await until(() => textOf(ben, "c1").includes("and more"))
    expect(ben.state.unsaved.size).toBe(0)
  })

  test("[ROOM32] survives the server's end and return: a new ticket each time, work kept, saved at last", async () => {
    const world = setUp()
    const ann = world.session("ann")
    await online(ann)
    const first = world.tickets
    const old = world.net.hub
    world.net.hub = null
    world.net.cut()
    await until(() => ann.state.connection === "offline")
    await old?.close()
    write(ann, "c2", "Two, written offline.")
    await pause(300)
    expect([...ann.state.unsaved]).toEqual(["clause:c2:en"])
    world.net.hub = world.hub()
    await until(() => ann.state.synced && ann.state.unsaved.size === 0, "saved", 8000)
    expect(world.tickets).toBeGreaterThan(first)
    expect(ann.generation).toBe(0)
    const ben = world.session("ben")
    await online(ben)
    expect(textOf(ben, "c2")).toContain("written offline")
  }, 15_000)

  test("[ROOM61] where this machine's clock is wrong by months, tickets are asked for no more often than where it is right", async () => {
    const world = setUp()
    const wrongBy = async (ms: number): Promise<number> => {
      let asked = 0
      const session = world.session("ann", {
        fetchTicket: async () => {
          asked++
          const expiresAt = new Date(Date.now() + ms).toISOString()
          return { room: "doc.e1.s2", ticket: `ann/${++world.tickets}`, expiresAt }
        },
      })
      await online(session)
      await pause(5200)
      await session.destroy()
      return asked
    }
    const day = 86_400_000
    expect(await Promise.all([-60, -1, 60, 4000].map((days) => wrongBy(days * day)))).toEqual([1, 1, 1, 1])
  }, 15_000)

  test("[ROOM33] a refused edit gives a new document: what is open is written again by itself, the refused words are offered", async () => {
    const world = setUp()
    const [ann, ben] = [world.session("ann"), world.session("ben")]
    await online(ann, ben)
    ann.awareness.setLocalState({ here: true })
    world.log.away = true
    write(ann, "c1", "One, refused.")
    write(ann, "c2", "Two, kept.")
    setCell(ann.doc, "sites", "S1", "label", { en: "Site renamed", ru: "Site one" })
    await pause(20)
    // both are on their way when the act closes the first clause
    world.log.act("doc", { rules: { closedClauses: new Set(["c1"]) } })
    world.log.away = false
    await until(() => ann.generation === 1, "a new document", 8000)
    await until(() => ann.state.synced && ann.state.unsaved.size === 0, "saved", 8000)
    expect(textOf(ann, "c1")).toContain("One.")
    expect(textOf(ann, "c2")).toContain("Two, kept.")
    expect(ann.awareness.getLocalState()).toEqual({ here: true })
    expect(ann.state.offered).toHaveLength(1)
    expect(ann.state.offered[0]).toMatchObject({
      key: "clause:c1:en",
      why: "refused",
      reason: "clause_closed",
      clause: { clauseId: "c1", language: "en", text: [{ p: ["One, refused."] }] },
    })
    await until(() => textOf(ben, "c2").includes("kept"))
    expect(textOf(ben, "c1")).toContain("One.")
    write(ann, "c3", "Three, after it.")
    await until(() => textOf(ben, "c3").includes("after it"))
    ann.dismissOffered(ann.state.offered[0]?.id ?? "")
    expect(ann.state.offered).toHaveLength(0)
  }, 20_000)

  test("[ROOM34] drafts written again merge with what others wrote meanwhile", async () => {
    const world = setUp()
    let isAway = false
    const ann = world.session("ann", {
      fetchTicket: async () => {
        if (isAway) throw new Error("no network")
        return {
          room: "doc.e1.s2",
          ticket: `ann/${++world.tickets}`,
          expiresAt: new Date(Date.now() + 9e5).toISOString(),
        }
      },
    })
    const ben = world.session("ben")
    await online(ann, ben)
    isAway = true
    world.net.cut()
    await until(() => ann.state.connection === "offline")
    write(ann, "c1", "One, refused.")
    write(ann, "c2", "Two. And Ann.")
    world.log.act("doc", { rules: { closedClauses: new Set(["c1"]) } })
    await online(ben)
    write(ben, "c2", "Ben and Two.")
    await until(() => ben.state.unsaved.size === 0)
    isAway = false
    await until(() => ann.generation >= 1 && ann.state.synced && ann.state.unsaved.size === 0, "recovered", 8000)
    await until(() => textOf(ann, "c2").includes("Ben and Two") && textOf(ann, "c2").includes("And Ann"), "both", 3000)
    expect(textOf(ben, "c2")).toBe(textOf(ann, "c2"))
  }, 20_000)

  test("[ROOM35] when all is frozen everything unsaved is offered, and nothing is written again", async () => {
    const world = setUp()
    const ann = world.session("ann")
    await online(ann)
    world.log.act("doc", { rules: { frozen: true } })
    write(ann, "c1", "No.")
    write(ann, "c2", "Nor this.")
    await until(() => ann.generation === 1 && ann.state.synced, "a new document", 8000)
    expect(ann.state.offered.map((draft) => [draft.key, draft.reason])).toEqual([
      ["clause:c1:en", "frozen"],
      ["clause:c2:en", "frozen"],
    ])
    await pause(50)
    expect(textOf(ann, "c1")).toContain("One.")
    expect(ann.generation).toBe(1)
  }, 20_000)

  test("[ROOM36] a new epoch makes offers of unsaved work and merges nothing", async () => {
    const world = setUp()
    const ann = world.session("ann")
    await online(ann)
    const hub = world.net.hub
    world.net.hub = null
    world.net.cut()
    await until(() => ann.state.connection === "offline")
    write(ann, "c1", "From the old epoch.")
    world.log.raiseEpoch("doc")
    world.epoch = 2
    world.net.hub = hub
    await until(() => ann.generation === 1 && ann.state.synced, "the new epoch", 8000)
    expect(ann.state.offered.map((draft) => [draft.key, draft.why])).toEqual([["clause:c1:en", "epoch"]])
    expect(textOf(ann, "c1")).toContain("One.")
    expect(ann.state.unsaved.size).toBe(0)
  }, 20_000)

  test("[ROOM37] a ticket that is refused, and a desk that says no, end in `refused`; a desk away means offline", async () => {
    const world = setUp()
    const bad = world.session("ann", {
      fetchTicket: async () => ({ room: "doc.e1.s2", ticket: "bad/0", expiresAt: new Date().toISOString() }),
    })
    const no = world.session("ben", {
      fetchTicket: () => Promise.reject(Object.assign(new Error("no"), { status: 403 })),
    })
    const away = world.session("cy", { fetchTicket: () => Promise.reject(new Error("network")) })
    await until(() => bad.state.connection === "refused" && no.state.connection === "refused")
    await until(() => away.state.connection === "offline")
  })
})
