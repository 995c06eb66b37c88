import { describe, expect, test } from "vitest"
import { CLOSE } from "./protocol.ts"
import { setUpHub } from "./test-support/one-hub.ts"
import { bearer, pause, until, WireClient } from "./test-support/wire-client.ts"
import { StorageAwayError } from "./update-log.ts"

describe("storage away", () => {
  test("[ROOM16] nothing is acknowledged or relayed meanwhile, and it heals by itself with nothing lost", async () => {
    const { log, hub, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "before ")
    await until(() => ben.text("a").toJSON() === "before ")
    log.away = true
    for (let i = 0; i < 5; i++) ann.text("a").insert(0, `${i}`)
    const before = ann.acked
    await pause(150)
    expect(hub.stats().storageAway).toBe(true)
    expect(ben.text("a").toJSON()).toBe("before ")
    expect(ann.acked).toBe(before)
    expect(ann.closed).toBeNull()
    const late = client("cy", { bearer: bearer("cy", { doc: "unopened" }) })
    await until(() => late.closed?.code === CLOSE.tryLater)
    log.away = false
    await until(() => ben.text("a").toJSON() === "43210before ")
    await until(() => ann.acked === 7)
    expect(hub.stats().storageAway).toBe(false)
  })

  test("[ROOM17] a commit whose outcome is unknown is not written twice once it turns out to have happened", async () => {
    const { log, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    const append = log.append.bind(log)
    log.append = async (requests) => {
      log.append = append
      await append(requests)
      log.away = true
      return append(requests)
    }
    ann.text("a").insert(0, "once")
    await pause(50)
    log.away = false
    await until(() => ann.acked === 2 && ben.text("a").toJSON() === "once")
    expect(await log.readAfter("doc", 0)).toHaveLength(1)
  })

  test("[ROOM18] past its bound the queue is let go: 1013, and the clients offer again what they still have", async () => {
    const { log, client } = setUpHub({ limits: { maxPendingBytes: 2000 } })
    const ann = client("ann")
    await until(() => ann.synced)
    log.away = true
    for (let i = 0; i < 30; i++) ann.text("a").insert(0, "x".repeat(200))
    await until(() => ann.closed?.code === CLOSE.tryLater)
    log.away = false
    await pause(150)
    const ben = client("ben")
    await until(() => ben.synced)
    new WireClient(ann.hub, "ann", {}, ann.doc).connect()
    await until(() => ben.text("a").length === 6000)
  })

  test("[ROOM19] one document that the log can't take does not hold up the others", async () => {
    const { log, client } = setUpHub()
    log.create({ doc: "sick" })
    const append = log.append.bind(log)
    log.append = async (requests) => {
      if (requests.some((request) => request.doc === "sick")) throw new Error("row too long")
      return append(requests)
    }
    const ann = client("ann")
    const sick = client("sid", { bearer: bearer("sid", { doc: "sick" }) })
    await until(() => ann.synced && sick.synced)
    sick.text("a").insert(0, "x")
    ann.text("a").insert(0, "fine")
    await until(() => ann.acked === 2)
    await until(() => sick.closed?.code === CLOSE.tryLater)
  })

  test("[ROOM53] a room whose edits the log has not taken serves who comes next, also when its rules rose meanwhile", async () => {
    const { log, hub, client } = setUpHub()
    const append = log.append.bind(log)
    let fail: (error: Error) => void = () => undefined
    log.append = () => new Promise((_, reject) => (fail = reject))
    const ann = client("ann")
    await until(() => ann.synced)
    ann.text("a").insert(0, "lost ")
    await until(() => hub.stats().pendingUpdates > 0)
    await pause(20)
    log.act("doc", { rules: { closedClauses: new Set(["c1"]) } })
    await pause(20)
    log.append = append
    fail(new Error("row too long"))
    await until(() => ann.closed?.code === CLOSE.tryLater)
    const ben = client("ben")
    await until(() => ben.synced)
    ben.text("a").insert(0, "kept")
    await until(() => ben.acked === 2)
    expect(hub.stats().pendingUpdates).toBe(0)
  })

  test("[ROOM54] a storage that can be read and not written is away until it has been written, and is asked ever later", async () => {
    const { log, hub, client } = setUpHub()
    const append = log.append.bind(log)
    let asked = 0
    const ann = client("ann")
    await until(() => ann.synced)
    log.append = async () => {
      asked++
      throw new StorageAwayError("No space left on device")
    }
    ann.text("a").insert(0, "kept")
    await until(() => hub.stats().storageAway)
    const seen = new Set<boolean>()
    for (let i = 0; i < 200; i++) {
      seen.add(hub.stats().storageAway)
      await pause(2)
    }
    expect([...seen]).toEqual([true])
    expect(asked).toBeLessThan(5)
    log.append = append
    await until(() => ann.acked === 2)
    expect(hub.stats().storageAway).toBe(false)
  })

  test("[ROOM54] it is away no longer when nothing waits for it any more", async () => {
    const { log, hub, client } = setUpHub({ limits: { maxPendingBytes: 700 } })
    const [ann, ben] = [client("ann"), client("ben")]
    // their first, empty answers count for the bound while they wait
    await until(() => ann.synced && ben.synced && hub.stats().pendingUpdates === 0)
    log.append = async () => {
      throw new StorageAwayError("No space left on device")
    }
    ann.text("a").insert(0, "kept")
    await until(() => hub.stats().storageAway)
    ann.text("a").insert(0, "more than may wait, more than may wait, more than may wait")
    ann.text("a").insert(0, "more than may wait, more than may wait, more than may wait")
    await until(() => ann.closed?.code === CLOSE.tryLater)
    const cy = client("cy")
    await until(() => cy.synced && !hub.stats().storageAway)
    expect(hub.stats().pendingUpdates).toBe(0)
    expect(ben.closed).toBeNull()
  })
})
