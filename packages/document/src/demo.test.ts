import { type DemoFiles, type HashPort, loadDemo, rowToCells, TABLE_NAMES } from "@alternat/plan"
import costs from "@alternat/plan/demo/demo-plan-costs.json" with { type: "json" }
import tables from "@alternat/plan/demo/demo-plan-tables.json" with { type: "json" }
import text from "@alternat/plan/demo/demo-plan-text.json" with { type: "json" }
import { normaliseText } from "@alternat/text"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { addRow } from "./cells.ts"
import {
  createDraft,
  Guard,
  initialCaucusUpdate,
  initialPlanUpdate,
  LAST,
  loadDoc,
  putNote,
  readCaucus,
  readPlan,
  readTable,
} from "./index.ts"
import { drafterUs, openRules } from "./test-support/fixture.ts"

const word = (value: unknown) => JSON.stringify(value).slice(0, 64)
const hashes: HashPort = {
  clausePair: ({ en, ru }) => ({ en: word(en), ru: word(ru) }),
  rowHash: word,
  tableHash: word,
  proposalHash: word,
  tableProposalHash: word,
  draftHash: word,
  planHash: word,
}
const demo = loadDemo({ text, tables, costs } as unknown as DemoFiles, hashes)
const live = { plan: demo.plan, proposals: demo.proposals, tableProposals: demo.tableProposals, seq: 0 }
const first = initialPlanUpdate(live, { epoch: 1, clientId: 1 })

test("[DOC14] the whole demo goes into a document and comes back unchanged, every text in normal form", () => {
  const read = readPlan(loadDoc("plan", [first]), 0)
  expect(read.plan).toEqual(demo.plan)
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  expect(read.proposals.toSorted(byId)).toEqual(demo.proposals.toSorted(byId))
  expect(read.tableProposals.toSorted(byId)).toEqual(demo.tableProposals.toSorted(byId))
  for (const { en, ru } of demo.plan.sections.flatMap((section) => section.clauses)) {
    expect([normaliseText(en), normaliseText(ru)]).toEqual([en, ru])
  }
})

test("[DOC14] every row, draft and note of the demo is one that a person could have written", () => {
  const head = { ...drafterUs, roles: ["head" as const] }
  const doc = loadDoc("plan", [first])
  doc.clientID = 11
  const guard = new Guard({ space: "plan", party: null, state: [first], authors: new Map([[1, "server"]]) })
  const before = Y.encodeStateVector(doc)
  for (const table of TABLE_NAMES) {
    for (const row of readTable(doc, table)) {
      expect(Object.keys(rowToCells(table, row)).length).toBeGreaterThan(0)
      expect([table, row.id, addRow(doc, table, { ...row, id: `${row.id}-copy` }, LAST)]).toMatchObject([
        table,
        row.id,
        { ok: true },
      ])
    }
  }
  expect(guard.judge(Y.encodeStateAsUpdate(doc, before), head, openRules())).toMatchObject({ type: "ok" })

  for (const party of ["US", "RU"]) {
    const content = demo.caucus[party] ?? { drafts: [], notes: [] }
    const empty = initialCaucusUpdate({ drafts: [], notes: [] }, { planId: "demo", epoch: 1, clientId: 1 })
    const caucus = loadDoc("caucus", [empty])
    caucus.clientID = 12
    for (const draft of content.drafts) createDraft(caucus, draft)
    for (const note of content.notes) putNote(caucus, note)
    const judge = new Guard({ space: "caucus", party, state: [empty], authors: new Map([[1, "server"]]) })
    expect(judge.judge(Y.encodeStateAsUpdate(caucus), { ...head, party }, openRules())).toMatchObject({ type: "ok" })
    expect(readCaucus(caucus).drafts).toHaveLength(content.drafts.length)
    expect(readCaucus(caucus).notes).toHaveLength(content.notes.length)
  }
})
