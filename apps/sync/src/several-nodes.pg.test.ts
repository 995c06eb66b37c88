import { putNote, readCaucus } from "@alternat/document"
import { ok } from "@alternat/plan"
import type { NodeBus } from "@alternat/room"
import { pause, seededRandom, until } from "@alternat/room/test-support"
import { CAST, redisProgram, startTestRedis, type TestRedis, WITHOUT_REDIS } from "@alternat/testkit"
import { Redis } from "ioredis"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createRedisBus } from "./redis-bus.ts"
import { type Client, metric, Nodes, replay, type TestNode, wordsOf } from "./test/nodes.ts"

let nodes: Nodes
let redis: TestRedis | null = null
let plans = 0
beforeAll(async () => {
  nodes = await Nodes.open()
  if (redisProgram !== null) redis = await startTestRedis()
})
afterEach(() => nodes.clear())
afterAll(async () => {
  await nodes.close()
  await redis?.close()
})

async function redisBus(): Promise<NodeBus> {
  const bus = createRedisBus(redis?.url ?? "")
  await until(() => bus.state === "up", "the bus", 8000)
  return bus
}

/** Two nodes of a new plan, and a drafter of each side on each of them. */
async function setUp(openBus: () => Promise<NodeBus | null>) {
  await nodes.install(`plan-${++plans}`)
  const [first, second] = [await nodes.node(await openBus()), await nodes.node(await openBus())]
  const [ann, ben] = [await nodes.client(first, CAST.drafterUs), await nodes.client(second, CAST.drafterRu)]
  return { first, second, ann, ben, doc: nodes.docOf("plan", "US") }
}

/** Each types words of its own into one clause, all at once; gives the words. */
async function typeAtOnce(clients: readonly Client[], rounds: number, seed = 1): Promise<readonly string[]> {
  const random = seededRandom(seed)
  const typed: string[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [who, client] of clients.entries()) {
      const word = ` ${"abcd"[who]}${round} `
      const words = wordsOf(client.doc)
      words.insert(random.below(words.length + 1), word)
      typed.push(word.trim())
    }
    if (round % 5 === 0) await pause(2)
  }
  return typed
}

/** All clients and the log alone hold the same words of the clause. */
async function settle(clients: readonly Client[], { store }: TestNode, doc: string): Promise<string> {
  const texts = (): Set<string> => new Set(clients.map((client) => wordsOf(client.doc).toJSON()))
  const inLog = async () => wordsOf(await replay(store, doc)).toJSON()
  await expect
    .poll(async () => [...texts(), await inLog()].every((text, _, [first]) => text === first), { timeout: 10_000 })
    .toBe(true)
  const entries = await store.log.readAfter(doc, 0)
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
  return inLog()
}

/** Letters of one word may stand between those of another, when both were typed in one place. */
const letters = (text: string): string => text.replaceAll(" ", "").split("").toSorted().join("")

const withRedis = (): Promise<NodeBus | null> => redisBus()
const alone = async (): Promise<NodeBus | null> => null

describe.each([
  ["Redis", withRedis],
  ["LISTEN/NOTIFY alone", alone],
] as const)("two nodes, with %s", (carrier, openBus) => {
  const needed = carrier === "Redis"

  test("[SYNC19] both take edits of one clause at once, and all converge", async ({ skip }) => {
    skip(needed && redisProgram === null, WITHOUT_REDIS)
    const { first, second, ann, ben, doc } = await setUp(openBus)
    const more = [await nodes.client(first, CAST.headRu), await nodes.client(second, CAST.headUs)]
    const typed = await typeAtOnce([ann, ben, ...more], 40)
    const text = await settle([ann, ben, ...more], first, doc)
    expect(letters(text)).toBe(letters(`One.${typed.join("")}`))
    expect(new Set((await first.store.log.readAfter(doc, 1)).map((entry) => entry.author)).size).toBe(4)
    if (needed) expect(second.heard()).toBeGreaterThan(1)
  }, 30_000)

  test("[SYNC19] an act is seen on both, and closes on both what it closes", async ({ skip }) => {
    skip(needed && redisProgram === null, WITHOUT_REDIS)
    const { first, second, ann, ben, doc } = await setUp(openBus)
    wordsOf(ann.doc).insert(0, "before ")
    await settle([ann, ben], first, doc)
    await second.store.transactAct(`plan-${plans}`, CAST.headUs, { caucus: false }, async (tx) => {
      await tx.applyStandingChanges([{ type: "plan", status: "frozen" }])
      return ok(null)
    })
    wordsOf(ann.doc).insert(0, "after ")
    wordsOf(ben.doc).insert(0, "after ")
    await until(() => ann.closed.length === 1 && ben.closed.length === 1)
    expect([...ann.closed, ...ben.closed]).toEqual([4403, 4403])
    expect(wordsOf(await replay(first.store, doc)).toJSON()).toBe("before One.")
  }, 30_000)

  test("[SYNC20] nothing of a caucus reaches the other side, whichever node it is on", async ({ skip }) => {
    skip(needed && redisProgram === null, WITHOUT_REDIS)
    const { first, second, ann, ben } = await setUp(openBus)
    const own = await nodes.client(first, CAST.drafterUs, "caucus")
    const colleague = await nodes.client(second, CAST.headUs, "caucus")
    const [glebHere, glebThere] = [
      await nodes.client(first, CAST.headRu, "caucus"),
      await nodes.client(second, CAST.headRu, "caucus"),
    ]
    const note = { kind: "red_line", clauseId: null, refersTo: [], role: "drafter", marking: "", data: null } as const
    putNote(own.doc, { ...note, id: "n1", at: new Date().toISOString(), text: "canary-in-the-caucus" })
    own.provider.awareness.setLocalStateField("cursor", { at: "canary-of-a-caret" })
    await until(() => readCaucus(colleague.doc).notes.length === 1)
    // whatever was to come has come when these, which were written after it, have
    putNote(glebHere.doc, { ...note, id: "n2", at: new Date().toISOString(), text: "theirs" })
    wordsOf(ann.doc).insert(0, "the next thing to arrive ")
    await until(() => readCaucus(glebThere.doc).notes.length === 1)
    await until(() => wordsOf(ben.doc).toJSON().startsWith("the next"))
    const others = [ben, glebHere, glebThere]
    expect(others.map((other) => other.heard()).join()).not.toContain("canary")
    expect(colleague.heard()).toContain("canary-in-the-caucus")
  }, 30_000)
})

describe("what Redis carries", () => {
  test("[SYNC20] carets cross nodes to the own delegation, its newcomers too, and never to the other", async ({
    skip,
  }) => {
    skip(redisProgram === null, WITHOUT_REDIS)
    const { second, ann, ben } = await setUp(redisBus)
    ann.provider.awareness.setLocalStateField("cursor", { at: 41 })
    const amy = await nodes.client(second, CAST.headUs)
    const seen = () => amy.provider.awareness.getStates().get(ann.doc.clientID)
    await until(() => seen()?.["cursor"]?.at === 41)
    ann.provider.awareness.setLocalStateField("cursor", { at: 42 })
    await until(() => seen()?.["cursor"]?.at === 42)
    expect(seen()?.["user"]).toMatchObject({ id: CAST.drafterUs.userId })
    ann.provider.disconnect()
    await until(() => seen() === undefined)
    expect([...ben.provider.awareness.getStates().keys()]).toEqual([ben.doc.clientID])
    expect(ben.heard()).not.toContain("cursor")
  }, 30_000)

  test("[SYNC21] killed under edits and started again: nothing is missing, and it is used again", async ({ skip }) => {
    skip(redisProgram === null || !redis, WITHOUT_REDIS)
    const { first, second, ann, ben, doc } = await setUp(redisBus)
    const typed = [...(await typeAtOnce([ann, ben], 10, 2))]
    await redis?.kill()
    typed.push(...(await typeAtOnce([ann, ben], 20, 3)))
    const without = await settle([ann, ben], first, doc)
    expect(letters(without)).toBe(letters(`One.${typed.join("")}`))
    expect([metric(first, "bus_up"), metric(second, "bus_up")]).toEqual([0, 0])
    await redis?.start()
    await until(() => metric(first, "bus_up") === 1 && metric(second, "bus_up") === 1, "the bus", 10_000)
    const heard = second.heard()
    typed.push(...(await typeAtOnce([ann, ben], 10, 4)))
    expect(letters(await settle([ann, ben], first, doc))).toBe(letters(`One.${typed.join("")}`))
    expect(second.heard()).toBeGreaterThan(heard)
  }, 60_000)

  test("[SYNC22] lost, doubled and late messages: all converge, and the log says what they hold", async ({ skip }) => {
    skip(redisProgram === null, WITHOUT_REDIS)
    const random = seededRandom(7)
    const { first, ann, ben, doc } = await setUp(async () => unreliable(await redisBus(), random))
    const typed = await typeAtOnce([ann, ben], 60, 5)
    expect(letters(await settle([ann, ben], first, doc))).toBe(letters(`One.${typed.join("")}`))
  }, 60_000)

  test("[SYNC22] garbage and messages of another epoch change nothing, and the nodes go on", async ({ skip }) => {
    skip(redisProgram === null || !redis, WITHOUT_REDIS)
    const { first, second, ann, ben, doc } = await setUp(redisBus)
    const stranger = new Redis(redis?.url ?? "")
    const channel = `alternat:0:${doc}`
    const forge = (fields: readonly number[], bytes: Uint8Array): Promise<number> => {
      const author = Buffer.from(CAST.drafterUs.userId)
      const parts = [Buffer.alloc(8), Buffer.of(1, ...fields, 1, author.length), author, Buffer.of(bytes.length), bytes]
      return stranger.publish(channel, Buffer.concat(parts))
    }
    wordsOf(ann.doc).insert(0, "first ")
    await settle([ann, ben], first, doc)
    const head = (await first.store.log.readAfter(doc, 0)).length
    const [rulesRev, next] = [1, head + 1]
    const random = seededRandom(11)
    const good = Y.encodeStateAsUpdate(wordsDoc("forged "))
    expect(await forge([0, rulesRev, next], good)).toBe(2)
    expect(await forge([2, rulesRev, next], good)).toBe(2)
    for (let i = 0; i < 300; i++) {
      const bytes = Uint8Array.from({ length: random.below(40) }, () => random.below(256))
      await forge([1, rulesRev, next], Uint8Array.of(...bytes, 255))
      await stranger.publish(channel, Buffer.from(bytes))
    }
    stranger.disconnect()
    wordsOf(ben.doc).insert(0, "second ")
    expect(await settle([ann, ben], second, doc)).toBe("second first One.")
    expect([metric(first, "bus_up"), metric(second, "bus_up")]).toEqual([1, 1])
  }, 60_000)
})

/** A document of somebody else's. */
function wordsDoc(text: string): Y.Doc {
  const doc = new Y.Doc()
  doc.getText("forged").insert(0, text)
  return doc
}

/** Loses, doubles and delays what it should say. */
function unreliable(bus: NodeBus, random: ReturnType<typeof seededRandom>): NodeBus {
  const say = (channel: string, message: Uint8Array): void => {
    const fate = random.below(4)
    if (fate === 0) return
    if (fate === 1) for (let twice = 0; twice < 2; twice++) bus.publish(channel, message)
    else if (fate === 2) setTimeout(() => bus.publish(channel, message), random.below(60))
    else bus.publish(channel, message)
  }
  return {
    subscribe: (channel, listener) => bus.subscribe(channel, listener),
    publish: say,
    onGap: (listener) => bus.onGap(listener),
    get state() {
      return bus.state
    },
    stats: () => bus.stats(),
    close: () => bus.close(),
  }
}
