import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { Guard } from "./guard.ts"
import { clauseFragment } from "./layout.ts"
import { loadDoc, readPlan } from "./plan-space.ts"
import { drafterRu, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { type Desk, deskOf, doEdit, effort, honestEdit, textsOfPlan } from "./test-support/index.ts"

const { runs, timeoutMs } = effort({ short: 80, long: 10_000 })
const PEOPLE = 3

interface Person {
  readonly desk: Desk
  /** what this person has written and the guard has not seen */
  readonly outbox: Uint8Array[]
  /** how much of the log this person has read */
  read: number
}

const personOf = (clientId: number): Person => {
  const desk = deskOf(loadDoc("plan", [initial()]))
  desk.doc.clientID = clientId
  const outbox: Uint8Array[] = []
  desk.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "log" && outbox.push(update))
  return { desk, outbox, read: 1 }
}

const step = fc.record({
  person: fc.nat(PEOPLE - 1),
  does: fc.oneof(
    { weight: 4, arbitrary: honestEdit },
    { weight: 2, arbitrary: fc.constant("send" as const) },
    { weight: 2, arbitrary: fc.constant("read" as const) },
  ),
})

test(
  "[DOC43] what several people do at once, in any order of arrival, with undo and redo, passes and reads the same for all",
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const log = [initial()]
        const guard = new Guard({
          space: "plan",
          party: null,
          state: [...log],
          authors: new Map([[SERVER_CLIENT, "server"]]),
        })
        const people = Array.from({ length: PEOPLE }, (_, i) => personOf(100 + i))
        const send = ({ outbox }: Person, i: number) => {
          for (const update of outbox.splice(0)) {
            const bearer = i % 2 === 0 ? drafterUs : drafterRu
            expect(guard.judge(update, { ...bearer, userId: `u${i}` }, openRules())).toMatchObject({ type: "ok" })
            log.push(update)
          }
        }
        const read = (person: Person) => {
          for (; person.read < log.length; person.read++)
            Y.applyUpdate(person.desk.doc, log[person.read] ?? Uint8Array.of(0, 0), "log")
        }
        for (const { person, does } of steps) {
          const one = people[person]
          if (!one) continue
          if (does === "send") send(one, person)
          else if (does === "read") read(one)
          else doEdit(one.desk, does, textsOfPlan(one.desk.doc, ["c1", "c2", "c3"]))
        }
        people.forEach(send)
        people.forEach(read)
        const told = JSON.stringify(readPlan(loadDoc("plan", log), 0))
        for (const { desk } of people) expect(JSON.stringify(readPlan(desk.doc, 0))).toBe(told)
      }),
      runs,
    )
  },
  timeoutMs,
)

test(
  "[DOC38] thousands of pieces written at one place while the line was gone pass, each before the last or each after a correction",
  () => {
    const desk = deskOf(loadDoc("plan", [initial()]))
    const before = Y.encodeStateVector(desk.doc)
    const paragraph = clauseFragment(desk.doc, "c1", "en")?.get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
    if (!(text instanceof Y.XmlText)) throw new Error("broken invariant: the first clause holds a paragraph of text")
    desk.doc.transact(() => {
      for (let i = 0; i < 3000; i++) text.insert(0, "x")
      for (let i = 0; i < 3000; i++) {
        text.insert(1 + i, "yz")
        text.delete(2 + i, 1)
      }
    })
    const guard = new Guard({
      space: "plan",
      party: null,
      state: [initial()],
      authors: new Map([[SERVER_CLIENT, "server"]]),
    })
    expect(guard.judge(Y.encodeStateAsUpdate(desk.doc, before), drafterUs, openRules())).toMatchObject({ type: "ok" })
  },
  timeoutMs,
)
