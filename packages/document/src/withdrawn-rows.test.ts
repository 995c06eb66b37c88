import { expect, test } from "vitest"
import * as Y from "yjs"
import { addRow, createPlanReader, Guard, LAST, readPlan, serverUpdate, setCell, writeEffects } from "./index.ts"
import { client, drafterRu, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { rejected } from "./test-support/guarding.ts"

const guardOf = () =>
  new Guard({ space: "plan", party: null, state: [initial()], authors: new Map([[SERVER_CLIENT, "server"]]) })
const AT = "2009-11-06T00:00:00Z"
const GONE = { type: "row_withdrawn", table: "cost_lines", rowId: "L01", party: "RU", at: AT } as const
const site = (label: string) => ({ id: "S1", label: { en: label, ru: label }, fictional: true })

test("[DOC82] no client withdraws, restores, deletes or replaces a row: by any bytes a row stays what it is", () => {
  const attempts: ((rows: Y.Map<Y.Map<unknown>>) => void)[] = [
    (rows) => rows.get("L01")?.set("deleted", true),
    (rows) => rows.get("L01")?.set("deleted", { party: "US", at: AT }),
    (rows) => rows.delete("L01"),
    (rows) => rows.set("L01", new Y.Map([["order", "a0"]])),
  ]
  attempts.forEach((attempt, at) => {
    const us = client(100 + at)
    attempt(us.doc.getMap("t:cost_lines"))
    expect(guardOf().judge(us.take(), drafterUs, openRules())).toEqual(rejected("server_only"))
  })
  const { update } = serverUpdate([initial()], (doc) => writeEffects(doc, [GONE]))
  const guard = guardOf()
  guard.apply(update as Uint8Array, "server")
  const back = client(200, [initial(), update as Uint8Array])
  back.doc.getMap<Y.Map<unknown>>("t:cost_lines").get("L01")?.delete("deleted")
  expect(guard.judge(back.take(), drafterUs, openRules())).toEqual(rejected("server_only"))
})

test("[DOC83] of two rows that two people add under one identifier the first stays, and the other is told", () => {
  for (const [first, second] of [
    [11, 21],
    [21, 11],
  ] as const) {
    const [us, ru] = [client(first), client(second)]
    addRow(us.doc, "sites", site("ours"), LAST)
    addRow(ru.doc, "sites", site("theirs"), LAST)
    const guard = guardOf()
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok" })
    expect(guard.judge(ru.take(), drafterRu, openRules())).toEqual(rejected("server_only"))
  }
})

test("[DOC84] a withdrawn row keeps its cells, what is typed into it meanwhile too, and comes back with them; its id is not used again", () => {
  const { doc } = client(11)
  const reader = createPlanReader(doc)
  expect(reader.read(1)).not.toHaveProperty("withdrawnRows")
  writeEffects(doc, [GONE])
  expect(reader.read(1)).toEqual(readPlan(doc, 1))
  expect(reader.read(1).withdrawnRows).toMatchObject([{ table: "cost_lines", party: "RU", at: AT, row: { id: "L01" } }])
  expect(reader.read(1).plan.tables.cost_lines.map((line) => line.id)).toEqual(["L02"])
  doc.getMap<Y.Map<unknown>>("t:cost_lines").get("L01")?.set("kind_us", "in_kind")
  expect(setCell(doc, "cost_lines", "L01", "kind_ru", "in_kind").ok).toBe(false)
  expect(addRow(doc, "cost_lines", { id: "L01" }, LAST)).toMatchObject({ error: { code: "row_exists" } })
  writeEffects(doc, [{ type: "row_restored", table: "cost_lines", rowId: "L01" }])
  expect(reader.read(1)).toEqual(readPlan(doc, 1))
  expect(reader.read(1).plan.tables.cost_lines).toMatchObject([{ id: "L01", kind_us: "in_kind" }, { id: "L02" }])
})
