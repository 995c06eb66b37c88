import type { Row } from "@alternat/plan"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { observeKeys } from "./changes.ts"
import { writeFragment } from "./fragment.ts"
import {
  addRow,
  createPlanReader,
  LAST,
  moveRow,
  readClause,
  readPlan,
  readPlanState,
  readTable,
  serverUpdate,
  setCell,
  setTerm,
  writeEffects,
} from "./index.ts"
import { clauseFragment, newDoc } from "./layout.ts"
import { client, initial, proposal, smallLive, text } from "./test-support/fixture.ts"

describe("the plan space", () => {
  test("[DOC1] a plan written into a document reads back as the same value", () => {
    expect(readPlanState([initial()], 1)).toEqual(smallLive())
  })

  test("[DOC2] the value doesn't depend on the order in which things arrived", () => {
    const a = client(11)
    const b = client(12)
    setCell(a.doc, "cost_lines", "L01", "title", { en: "A", ru: "А" })
    setCell(b.doc, "cost_lines", "L02", "title", { en: "B", ru: "Б" })
    addRow(a.doc, "sites", { id: "S1", label: { en: "1", ru: "1" }, fictional: true }, LAST)
    addRow(b.doc, "sites", { id: "S2", label: { en: "2", ru: "2" }, fictional: true }, LAST)
    const [one, two] = [a.take(), b.take()]
    expect(readPlanState([initial(), one, two], 3)).toEqual(readPlanState([initial(), two, one], 3))
  })

  test("[DOC54] a root is a map, whatever names it first, and there is none that nothing names", () => {
    const liar = new Y.Doc()
    liar.getArray("terms").insert(0, ["a sequence where a map belongs"])
    liar.getText("elsewhere").insert(0, "no root of ours")
    const doc = newDoc("plan")
    expect([...doc.share.keys()]).toEqual([])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(liar))
    expect([...doc.share.keys()].toSorted()).toEqual(["elsewhere", "terms"])
    expect(doc.get("terms")).toBeInstanceOf(Y.Map)
    expect(doc.getMap("terms").size).toBe(0)
    expect(doc.get("elsewhere")).not.toBeInstanceOf(Y.Map)
  })

  test("[DOC3] cells of one row edited by two people are both kept", () => {
    const a = client(11)
    const b = client(12)
    const year = readTable(a.doc, "cost_lines")[0]?.years[0]
    setCell(a.doc, "cost_lines", "L01", "year:2010", { ...year, us_share_bp: 6000 })
    setCell(b.doc, "cost_lines", "L01", "kind_us", "in_kind")
    const [line] = readPlanState([initial(), a.take(), b.take()], 3).plan.tables.cost_lines
    expect([line?.years[0]?.us_share_bp, line?.kind_us]).toEqual([6000, "in_kind"])
  })

  test("[DOC4] rows move and go with one write, and a cell that can't hold a value keeps its own", () => {
    const { doc } = client(11)
    expect(moveRow(doc, "cost_lines", "L02", null).ok).toBe(true)
    expect(readTable(doc, "cost_lines").map((row) => row.id)).toEqual(["L02", "L01"])
    expect(moveRow(doc, "cost_lines", "L02", "L01").ok).toBe(true)
    expect(readTable(doc, "cost_lines").map((row) => row.id)).toEqual(["L01", "L02"])
    writeEffects(doc, [
      { type: "row_withdrawn", table: "cost_lines", rowId: "L01", party: "US", at: "2009-11-06T00:00:00Z" },
    ])
    expect(readTable(doc, "cost_lines").map((row) => row.id)).toEqual(["L02"])
    expect(setCell(doc, "cost_lines", "L01", "kind_us", "cash").ok).toBe(false)
    expect(setCell(doc, "cost_lines", "L02", "kind_us", "gold").ok).toBe(false)
    expect(setTerm(doc, "start", "never").ok).toBe(false)
    expect(setTerm(doc, "start", "2010-02-01").ok).toBe(true)
    expect(readPlan(doc, 1).plan.terms.start).toBe("2010-02-01")
  })

  test("[DOC5] each transaction tells which texts, rows and terms it changed", () => {
    const { doc } = client(11)
    const told: string[] = []
    const stop = observeKeys(doc, (keys) => told.push(...keys))
    writeFragment(clauseFragment(doc, "c1", "ru") as Y.XmlFragment, text("Иначе."))
    setCell(doc, "raci", "A1", "cell:US-DIR", "C")
    setTerm(doc, "binding", true)
    writeEffects(doc, [{ type: "put_proposal", proposal: proposal("p2", "RU", "X") }])
    expect(told).toEqual(["clause:c1:ru", "row:raci:A1", "terms", "proposals:c1"])
    stop()
    setTerm(doc, "binding", false)
    expect(told).toHaveLength(4)
  })
})

describe("a reader", () => {
  test("[DOC13] reads again only what changed, and says the same as a full reading", () => {
    const { doc } = client(11)
    const reader = createPlanReader(doc)
    const before = reader.read(1)
    expect(before).toEqual(readPlan(doc, 1))
    writeFragment(clauseFragment(doc, "c1", "en") as Y.XmlFragment, text("Changed."))
    setCell(doc, "cost_lines", "L02", "kind_us", "in_kind")
    const after = reader.read(2)
    expect(after).toEqual(readPlan(doc, 2))
    expect(after.plan.sections[0]?.clauses[1]).toBe(before.plan.sections[0]?.clauses[1])
    expect(after.plan.tables.cost_lines[0]).toBe(before.plan.tables.cost_lines[0])
    expect(after.plan.tables.raci).toBe(before.plan.tables.raci)
    writeEffects(doc, [
      { type: "clause_withdrawn", clauseId: "c2" },
      { type: "insert_clause", sectionId: "s2", afterClauseId: "c3", clause: { id: "n", en: text("N"), ru: [] } },
      { type: "put_proposal", proposal: proposal("p3", "RU", "X") },
    ])
    setTerm(doc, "binding", true)
    writeEffects(doc, [
      { type: "row_withdrawn", table: "cost_lines", rowId: "L01", party: "US", at: "2009-11-06T00:00:00Z" },
    ])
    addRow(doc, "cost_lines", { ...(before.plan.tables.cost_lines[0] as Row), id: "L09" }, LAST)
    expect(reader.read(3).withdrawnRows).toMatchObject([{ table: "cost_lines", row: { id: "L01" }, party: "US" }])
    expect(reader.read(3)).toEqual(readPlan(doc, 3))
    reader.destroy()
  })
})

describe("what the server writes", () => {
  test("[DOC6] one update under a client id nobody used, and none when nothing changes", () => {
    const { update, clientId } = serverUpdate([initial()], (doc) =>
      writeEffects(doc, [
        { type: "clause_text", clauseId: "c2", en: text("New words."), ru: text("Новые слова."), dropAlternat: true },
        {
          type: "proposal_status",
          proposalId: "p-us",
          clauseId: "c1",
          status: "accepted",
          closedAt: "2009-11-06T00:00:00Z",
        },
        {
          type: "insert_clause",
          sectionId: "s1",
          afterClauseId: "c1",
          clause: { id: "n1", en: text("Between."), ru: text("Между.") },
        },
        { type: "clause_withdrawn", clauseId: "c3" },
        { type: "write_cells", table: "cost_lines", rowId: "L01", cells: { kind_ru: "in_kind" } },
        { type: "write_row", table: "sites", row: { id: "S9", label: { en: "9", ru: "9" }, fictional: true } },
      ]),
    )
    if (update === null) throw new Error("nothing written")
    expect([...Y.parseUpdateMeta(update).to.keys()]).toEqual([clientId])
    const live = readPlanState([initial(), update], 2)
    expect(live.plan.sections.map((section) => section.clauses.map((clause) => clause.id))).toEqual([
      ["c1", "n1", "c2"],
      [],
    ])
    expect(live.plan.sections[0]?.clauses[2]).toEqual({ id: "c2", en: text("New words."), ru: text("Новые слова.") })
    expect(live.proposals[0]?.status).toBe("accepted")
    expect(live.plan.tables.cost_lines[0]?.kind_ru).toBe("in_kind")
    expect(live.plan.tables.sites).toHaveLength(1)
    const again = serverUpdate([initial()], (doc) =>
      writeEffects(doc, [
        {
          type: "clause_text",
          clauseId: "c3",
          en: [{ p: ["Plain ", { em: "and stressed" }, " words."] }],
          ru: [],
          dropAlternat: false,
        },
      ]),
    )
    expect(again.update).toBeNull()
  })

  test("[DOC7] an accepted wording leaves what another person types at the same moment in place", () => {
    const typist = client(11)
    const fragment = clauseFragment(typist.doc, "c1", "en") as Y.XmlFragment
    const words = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
    words.insert("An answer".length, " in writing")
    const { update } = serverUpdate([initial()], (doc) =>
      writeEffects(doc, [
        {
          type: "clause_text",
          clauseId: "c1",
          en: text("An answer comes within 30 days of {date:start}."),
          ru: text("Ответ за 60 дней с {date:start}."),
          dropAlternat: false,
        },
      ]),
    )
    typist.receive(update as Uint8Array)
    expect(readClause(typist.doc, "c1")?.en).toEqual(text("An answer in writing comes within 30 days of {date:start}."))
  })
})
