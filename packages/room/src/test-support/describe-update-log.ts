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

    test("compaction keeps seq, authors and what comes after the snapshot", async () => {
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
      // an older snapshot that arrives late changes nothing
      await made.log.compact(doc, { seq: start + 1, state: bytes(1), stateVector: bytes(1) })
      expect((await made.log.load(doc))?.snapshot?.seq).toBe(start + 2)
      const outcome = (await made.log.append([request(doc, [4])]))[0]
      expect(outcome).toMatchObject({ type: "appended", firstSeq: start + 4 })
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
