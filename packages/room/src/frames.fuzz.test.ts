import { initialCaucusUpdate, loadDoc, readCaucus, readPlan, readPlanState } from "@alternat/document"
import { effort, readings } from "@alternat/document/test-support"
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createHub } from "./hub.ts"
import type { Hub } from "./hub-face.ts"
import { DEFAULT_LIMITS } from "./limits.ts"
import { type MemoryLog, memoryLog } from "./memory-log.ts"
import { CLOSE, decodeMessage, encodeUpdate } from "./protocol.ts"
import { hostileFrame, hostileFrameBytes } from "./test-support/hostile-frame.ts"
import { smallDocument } from "./test-support/small-document.ts"
import { bearer, until, WireClient } from "./test-support/wire-client.ts"
import type { TicketBearer } from "./update-log.ts"

/** Frames of one run: 100,000 of them are tried in `npm run fuzz`. */
const FRAMES = 10
const { runs, timeoutMs } = effort({ short: 150, long: 10_000 })

const PLAN = smallDocument({ c1: "One.", c2: "Two." })
const CAUCUS = initialCaucusUpdate({ drafts: [], notes: [] }, { planId: "plan", epoch: 1, clientId: 1 })
const REASONS =
  /^(clause_closed|line_closed|frozen|read_only|role|server_only|unknown_root|bad_text|bad_value|bad_characters|foreign_client|malformed|too_large|missing|reads too slowly|too many frames)$/

interface Situation {
  readonly name: string
  readonly rules?: Parameters<MemoryLog["act"]>[1]["rules"]
  readonly who: Partial<TicketBearer>
  /** nothing at all may get in */
  readonly isShut: boolean
}
const SITUATIONS: readonly Situation[] = [
  { name: "an open plan", who: {}, isShut: false },
  { name: "a closed clause", rules: { closedClauses: new Set(["c1"]) }, who: {}, isShut: false },
  { name: "a frozen plan", rules: { frozen: true }, who: {}, isShut: true },
  { name: "a reader", who: { mayEdit: false, party: null, roles: ["observer"] }, isShut: true },
  { name: "the other side's caucus", who: { doc: "caucus", space: "caucus", party: "RU" }, isShut: true },
]

interface Stage {
  readonly situation: Situation
  readonly log: MemoryLog
  readonly hub: Hub
  readonly witness: WireClient
}
const stages: Stage[] = []
afterAll(() => Promise.all(stages.map(({ hub }) => hub.close())))

async function stageOf(situation: Situation): Promise<Stage> {
  const log = memoryLog()
  log.create({ doc: "doc", updates: [{ author: "server", bytes: PLAN }] })
  log.create({ doc: "caucus", space: "caucus", party: "US", updates: [{ author: "server", bytes: CAUCUS }] })
  if (situation.rules) log.act("doc", { rules: situation.rules })
  const hub = createHub({
    log,
    feed: log,
    tickets: { ended: async () => new Set() },
    limits: { compactAfter: 100, compactEveryMs: 0 },
  })
  const { doc = "doc", space = "plan" } = situation.who
  const options = { bearer: bearer("witness", { doc, space }) }
  // one of ours: a stock document clears away format marks, and says so
  const witness = new WireClient(hub, "witness", options, loadDoc(space, [])).connect()
  const stage = { situation, log, hub, witness }
  stages.push(stage)
  await until(() => witness.synced)
  return stage
}

/** What must stand whatever came: the log as it is read anew, and a witness that has noticed nothing. */
async function holds({ situation, log: kept, hub, witness }: Stage): Promise<void> {
  const { doc } = witness.bearer
  await until(() => hub.stats().pendingUpdates === 0, "the queue to empty", 20_000)
  const entries = await kept.readAfter(doc, 0)
  expect(witness.closed).toBeNull()
  // a caucus is counted nowhere
  expect(hub.stats().sockets).toBe(witness.bearer.space === "caucus" ? 0 : 1)
  if (situation.isShut) expect(entries).toHaveLength(1)
  const log = entries.map(({ bytes }) => bytes)
  expect(new Set(Object.values(readings(witness.bearer.space, log))).size, "readings of one log").toBe(1)
  const replayed = loadDoc(witness.bearer.space, log)
  if (witness.bearer.space === "caucus") return expect(readCaucus(replayed)).toEqual({ drafts: [], notes: [] })
  const read = JSON.stringify(readPlan(replayed, 0))
  const untouched = readPlan(loadDoc("plan", [PLAN]), 0)
  expect(readPlan(replayed, 0).plan.sections.map(({ heading }) => heading)).toEqual(
    untouched.plan.sections.map(({ heading }) => heading),
  )
  if (situation.rules?.closedClauses)
    expect(readPlan(replayed, 0).plan.sections[0]?.clauses[0]).toEqual(untouched.plan.sections[0]?.clauses[0])
  await until(
    () => JSON.stringify(readPlanState([Y.encodeStateAsUpdate(witness.doc)], 0)) === read,
    "the witness to read the same",
  )
  for (const { author, bytes } of entries.slice(1)) {
    expect(author).toMatch(/^fuzz/)
    expect(Y.decodeUpdate(bytes).structs.every(({ id }) => id.client !== 1 || id.clock < entriesOf(PLAN))).toBe(true)
  }
}

const entriesOf = (update: Uint8Array): number => Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).get(1) ?? 0

describe("hostile bytes", () => {
  for (const situation of SITUATIONS)
    test(
      `[ROOM39] frames of every making are refused by a documented word or harmless: ${situation.name}`,
      async () => {
        const stage = await stageOf(situation)
        let serial = 0
        const join = async (isAfterSync: boolean, ext: boolean): Promise<WireClient> => {
          const userId = `fuzz${serial++ % 7}`
          const options = { bearer: bearer(userId, situation.who), ext }
          const client = new WireClient(stage.hub, userId, options, loadDoc("plan", [])).connect()
          if (isAfterSync) await until(() => client.synced || client.closed !== null)
          return client
        }
        const leave = async (client: WireClient): Promise<void> => {
          await until(() => stage.hub.stats().pendingUpdates === 0, "a verdict", 20_000)
          if (client.closed) expectDocumented(client.closed)
          client.drop()
        }
        const frames = fc.array(hostileFrame, { minLength: FRAMES, maxLength: FRAMES, size: "max" })
        await fc.assert(
          fc.asyncProperty(frames, fc.boolean(), fc.boolean(), async (sent, isAfterSync, ext) => {
            let client = await join(isAfterSync, ext)
            for (const frame of sent) {
              if (!client.connected) {
                await leave(client)
                client = await join(isAfterSync, ext)
              }
              const state = isAfterSync && client.bearer.space === "plan" ? Y.encodeStateAsUpdate(client.doc) : PLAN
              client.send(hostileFrameBytes(frame, state, 10_000 + serial))
            }
            await leave(client)
          }),
          { ...runs, numRuns: Math.ceil(runs.numRuns / SITUATIONS.length) },
        )
        await holds(stage)
      },
      timeoutMs,
    )

  function expectDocumented({ code, reason }: { code: number; reason: string }): void {
    expect([CLOSE.rejected, CLOSE.tooLarge, CLOSE.tryLater]).toContain(code)
    if (code === CLOSE.rejected) expect(reason).toMatch(REASONS)
  }

  test("[ROOM40] lengths that lie are held against the frame before anything is read by them", () => {
    const lying = Uint8Array.from([0, 2, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2])
    expect(decodeMessage(lying, DEFAULT_LIMITS)).toEqual({ ok: false, error: { type: "malformed", what: "length" } })
    // the same bytes in the middle of a larger buffer: what lies behind them is not theirs
    const pool = new Uint8Array(1000).fill(65)
    pool.set([0, 2, 100, 1, 2], 10)
    expect(decodeMessage(pool.subarray(10, 15), DEFAULT_LIMITS).ok).toBe(false)
    const manyEntries = Uint8Array.from([1, 5, 0xff, 0xff, 0xff, 0xff, 0x07])
    expect(decodeMessage(manyEntries, DEFAULT_LIMITS)).toEqual({ ok: false, error: { type: "tooLarge" } })
    expect(decodeMessage(encodeUpdate(new Uint8Array(DEFAULT_LIMITS.maxUpdateBytes + 1)), DEFAULT_LIMITS)).toEqual({
      ok: false,
      error: { type: "tooLarge" },
    })
  })
})
