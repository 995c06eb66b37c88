import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { CLOSE, encodeUpdate } from "./protocol.ts"
import { replay, setUpHub, textUpdate } from "./test-support/one-hub.ts"
import { bearer, pause, until } from "./test-support/wire-client.ts"
import type { AppendRequest } from "./update-log.ts"

describe("edits", () => {
  test("[ROOM1] nobody is sent, and nobody acknowledged, what is not in the log yet ([LOG1])", async () => {
    const { log, client } = setUpHub()
    const append = log.append.bind(log)
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    log.append = async (requests) => {
      await gate
      return append(requests)
    }
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "hello")
    const late = client("cy")
    await until(() => late.synced)
    await pause(30)
    expect(ben.text("a").toJSON()).toBe("")
    expect(late.text("a").toJSON()).toBe("")
    expect(ann.acked).toBeLessThan(2)
    release()
    await until(() => ben.text("a").toJSON() === "hello" && late.text("a").toJSON() === "hello")
    await until(() => ann.acked === 2)
  })

  test("[ROOM2] [LOG2] replaying the log alone gives the live text, without gaps, each row with its author", async () => {
    const { log, client } = setUpHub()
    const clients = ["ann", "ben", "cy"].map((user) => client(user))
    await until(() => clients.every((c) => c.synced))
    for (let i = 0; i < 60; i++) clients[i % 3]?.text("a").insert(0, `${i} `)
    await until(
      () => new Set(clients.map((c) => c.text("a").toJSON())).size === 1 && clients.every((c) => c.acked >= 21),
    )
    const entries = await log.readAfter("doc", 0)
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
    expect(await replay(log)).toBe(clients[0]?.text("a").toJSON())
    const authors = await log.clientAuthors("doc")
    for (const c of clients) expect(authors.get(c.doc.clientID)).toBe(c.bearer.userId)
    for (const entry of entries)
      for (const id of Y.parseUpdateMeta(entry.bytes).to.keys()) expect(authors.get(id)).toBe(entry.author)
  })

  test("[ROOM3] one commit takes what all rooms have gathered while the last was under way", async () => {
    const { log, client } = setUpHub()
    log.create({ doc: "other" })
    const sizes: number[] = []
    const append = log.append.bind(log)
    log.append = async (requests: readonly AppendRequest[]) => {
      sizes.push(requests.length)
      await pause(20)
      return append(requests)
    }
    const ann = client("ann")
    const ben = client("ben", { bearer: bearer("ben", { doc: "other" }) })
    await until(() => ann.synced && ben.synced)
    for (let i = 0; i < 10; i++) {
      ann.text("a").insert(0, "x")
      ben.text("a").insert(0, "y")
      await pause(1)
    }
    await until(() => ann.acked === 11 && ben.acked === 11)
    expect(sizes.length).toBeLessThan(10)
    expect(Math.max(...sizes)).toBe(2)
  })

  test("[ROOM4] updates judged by older rules are judged again before they are appended ([LOG5])", async () => {
    const { log, hub, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "one ")
    await until(() => ann.acked === 2)
    const append = log.append.bind(log)
    log.append = async (requests) => {
      log.append = append
      // the act commits between the judgement and the append
      log.act("doc", { rules: { closedClauses: new Set(["a"]) } })
      return append(requests)
    }
    ann.text("a").insert(0, "late ")
    ben.text("b").insert(0, "open")
    await until(() => ann.closed !== null)
    expect(ann.closed?.code).toBe(CLOSE.rejected)
    const rejection = { type: "rejected", reason: "clause_closed", clauseId: "a" }
    await until(() => ann.notices.some((notice) => notice.type === "rejected"))
    expect(ann.notices.at(-1)).toEqual(rejection)
    await until(() => ben.acked === 2)
    expect(await replay(log)).toBe("one ")
    expect(await replay(log, "b")).toBe("open")
    expect(hub.stats().rejudgements).toBeGreaterThan(0)
  })

  test("[ROOM5] a client id that another node bound to another user meanwhile is refused ([LOG4])", async () => {
    const { log, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ben.text("b").insert(0, "x")
    await until(() => ben.acked === 2)
    const rev = (await log.rules("doc"))?.rev ?? 0
    await log.append([
      { doc: "doc", rulesRev: rev, updates: [], newClients: [{ clientId: ann.doc.clientID, author: "mallory" }] },
    ])
    ann.text("a").insert(0, "x")
    await until(() => ann.closed !== null)
    await until(() => ann.notices.some((n) => n.type === "rejected" && n.reason === "foreign_client"))
    expect(await replay(log)).toBe("")
  })

  test("[ROOM6] after a refusal every later frame of that socket is discarded, and earlier ones stay", async () => {
    const { log, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    log.act("doc", { rules: { closedClauses: new Set(["shut"]) } })
    ann.text("a").insert(0, "good")
    ann.text("shut").insert(0, "bad")
    ann.text("a").insert(0, "lost ")
    await until(() => ann.closed?.code === CLOSE.rejected)
    await until(() => ben.text("a").toJSON() === "good")
    await pause(30)
    expect(await replay(log)).toBe("good")
    expect(ben.closed).toBeNull()
  })

  test("[ROOM7] before a refusal the node catches up: what another node has permitted or written meanwhile counts", async () => {
    const { log, hub, client } = setUpHub()
    const ann = client("ann")
    await until(() => ann.synced)
    ann.text("a").insert(0, "x")
    await until(() => ann.acked === 2)
    // another node's client writes; this node is not told
    const elsewhere = textUpdate("from elsewhere ", "b")
    const subscribers = log.append.bind(log)
    const rev = (await log.rules("doc"))?.rev ?? 0
    await subscribers([
      {
        doc: "doc",
        rulesRev: rev,
        updates: [{ author: "ben", bytes: elsewhere.bytes }],
        newClients: [{ clientId: elsewhere.doc.clientID, author: "ben" }],
      },
    ])
    // ann has it from there, and builds on it
    Y.applyUpdate(ann.doc, elsewhere.bytes, ann)
    ann.text("b").insert(5, "HERE ")
    await until(() => ann.acked === 3)
    expect(await replay(log, "b")).toBe("from HERE elsewhere ")
    expect(hub.stats().refusals).toBe(0)
    // and honest readers offer what they have: known structs of others are not refused
    ann.send(encodeUpdate(elsewhere.bytes))
    await until(() => ann.acked === 4)
    expect(ann.closed).toBeNull()
  })

  test("[ROOM8] readers without the right to edit are never asked for updates, and refused if they send one", async () => {
    const { log, client } = setUpHub()
    const observer = client("olga", { bearer: bearer("olga", { mayEdit: false, party: null }) })
    await until(() => observer.synced)
    expect(observer.acked).toBe(0)
    observer.text("a").insert(0, "x")
    expect(observer.closed?.code).toBe(CLOSE.rejected)
    expect(await replay(log)).toBe("")
  })

  test("[ROOM9] bytes that are no message, and updates that are no update, close 4403; too large ones 4413", async () => {
    const { client } = setUpHub({ limits: { maxUpdateBytes: 1000, maxFrameBytes: 5000 } })
    const clients = Array.from({ length: 4 }, (_, i) => client(`u${i}`))
    await until(() => clients.every((c) => c.synced))
    clients[0]?.send(Uint8Array.from([0, 2, 200, 1, 5]))
    clients[1]?.send(encodeUpdate(Uint8Array.from([9, 9, 9, 9])))
    clients[2]?.send(encodeUpdate(new Uint8Array(2000)))
    clients[3]?.send(new Uint8Array(6000))
    await until(() => clients.every((c) => c.closed !== null))
    expect(clients.map((c) => c.closed?.code)).toEqual([4403, 4403, 4413, 4413])
  })
})

describe("early edits", () => {
  test("[ROOM30] what is typed on a new socket before its offline work has been asked for waits for it", async () => {
    const { log, client } = setUpHub()
    const ann = client("ann", { flowing: false })
    const flow = () => {
      for (let i = 0; i < 5; i++) {
        ann.moveOut()
        ann.moveIn()
      }
    }
    while (!ann.synced) {
      flow()
      await pause(1)
    }
    flow()
    ann.drop()
    ann.text("a").insert(0, "offline ")
    ann.connect()
    ann.text("a").insert(8, "typed at once ")
    while (ann.acked < 2) {
      flow()
      await pause(1)
    }
    expect(ann.closed).toBeNull()
    expect(await replay(log)).toBe("offline typed at once ")
  })

  test("[ROOM30] what follows on it waits too: an acknowledgement never speaks for an edit that is not in the log", async () => {
    const { log, hub, client } = setUpHub()
    const [ann, ben] = [client("ann", { flowing: false }), client("ben")]
    const flow = () => {
      for (let i = 0; i < 5; i++) {
        ann.moveOut()
        ann.moveIn()
      }
    }
    await until(() => ben.synced)
    ben.text("a").insert(0, "one two")
    await until(() => ben.acked === 2)
    while (!ann.synced || ann.text("a").length === 0) {
      flow()
      await pause(1)
    }
    ann.drop()
    ann.text("b").insert(0, "offline ")
    ann.connect()
    // the first waits for the offline work; the second, of another's letters, could be taken at once
    ann.text("b").insert(8, "typed ")
    ann.text("a").delete(0, 4)
    for (let i = 0; i < 3; i++) ann.moveOut()
    await until(() => hub.stats().pendingUpdates === 0)
    await pause(20)
    while (ann.inbox.length > 0) ann.moveIn()
    expect(await replay(log, "a")).toBe("one two")
    expect(ann.acked).toBe(0)
    await until(() => {
      flow()
      return ann.acked >= 3
    })
    expect([await replay(log, "a"), await replay(log, "b")]).toEqual(["two", "offline typed "])
  })
})
