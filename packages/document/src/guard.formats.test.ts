import type { ClauseText } from "@alternat/plan"
import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { serverUpdate, writeFragment } from "./index.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { client, drafterRu, drafterUs, initial, observer, openRules } from "./test-support/fixture.ts"
import { fragmentOf, guardOf, rejected, type } from "./test-support/guarding.ts"

const knownAlready = { type: "ok", touched: [], news: new Uint8Array([0, 0]), newClients: [] }

test(
  "[DOC38] whatever two honest people write into one text at once, both pass, and so does what follows",
  () =>
    fc.assert(
      fc.property(fc.array(clauseText, { minLength: 5, maxLength: 5 }), (texts) => {
        const [base, ...written] = texts as [ClauseText, ClauseText, ClauseText, ClauseText, ClauseText]
        const { update, clientId } = serverUpdate([initial()], (doc) => writeFragment(fragmentOf(doc, "c1"), base))
        const state = update === null ? [initial()] : [initial(), update]
        const guard = guardOf(state, {}, [[clientId, "server"]])
        const [us, ru] = [client(11, state), client(12, state)]
        for (const round of [written.slice(0, 2), written.slice(2)]) {
          const updates = [us, ru].map((peer, at) => {
            writeFragment(fragmentOf(peer.doc, "c1"), round[at] ?? [])
            return peer.take()
          })
          updates.forEach((one, at) => {
            expect(guard.judge(one, at === 0 ? drafterUs : drafterRu, openRules())).toMatchObject({ type: "ok" })
            ;(at === 0 ? ru : us).receive(one)
          })
          expect(fragmentOf(us.doc, "c1").toJSON()).toBe(fragmentOf(ru.doc, "c1").toJSON())
        }
      }),
      { numRuns: 150 },
    ),
  30_000,
)

test("[DOC39] a client that clears away format marks without effect is not refused, even where it may not edit", () => {
  const us = client(11)
  const words = (fragmentOf(us.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  us.take()
  const marks: Uint8Array[] = []
  for (let item = words._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentFormat)) continue
    const mark = item
    us.doc.transact((transaction) => mark.delete(transaction))
    marks.push(us.take())
  }
  expect(marks).toHaveLength(2)
  const guard = guardOf()
  for (const update of marks) {
    expect(guard.judge(update, observer, openRules())).toEqual(knownAlready)
    expect(guard.judge(update, drafterUs, openRules(["c3"]))).toEqual(knownAlready)
    expect(guard.judge(update, drafterUs, { ...openRules(), frozen: true })).toEqual(knownAlready)
  }
  // what takes real emphasis away among other edits is a change of a closed text like any other
  type(us.doc, "c1", "And more.")
  expect(guard.judge(Y.mergeUpdates([...marks, us.take()]), drafterUs, openRules(["c3"]))).toEqual(
    rejected("clause_closed", "c3"),
  )
})

test("[DOC39] marks without effect may go among other edits", () => {
  const left = client(21)
  const right = client(22)
  const text21 = (fragmentOf(left.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  const text22 = (fragmentOf(right.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  text21.format(0, 5, { em: {} })
  text22.format(0, 5, { em: {} })
  const state = [initial(), left.take(), right.take()]
  // a reader that takes all at once clears doubled marks; so does the shadow, and then there is nothing to say
  const late = new Y.Doc()
  late.clientID = 23
  const said: Uint8Array[] = []
  for (const update of state) Y.applyUpdate(late, update, "remote")
  said.push(Y.encodeStateAsUpdate(late))
  type(late, "c1", "Late words.")
  const guard = guardOf(state, {}, [
    [21, "u-us"],
    [22, "u-ru"],
  ])
  expect(guard.judge(Y.encodeStateAsUpdate(late), drafterUs, openRules(["c3"]))).toMatchObject({ type: "ok" })
  expect(guard.judge(Y.mergeUpdates(said), observer, openRules(["c3"]))).toEqual(knownAlready)
})
