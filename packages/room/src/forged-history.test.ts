import { loadDoc, readPlan } from "@alternat/document"
import { decodeRawUpdate, encodeRawUpdate, type RawStruct, rawText } from "@alternat/document/test-support"
import { afterEach, expect, test } from "vitest"
import * as Y from "yjs"
import { createHub } from "./hub.ts"
import type { Hub } from "./hub-face.ts"
import { memoryLog } from "./memory-log.ts"
import { encodeStep2, encodeUpdate, readUpdate } from "./protocol.ts"
import { StoredState } from "./stored-state.ts"
import { smallDocument } from "./test-support/small-document.ts"
import { bearer, until, WireClient } from "./test-support/wire-client.ts"

// Somebody sends, under ids that are taken, other content than everybody has: who applies updates in their order passes
// it over, and who gets them merged, or the newer ones first, would not.

const PLAN = smallDocument({ c1: "One.", c2: "Two." })
const hubs: Hub[] = []
afterEach(() => Promise.all(hubs.splice(0).map((hub) => hub.close())))

const wordsOf = (doc: Y.Doc): string => JSON.stringify(readPlan(doc, 0).plan.sections[0]?.clauses.map(({ en }) => en))
const structsOf = (update: Uint8Array): readonly RawStruct[] => decodeRawUpdate(update)?.structs ?? []
const lie = (structs: readonly RawStruct[], words: string): readonly RawStruct[] =>
  structs.map((struct) =>
    struct.kind === "item" && struct.content.type === "string" && struct.content.text === "One."
      ? { ...struct, content: { type: "string", text: words } }
      : struct,
  )
/** a letter of one's own after the words of the open clause, so that something in the update is new */
function letter(structs: readonly RawStruct[], client: number): RawStruct {
  const last = structs.find((struct) => rawText(struct) === "Two.")
  if (!last) throw new Error("broken invariant: the plan has two clauses")
  const origin = { client: last.client, clock: last.clock + 3 }
  return {
    kind: "item",
    client,
    clock: 0,
    origin,
    rightOrigin: null,
    parent: "",
    parentSub: null,
    content: { type: "string", text: "x" },
  }
}

function openPlan() {
  const log = memoryLog()
  log.create({ doc: "doc", updates: [{ author: "server", bytes: PLAN }] })
  log.act("doc", { rules: { closedClauses: new Set(["c1"]) } })
  const hub = createHub({ log, feed: log, tickets: { ended: async () => new Set() } })
  hubs.push(hub)
  return { log, hub }
}

async function come(hub: Hub, name: string): Promise<WireClient> {
  const client = new WireClient(hub, name, { bearer: bearer(name) }, loadDoc("plan", [])).connect()
  await until(() => client.synced)
  return client
}

async function siege(write: (liar: WireClient) => void) {
  const { log, hub } = openPlan()
  const liar = await come(hub, "liar")
  write(liar)
  await until(() => hub.stats().updatesCommitted === 1)
  return { log, newcomer: await come(hub, "newcomer") }
}

for (const [name, frameOf] of [
  ["an update", encodeUpdate],
  ["a step 2", encodeStep2],
] as const)
  test(`[ROOM50] ${name} that holds other content under taken ids changes nothing for newcomers, and the log takes none of it`, async () => {
    const { log, newcomer } = await siege((liar) => {
      const known = structsOf(Y.encodeStateAsUpdate(liar.doc))
      liar.send(frameOf(encodeRawUpdate({ structs: [letter(known, 77), ...lie(known, "Evil")], deletions: [] })))
    })
    const [, entry] = await log.readAfter("doc", 0)
    expect(structsOf(entry?.bytes ?? PLAN).map(({ client }) => client)).toEqual([77])
    expect(wordsOf(newcomer.doc)).toBe('[[{"p":["One."]}],[{"p":["Two.x"]}]]')
  })

test("[ROOM50] a longer run that begins before what is taken is cut where it begins to be new", async () => {
  const { log, newcomer } = await siege((liar) => {
    const known = structsOf(Y.encodeStateAsUpdate(liar.doc))
    const first = letter(known, 77)
    liar.send(encodeUpdate(encodeRawUpdate({ structs: [first], deletions: [] })))
    const longer: RawStruct = { ...first, content: { type: "string", text: "yz" } } as RawStruct
    liar.send(encodeUpdate(encodeRawUpdate({ structs: [longer], deletions: [] })))
  })
  await until(() => wordsOf(newcomer.doc) === '[[{"p":["One."]}],[{"p":["Two.xz"]}]]')
  const entries = await log.readAfter("doc", 0)
  expect(wordsOf(loadDoc("plan", [Y.mergeUpdates(entries.map(({ bytes }) => bytes))]))).toBe(wordsOf(newcomer.doc))
})

test("[ROOM51] of two entries that two nodes have logged under one id the first counts, for newcomers too, before a snapshot and after it", () => {
  const known = structsOf(PLAN)
  const first = letter(known, 77)
  const told = (text: string) =>
    encodeRawUpdate({ structs: [{ ...first, content: { type: "string", text } } as RawStruct], deletions: [] })
  const doc = { doc: "doc", planId: "plan", space: "plan" as const, party: null, epoch: 1, rulesRev: 1 }
  const entry = (seq: number, bytes: Uint8Array) => ({ seq, author: "liar", at: new Date(), bytes })
  const inOrder = wordsOf(loadDoc("plan", [PLAN, told("x"), told("evil")]))
  expect(inOrder).toBe('[[{"p":["One."]}],[{"p":["Two.xvil"]}]]')
  const newcomerOf = (state: StoredState): string => {
    const copy = loadDoc("plan", [])
    for (const message of state.firstSync(Uint8Array.of(0), false).messages)
      Y.applyUpdate(copy, readUpdate(message)?.update ?? PLAN)
    return wordsOf(copy)
  }
  const both = new StoredState({
    ...doc,
    headSeq: 3,
    snapshot: null,
    tail: [entry(1, PLAN), entry(2, told("x")), entry(3, told("evil"))],
  })
  const late = new StoredState({ ...doc, headSeq: 2, snapshot: null, tail: [entry(1, PLAN), entry(2, told("x"))] })
  const told2 = late.append(3, [told("evil")])
  const folded = loadDoc("plan", [PLAN, told("x")])
  const after = new StoredState({
    ...doc,
    headSeq: 3,
    snapshot: { seq: 2, state: Y.encodeStateAsUpdate(folded), stateVector: Y.encodeStateVector(folded) },
    tail: [entry(3, told("evil"))],
  })
  for (const state of [both, late, after]) expect(newcomerOf(state)).toBe(inOrder)
  for (const bytes of told2) for (const struct of structsOf(bytes)) expect(struct.clock).toBe(1)
})

test("[ROOM52] a gap in another's run does not make the server take for known what they have yet to write", async () => {
  const VICTIM = 500
  const { hub, log } = openPlan()
  const [liar, victim, witness] = [await come(hub, "liar"), await come(hub, "victim"), await come(hub, "witness")]
  const known = structsOf(PLAN)
  const gap: RawStruct = { kind: "skip", client: VICTIM, clock: 0, length: 1000 }
  liar.send(encodeUpdate(encodeRawUpdate({ structs: [letter(known, 77), gap], deletions: [] })))
  await until(() => hub.stats().pendingUpdates === 0)
  victim.send(encodeUpdate(encodeRawUpdate({ structs: [letter(known, VICTIM)], deletions: [] })))
  await until(() => wordsOf(witness.doc).includes("Two.x"))
  expect(wordsOf((await come(hub, "newcomer")).doc)).toBe(wordsOf(witness.doc))
  expect(
    wordsOf(
      loadDoc(
        "plan",
        (await log.readAfter("doc", 0)).map(({ bytes }) => bytes),
      ),
    ),
  ).toBe(wordsOf(witness.doc))
})
