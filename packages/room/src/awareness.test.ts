import { describe, expect, test } from "vitest"
import { CLOSE, encodeAwareness } from "./protocol.ts"
import { setUpHub } from "./test-support/one-hub.ts"
import { makeShadowJudge } from "./test-support/shadow-judge.ts"
import { bearer, pause, until, type WireClient } from "./test-support/wire-client.ts"

describe("awareness", () => {
  const state = (client: WireClient, clock: number, value: Record<string, unknown> | null) =>
    encodeAwareness([{ clientId: client.doc.clientID, clock, state: value }])
  const awarenessFrames = (client: WireClient) => client.frames.filter((frame) => frame[0] === 1)
  const heard = (client: WireClient, word: string) =>
    awarenessFrames(client).some((frame) => Buffer.from(frame).includes(word))

  test("[ROOM20] goes to the own delegation only, in one frame for many moves, and never into the log", async () => {
    const { log, client } = setUpHub()
    const [ann, amy] = [client("ann"), client("amy")]
    const boris = client("boris", { bearer: bearer("boris", { party: "RU" }) })
    await until(() => [ann, amy, boris].every((c) => c.synced))
    for (let i = 1; i <= 20; i++) ann.send(state(ann, i, { cursor: `at ${i}` }))
    await until(() => heard(amy, "at 20"))
    expect(awarenessFrames(amy)).toHaveLength(1)
    expect(awarenessFrames(boris)).toHaveLength(0)
    expect(await log.readAfter("doc", 0)).toHaveLength(0)
  })

  test("[ROOM21] bears the ticket's name, and nobody can speak under another's client id", async () => {
    const { client } = setUpHub()
    const [ann, amy, eve] = [client("ann"), client("amy"), client("eve")]
    await until(() => [ann, amy, eve].every((c) => c.synced))
    ann.send(state(ann, 1, { user: { name: "the head", color: "#123456" } }))
    await until(() => heard(amy, "#123456"))
    expect(heard(amy, "the head")).toBe(false)
    expect(heard(amy, '"name":"ann"')).toBe(true)
    eve.send(state(ann, 9, { user: {}, evil: true }))
    await pause(80)
    expect(heard(amy, "evil")).toBe(false)
  })

  test("[ROOM55] a caret of somebody who may edit makes the judge ready, once; being there and reading don't", async () => {
    let judges = 0
    const { client } = setUpHub({
      makeJudge: (doc) => {
        judges++
        return makeShadowJudge(doc)
      },
    })
    const ann = client("ann")
    const olga = client("olga", { bearer: bearer("olga", { mayEdit: false }) })
    await until(() => ann.synced && olga.synced)
    ann.send(state(ann, 1, { user: {}, caret: null }))
    olga.send(state(olga, 1, { cursor: { at: 1 } }))
    await pause(80)
    expect(judges).toBe(0)
    ann.send(state(ann, 2, { user: {}, caret: { place: "s1.c1:en" } }))
    ann.send(state(ann, 3, { user: {}, caret: { place: "s1.c2:en" } }))
    await until(() => judges === 1)
    ann.text("a").insert(0, "x")
    await until(() => ann.acked === 1)
    expect(judges).toBe(1)
  })

  test("[ROOM22] is taken away when its socket closes, is bounded in size, and refused when it is no JSON", async () => {
    const { client } = setUpHub()
    const [ann, amy, eve] = [client("ann"), client("amy"), client("eve")]
    await until(() => [ann, amy, eve].every((c) => c.synced))
    ann.send(state(ann, 1, { here: "yes" }))
    await until(() => heard(amy, "here"))
    ann.drop()
    await until(() => heard(amy, "null"))
    amy.send(state(amy, 1, { big: "b".repeat(5000) }))
    await pause(80)
    expect(heard(eve, "bbbb")).toBe(false)
    eve.send(Uint8Array.from([1, 5, 1, 7, 1, 1, 0x7b]))
    await until(() => eve.closed?.code === CLOSE.rejected)
  })
})
