import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { Guard, setCell, writeFragment } from "./index.ts"
import { clauseFragment } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"
import { effort } from "./test-support/effort.ts"
import {
  client,
  drafterRu,
  drafterUs,
  initial,
  openRules,
  SERVER_CLIENT,
  text,
  translatorUs,
} from "./test-support/fixture.ts"

const { runs, timeoutMs } = effort({ short: 60, long: 10_000 })

const guardOf = () =>
  new Guard({ space: "plan", party: null, state: [initial()], authors: new Map([[SERVER_CLIENT, "server"]]) })
const type = (doc: Y.Doc, id: string, words: string) =>
  writeFragment(clauseFragment(doc, id, "en") as Y.XmlFragment, text(words))
const edit = (bearer: typeof drafterUs, clientId: number, id: string, words: string) => {
  const one = client(clientId)
  type(one.doc, id, words)
  return { update: one.take(), bearer }
}

test("[DOC50] what several people write in one moment is judged in one, each with the client ids that are new", () => {
  const guard = guardOf()
  const us = client(11)
  type(us.doc, "c1", "One.")
  const first = { update: us.take(), bearer: drafterUs }
  type(us.doc, "c1", "One, two.")
  const second = { update: us.take(), bearer: drafterUs }
  const verdicts = guard.judgeAll([first, edit(drafterRu, 12, "c2", "Three."), second, first], openRules())
  expect(verdicts?.map(({ newClients }) => newClients)).toEqual([[11], [12], [], []])
  expect(verdicts?.map(({ touched }) => touched.length > 0)).toEqual([true, true, true, false])
  // three are pending: taken back, the ids are free again
  guard.rollback()
  expect(guard.judge(edit(translatorUs, 12, "c2", "Other.").update, translatorUs, openRules())).toMatchObject({
    newClients: [12],
  })
})

test("[DOC50] where one would not pass none is accepted, and no trace stays: closed, forged, missing, or no bytes of Yjs", () => {
  const good = () => edit(drafterUs, 21, "c2", "Good.")
  const row = client(24)
  setCell(row.doc, "cost_lines", "L01", "kind_us", "in_kind")
  const later = client(25)
  type(later.doc, "c2", "First.")
  later.take()
  type(later.doc, "c2", "First, second.")
  const bad = [
    edit(drafterRu, 22, "c1", "In a closed clause."),
    edit(drafterRu, 21, "c2", "Under another's id."),
    { update: row.take(), bearer: translatorUs },
    { update: later.take(), bearer: drafterRu },
    { update: Uint8Array.of(9, 9, 9, 9), bearer: drafterRu },
  ]
  for (const one of bad) {
    const guard = guardOf()
    const before = guard.stateVector
    expect(guard.judgeAll([good(), one, edit(drafterRu, 26, "c2", "Good too.")], openRules(["c1"]))).toBeNull()
    expect(guard.stateVector).toEqual(before)
    // and alone the good one passes with its id as new as before
    expect(guard.judge(good().update, drafterUs, openRules(["c1"]))).toMatchObject({ type: "ok", newClients: [21] })
  }
})

test("[DOC50] what one writes against the schema and another takes back is not let through by being judged in one", () => {
  const guard = guardOf()
  const bad = client(31)
  const fragment = clauseFragment(bad.doc, "c1", "en") as Y.XmlFragment
  fragment.insert(0, [new Y.XmlElement("script")])
  const wrong = bad.take()
  const accomplice = client(32)
  Y.applyUpdate(accomplice.doc, wrong)
  accomplice.take()
  ;(clauseFragment(accomplice.doc, "c1", "en") as Y.XmlFragment).delete(0, 1)
  const takesBack = accomplice.take()
  const edits = [
    { update: wrong, bearer: drafterUs },
    { update: takesBack, bearer: drafterUs },
  ]
  expect(guard.judgeAll(edits, openRules())).toBeNull()
  expect(guard.judge(wrong, drafterUs, openRules())).toMatchObject({ type: "rejected", reason: "bad_text" })
})

test(
  "[DOC50] together passes only what passes alone, one after the other, and leaves the same document",
  () => {
    const step = fc.record({
      person: fc.constantFrom(drafterUs, drafterRu, translatorUs),
      clientId: fc.integer({ min: 41, max: 44 }),
      clause: fc.constantFrom("c1", "c2", "c3"),
      words: fc.string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" }),
    })
    let passed = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), fc.boolean(), (steps, closed) => {
        const rules = openRules(closed ? ["c3"] : [])
        const edits = steps.map(({ person, clientId, clause, words }) => edit(person, clientId, clause, words))
        const [one, other] = [guardOf(), guardOf()]
        const together = one.judgeAll(edits, rules)
        if (together === null) return
        passed++
        const alone = edits.map(({ update, bearer }) => other.judge(update, bearer, rules))
        expect(alone.map((verdict) => verdict.type)).toEqual(edits.map(() => "ok"))
        expect(one.stateVector).toEqual(other.stateVector)
      }),
      runs,
    )
    expect(passed).toBeGreaterThan(5)
  },
  timeoutMs,
)

test("[DOC50] what has been accepted together is in the shadow, and commits in order", () => {
  const guard = guardOf()
  const edits = [edit(drafterUs, 51, "c1", "Uno."), edit(drafterRu, 52, "c2", "Dos.")]
  expect(guard.judgeAll(edits, openRules())).toHaveLength(2)
  guard.commit(1)
  guard.rollback()
  const expected = loadDoc("plan", [initial(), edits[0]?.update ?? new Uint8Array()])
  expect(guard.stateVector).toEqual(Y.encodeStateVector(expected))
})
