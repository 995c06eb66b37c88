import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { DocId, LogFeed, UpdateLog } from "../update-log.ts"

/** What a log has to bring along to be examined: two documents that hold nothing, and the acts' side of the rules. */
export interface LogUnderTest {
  readonly log: UpdateLog
  readonly feed: LogFeed
  readonly docs: readonly [DocId, DocId]
  /** user ids that exist, where the log minds */
  readonly users: readonly [string, string]
  /** what an act's transaction does to a document's rules: `rules_rev` rises */
  changeRules(doc: DocId, rules: { readonly frozen: boolean }): Promise<void>
  close(): Promise<void>
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
/** A Yjs update that says nothing: logs must not look into them. */
const payload = (n: number): Uint8Array => bytes(0, 0, n)

/** The contract of `UpdateLog`, run on memory and on PostgreSQL. */
export function describeUpdateLog(name: string, makeLog: () => Promise<LogUnderTest>): void {
  describe(`UpdateLog: ${name}`, () => {
    let made: LogUnderTest
    let base = new Map<DocId, { seq: number; rev: number }>()
    beforeEach(async () => {
      made = await makeLog()
      base = new Map()
      for (const doc of made.docs) {
        const stored = await made.log.load(doc)
        base.set(doc, { seq: stored?.headSeq ?? -1, rev: stored?.rulesRev ?? -1 })
      }
    })
    afterEach(() => made.close())

    const seqOf = (doc: DocId): number => base.get(doc)?.seq ?? -1
    const request = (
      doc: DocId,
      values: readonly number[],
      more: { rev?: number; author?: string; newClients?: readonly { clientId: number; author: string }[] } = {},
    ) => ({
      doc,
      rulesRev: more.rev ?? base.get(doc)?.rev ?? -1,
      updates: values.map((n) => ({ author: more.author ?? made.users[0], bytes: payload(n) })),
      newClients: more.newClients ?? [],
    })

    test("[LOG3] sequence numbers have no gaps, and come back in order with their authors and bytes", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      expect(await made.log.append([request(doc, [1, 2])])).toEqual([
        { type: "appended", firstSeq: start + 1, lastSeq: start + 2 },
      ])
      await made.log.append([request(doc, [3], { author: made.users[1] })])
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => entry.seq)).toEqual([start + 1, start + 2, start + 3])
      expect(entries.map((entry) => [...entry.bytes])).toEqual([
        [0, 0, 1],
        [0, 0, 2],
        [0, 0, 3],
      ])
      expect(entries.map((entry) => entry.author)).toEqual([made.users[0], made.users[0], made.users[1]])
      expect(entries.every((entry) => entry.at instanceof Date)).toBe(true)
      expect((await made.log.readAfter(doc, start + 2)).map((entry) => entry.seq)).toEqual([start + 3])
    })

    test("[LOG3] appends that race keep their updates together and leave no gap", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      await Promise.all([1, 2, 3, 4, 5, 6].map((n) => made.log.append([request(doc, [n, n])])))
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 12 }, (_, i) => start + 1 + i))
      for (let i = 0; i < 12; i += 2) expect(entries[i]?.bytes).toEqual(entries[i + 1]?.bytes)
    })

    test("[LOG5] an update judged by older rules is not appended, and the neighbour in its batch is", async () => {
      const [first, second] = made.docs
      await made.changeRules(first, { frozen: true })
      const outcomes = await made.log.append([request(first, [1]), request(second, [2])])
      const rules = await made.log.rules(first)
      if (!rules) throw new Error("the document has gone")
      expect(rules.frozen).toBe(true)
      expect(outcomes[0]).toEqual({ type: "rulesChanged", rulesRev: rules.rev })
      expect(outcomes[1]?.type).toBe("appended")
      const again = await made.log.append([request(first, [1], { rev: rules.rev })])
      expect(again[0]?.type).toBe("appended")
      expect((await made.log.load(first))?.rulesRev).toBe(rules.rev)
    })

    test("[LOG4] a client id belongs to its first author, in this batch and ever after", async () => {
      const [doc] = made.docs
      const [mine, theirs] = made.users
      const start = seqOf(doc)
      const claim = (author: string) => request(doc, [1], { author, newClients: [{ clientId: 4_000_000_007, author }] })
      expect((await made.log.append([claim(mine)]))[0]?.type).toBe("appended")
      expect((await made.log.append([claim(mine)]))[0]?.type).toBe("appended")
      expect((await made.log.append([claim(theirs)]))[0]).toEqual({ type: "clientTaken", clientId: 4_000_000_007 })
      expect((await made.log.clientAuthors(doc)).get(4_000_000_007)).toBe(mine)
      expect(await made.log.readAfter(doc, start)).toHaveLength(2)
    })

    test("a document that is not there fails alone", async () => {
      const [doc] = made.docs
      const missing = "no-such-document"
      const outcomes = await made.log.append([
        { doc: missing, rulesRev: 1, updates: [{ author: made.users[0], bytes: payload(1) }], newClients: [] },
        request(doc, [2]),
      ])
      expect(outcomes.map((outcome) => outcome.type)).toEqual(["noSuchDocument", "appended"])
      expect(await made.log.load(missing)).toBeNull()
    })

    test("compaction keeps the log and its authors, and a load reads what comes after the snapshot", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      await made.log.append([request(doc, [1, 2, 3])])
      await made.log.compact(doc, { seq: start + 2, state: bytes(9, 9), stateVector: bytes(7) })
      const stored = await made.log.load(doc)
      expect(stored?.snapshot?.seq).toBe(start + 2)
      expect([...(stored?.snapshot?.state ?? [])]).toEqual([9, 9])
      expect([...(stored?.snapshot?.stateVector ?? [])]).toEqual([7])
      expect(stored?.tail.map((entry) => entry.seq)).toEqual([start + 3])
      expect(stored?.headSeq).toBe(start + 3)
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => [entry.seq, entry.author, ...entry.bytes])).toEqual(
        [1, 2, 3].map((n) => [start + n, made.users[0], 0, 0, n]),
      )
      // an older snapshot that arrives late changes nothing
      await made.log.compact(doc, { seq: start + 1, state: bytes(1), stateVector: bytes(1) })
      expect((await made.log.load(doc))?.snapshot?.seq).toBe(start + 2)
      const outcome = (await made.log.append([request(doc, [4])]))[0]
      expect(outcome).toMatchObject({ type: "appended", firstSeq: start + 4 })
    })

    test("[LOG3] many writers at once, on both documents in either order, leave no gap and mix no batch", async () => {
      const writers = Array.from({ length: 24 }, (_, n) => {
        const author = made.users[n % 2]
        const batch = made.docs.map((doc) => request(doc, [n, n, n], author === undefined ? {} : { author }))
        return made.log.append(n % 2 === 0 ? batch : batch.toReversed())
      })
      expect((await Promise.all(writers)).flat().every((outcome) => outcome.type === "appended")).toBe(true)
      for (const doc of made.docs) {
        const entries = await made.log.readAfter(doc, seqOf(doc))
        expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 72 }, (_, i) => seqOf(doc) + 1 + i))
        for (let i = 0; i < 72; i += 3) {
          const n = entries[i]?.bytes[2] ?? -1
          expect(entries.slice(i, i + 3).map((entry) => [...entry.bytes, entry.author])).toEqual(
            Array.from({ length: 3 }, () => [0, 0, n, made.users[n % 2]]),
          )
        }
      }
    })

    test("[LOG3] an empty batch writes nothing, and a large one comes back whole", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      expect(await made.log.append([])).toEqual([])
      expect(await made.log.append([request(doc, [])])).toEqual([
        { type: "appended", firstSeq: start + 1, lastSeq: start },
      ])
      const large = new Uint8Array(1 << 20).fill(7)
      const many = Array.from({ length: 2000 }, (_, i) => bytes(0, 0, i % 256))
      const updates = [large, ...many].map((update, i) => ({ author: made.users[i % 2 ? 1 : 0], bytes: update }))
      expect((await made.log.append([{ ...request(doc, []), updates }]))[0]?.type).toBe("appended")
      const sent = updates.map((update) => Buffer.from(update.bytes).toString("base64"))
      large.fill(9) // the buffer is its sender's again
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => Buffer.from(entry.bytes).toString("base64"))).toEqual(sent)
      expect(entries.map((entry) => entry.author)).toEqual(updates.map((update) => update.author))
    })

    test("[LOG4] of two authors that claim a client id at once one gets it, and nothing of the other is kept", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      const claims = made.users.map((author, i) =>
        made.log.append([
          request(doc, [i], {
            author,
            newClients: [
              { clientId: 500 + i, author },
              { clientId: 499, author },
            ],
          }),
        ]),
      )
      const outcomes = (await Promise.all(claims)).flat()
      expect(outcomes.map((outcome) => outcome.type).toSorted()).toEqual(["appended", "clientTaken"])
      const won = outcomes[0]?.type === "appended" ? 0 : 1
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => [entry.author, entry.bytes[2]])).toEqual([[made.users[won], won]])
      const authors = await made.log.clientAuthors(doc)
      expect([authors.get(499), authors.get(500 + won), authors.has(501 - won)]).toEqual([
        made.users[won],
        made.users[won],
        false,
      ])
    })

    test("[LOG4] one request can't give a client id to two, a later one of the same batch neither", async () => {
      const [doc] = made.docs
      const [mine, theirs] = made.users
      const both = request(doc, [1], {
        newClients: [
          { clientId: 600, author: mine },
          { clientId: 600, author: theirs },
        ],
      })
      expect((await made.log.append([both]))[0]).toEqual({ type: "clientTaken", clientId: 600 })
      const claim = (author: string) => request(doc, [2], { author, newClients: [{ clientId: 601, author }] })
      const outcomes = await made.log.append([claim(mine), claim(theirs), request(doc, [3])])
      expect(outcomes.map((outcome) => outcome.type)).toEqual(["appended", "clientTaken", "appended"])
      const entries = await made.log.readAfter(doc, seqOf(doc))
      expect(entries.map((entry) => entry.seq)).toEqual([seqOf(doc) + 1, seqOf(doc) + 2])
    })

    test("[LOG5] what was judged by older rules binds no client id", async () => {
      const [doc] = made.docs
      const [author] = made.users
      await made.changeRules(doc, { frozen: true })
      const head = (await made.log.load(doc))?.headSeq
      const [outcome] = await made.log.append([request(doc, [1], { newClients: [{ clientId: 700, author }] })])
      expect(outcome?.type).toBe("rulesChanged")
      expect((await made.log.clientAuthors(doc)).has(700)).toBe(false)
      expect((await made.log.load(doc))?.headSeq).toBe(head)
    })

    test("a document that is not there has no rows, authors or rules, and can't be compacted", async () => {
      const { log } = made
      await log.compact("no-such-document", { seq: 1, state: bytes(1), stateVector: bytes(1) })
      expect(await log.load("no-such-document")).toBeNull()
      expect(await log.readAfter("no-such-document", 0)).toEqual([])
      expect([...(await log.clientAuthors("no-such-document"))]).toEqual([])
      expect(await log.rules("no-such-document")).toBeNull()
    })

    test("while others append and compact, each load is of one moment: snapshot and tail reach the head without a gap", async () => {
      const [doc] = made.docs
      const start = seqOf(doc)
      const loads: ReturnType<UpdateLog["load"]>[] = []
      const work: Promise<unknown>[] = []
      for (let i = 0; i < 30; i++) {
        work.push(made.log.append([request(doc, [i, i])]))
        loads.push(made.log.load(doc))
        if (i % 3 === 2) {
          const head = (await made.log.load(doc))?.headSeq ?? start
          // past a batch's end and in its middle, twice the same, and one that comes late
          for (const seq of [head, head - 1, head])
            if (seq > start) work.push(made.log.compact(doc, { seq, state: bytes(seq % 256), stateVector: bytes(0) }))
          loads.push(made.log.load(doc))
        }
      }
      await Promise.all(work)
      loads.push(made.log.load(doc))
      for (const stored of await Promise.all(loads)) {
        const first = stored?.snapshot?.seq ?? 0
        expect(stored?.tail.map((entry) => entry.seq)).toEqual(
          Array.from({ length: (stored?.headSeq ?? 0) - first }, (_, i) => first + 1 + i),
        )
        if (stored?.snapshot && first > start) expect([...stored.snapshot.state]).toEqual([first % 256])
      }
      const entries = await made.log.readAfter(doc, start)
      expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 60 }, (_, i) => start + 1 + i))
      expect(entries.every((entry) => entry.author === made.users[0])).toBe(true)
      // a snapshot of what is not there yet is none
      const head = start + 60
      await made.log.compact(doc, { seq: head + 1, state: bytes(1), stateVector: bytes(1) })
      expect((await made.log.load(doc))?.snapshot?.seq ?? 0).toBeLessThanOrEqual(head)
    })

    test("the feed tells where a document's log and rules stand after an append and after an act", async () => {
      const [doc] = made.docs
      const news: { headSeq: number; rulesRev: number }[] = []
      const stop = made.feed.subscribe((item) => item.doc === doc && news.push(item))
      const soon = (is: () => boolean) => expect.poll(is, { timeout: 3000, interval: 10 }).toBe(true)
      await made.log.append([request(doc, [1, 2])])
      await soon(() => news.some((item) => item.headSeq === seqOf(doc) + 2))
      const rev = Math.max(...news.map((item) => item.rulesRev))
      await made.changeRules(doc, { frozen: true })
      await soon(() => news.some((item) => item.rulesRev > rev))
      stop()
    })
  })
}
