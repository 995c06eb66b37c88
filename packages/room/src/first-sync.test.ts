import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { setUpHub } from "./test-support/one-hub.ts"
import { until } from "./test-support/wire-client.ts"

describe("first sync", () => {
  test("[ROOM14] is complete at the first step 2, whatever is snapshot and tail, and never empty before the read has answered", async () => {
    const { log, client } = setUpHub()
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on("update", (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 100; i++) doc.getText("a").insert(0, `${i} `)
    log.create({ doc: "doc", updates: updates.map((bytes) => ({ author: "ann", bytes })) })
    const half = new Y.Doc()
    for (const update of updates.slice(0, 50)) Y.applyUpdate(half, update)
    await log.compact("doc", { seq: 50, state: Y.encodeStateAsUpdate(half), stateVector: Y.encodeStateVector(half) })
    const ann = client("ann")
    await until(() => ann.synced)
    expect(ann.text("a").toJSON()).toBe(doc.getText("a").toJSON())
    for (let i = 0; i < 70; i++) ann.text("a").insert(0, "n")
    const ben = client("ben", { flowing: false })
    ben.moveOut()
    await until(() => ann.acked === 71)
    while (!ben.synced) ben.moveIn()
    expect(ben.text("a").toJSON().length).toBeGreaterThanOrEqual(doc.getText("a").length)
  })

  test("[ROOM15] a client that was away gives what it wrote and gets what it missed", async () => {
    const { client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.drop()
    ann.text("a").insert(0, "offline ")
    ben.text("b").insert(0, "meanwhile")
    await until(() => ben.acked === 2)
    ann.connect()
    await until(() => ann.text("b").toJSON() === "meanwhile" && ben.text("a").toJSON() === "offline ")
  })
})
