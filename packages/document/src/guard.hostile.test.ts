import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { initialCaucusUpdate, readCaucus } from "./caucus.ts"
import { Guard } from "./guard.ts"
import { clausesOf, ROOTS, type Space } from "./layout.ts"
import { loadDoc, readPlan } from "./plan-space.ts"
import { textLength } from "./shape.ts"
import { drafterRu, drafterUs, initial, observer, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { hostileEdit, hostileUpdate } from "./test-support/hostile-update.ts"
import { deskOf, doCaucusEdit, doEdit, effort, honestEdit, readings, textsOfPlan } from "./test-support/index.ts"
import type { Bearer, Verdict } from "./verdict.ts"

const { runs, timeoutMs } = effort({ short: 80, long: 20_000 })
const CLOSED = openRules(["c1", "c3"], ["L01"])
const ME = 77
const attempts = fc.array(fc.tuple(honestEdit, fc.option(hostileEdit, { freq: 6 })), { minLength: 1, maxLength: 8 })
type Attempts = readonly (readonly [Parameters<typeof doEdit>[1], Parameters<typeof hostileUpdate>[1] | null])[]

interface Siege {
  readonly space: Space
  readonly party: string | null
  readonly first: Uint8Array
  readonly bearer: Bearer
  readonly rules: ReturnType<typeof openRules>
}

/**
 * Lets somebody try one thing after the other, and judges the judge: each verdict is the one a guard gives that has
 * just been made from the log, a refusal leaves no trace, and nobody is taken for the author of what another's client
 * id has written. Gives the log.
 */
function besiege({ space, party, first, bearer, rules }: Siege, tries: Attempts): readonly Uint8Array[] {
  const log = [first]
  const authors = new Map([[SERVER_CLIENT, "server"]])
  const guardNow = () => new Guard({ space, party, state: [...log], authors })
  const guard = guardNow()
  const desk = deskOf(loadDoc(space, log), space)
  desk.doc.clientID = ME
  const sent: Uint8Array[] = []
  desk.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "log" && sent.push(update))
  for (const [honest, hostile] of tries) {
    if (space === "plan") doEdit(desk, honest, textsOfPlan(desk.doc, ["c2"]))
    else doCaucusEdit(desk, honest)
    const known = Y.mergeUpdates([Uint8Array.of(0, 0), ...sent.splice(0)])
    // what is bent comes first: where it goes through, the honest one is no longer what its sender thinks it is
    const update = hostile ? hostileUpdate(loadDoc(space, log), hostile, known, ME) : known
    const before = loadDoc(space, log)
    const verdict = guard.judge(update, bearer, rules)
    expect(verdict).toEqual(guardNow().judge(update, bearer, rules))
    if (verdict.type === "ok" && verdict.touched.length > 0) take(verdict, before)
    expect(guard.stateVector).toEqual(Y.encodeStateVector(loadDoc(space, log)))
  }
  expect(new Set(Object.values(readings(space, log))).size, "readings of one log").toBe(1)
  return log

  function take({ news, newClients }: Extract<Verdict, { type: "ok" }>, before: Y.Doc): void {
    // nothing that is taken comes again, with the same content or with another
    for (const [client, begin] of Y.parseUpdateMeta(news).from) expect(begin).toBe(Y.getState(before.store, client))
    for (const client of newClients) {
      expect(authors.get(client) ?? bearer.userId).toBe(bearer.userId)
      authors.set(client, bearer.userId)
    }
    log.push(news)
    guard.commit(1)
    for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(loadDoc(space, log))))
      if (end > Y.getState(before.store, client)) expect(authors.get(client)).toBe(bearer.userId)
  }
}

/** All that may not change while c1, c3 and L01 are closed, as values and as the items of their texts. */
function closedPart(updates: readonly Uint8Array[]): string {
  const doc = loadDoc("plan", updates)
  const clauses = [...clausesOf(doc)].map(([id, clause]) => [id, id === "c2" ? withoutTexts(clause) : clause.toJSON()])
  const line = doc.getMap<Y.Map<unknown>>("t:cost_lines").get("L01")?.toJSON()
  const acts = ["meta", "head", "sections", "tableProposals"].map((root) => doc.getMap(root).toJSON())
  const unknownRoots = [...doc.share.keys()].filter((root) => !ROOTS.plan.includes(root))
  return JSON.stringify([clauses, line, acts, unknownRoots])
}

const withoutTexts = (clause: Y.Map<unknown>): unknown => ({ ...clause.toJSON(), en: "", ru: "" })

const plan: Siege = { space: "plan", party: null, first: initial(), bearer: drafterUs, rules: CLOSED }
const caucus: Siege = {
  space: "caucus",
  party: "US",
  first: initialCaucusUpdate({ drafts: [], notes: [] }, { planId: "p1", epoch: 1, clientId: SERVER_CLIENT }),
  bearer: drafterUs,
  rules: openRules(),
}

describe("whatever bytes a client sends", () => {
  test(
    "[DOC40] [DOC44] [DOC47] no sequence of well-formed updates changes a closed clause or line, a proposal, the order or the roots",
    () => {
      const untouched = closedPart([plan.first])
      fc.assert(
        fc.property(attempts, (tries) => {
          const log = besiege(plan, tries)
          expect(closedPart(log)).toBe(untouched)
          const doc = loadDoc("plan", log)
          expect(readPlan(doc, 0).plan.sections).toHaveLength(2)
          for (const text of textsOfPlan(doc, ["c1", "c2", "c3"])) expect(textLength(text)).not.toBeNull()
        }),
        runs,
      )
    },
    timeoutMs,
  )

  test(
    "[DOC41] nothing gets into a frozen plan, another side's caucus, or anywhere from who only reads",
    () => {
      fc.assert(
        fc.property(
          attempts,
          fc.constantFrom<Siege>(
            { ...plan, rules: { ...openRules(), frozen: true } },
            { ...plan, bearer: observer, rules: openRules() },
            { ...caucus, bearer: drafterRu },
          ),
          (tries, siege) => {
            expect(besiege(siege, tries)).toHaveLength(1)
          },
        ),
        runs,
      )
    },
    timeoutMs,
  )

  test(
    "[DOC42] a caucus keeps its roots and its shape",
    () => {
      fc.assert(
        fc.property(attempts, (tries) => {
          const doc = loadDoc("caucus", besiege(caucus, tries))
          expect(ROOTS.caucus).toEqual(expect.arrayContaining([...doc.share.keys()]))
          expect(doc.getMap("meta").toJSON()).toEqual(loadDoc("caucus", [caucus.first]).getMap("meta").toJSON())
          for (const { en, ru } of readCaucus(doc).drafts) expect([en, ru].every(Array.isArray)).toBe(true)
        }),
        runs,
      )
    },
    timeoutMs,
  )
})
