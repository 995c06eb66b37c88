import { LANGS, type Lang } from "@alternat/plan"
import { expect, test } from "vitest"
import { demoPlan, demoTableProposals } from "./demo.test-support.ts"
import type { DocumentModel, ExportSource } from "./model.ts"
import { cellText } from "./paper.test-support.ts"
import { renderModel } from "./render-model.ts"

const draft = (source: Partial<ExportSource> = {}) =>
  renderModel(
    { plan: demoPlan, version: null, tableProposals: demoTableProposals, ...source },
    { audience: "shared", original: "working" },
  )
const tableOf = (model: DocumentModel, name: string, lang: Lang) =>
  model.sections.flatMap((section) => section.tables[lang]).find((table) => table.name === name)
const rowsOf = (model: DocumentModel, name: string, lang: Lang) =>
  tableOf(model, name, lang)?.rows.map((row) => row.cells.map(cellText)) ?? []
const plain = (text: string) => text.replaceAll("\u00a0", " ")

test("[EXP34] a draft shows each open proposal to the costs in brackets in its cell, and with its reasons in a list", () => {
  const rows = rowsOf(draft(), "costs", "en")
  const beneath = (line: string) => {
    const start = rows.findIndex(([id]) => id === line)
    const next = rows.findIndex(([id], i) => i > start && id !== "")
    return rows.slice(start, next).map((cells) => cells.map(plain))
  }
  expect(beneath("L03")).toContainEqual(["", "[US proposes, CP1: share of the U.S. side]", "[70%]", "", "", "", "", ""])
  expect(beneath("L03")).toContainEqual(["", "[RF proposes, CP2: share of the U.S. side]", "[80%]", "", "", "", "", ""])
  expect(beneath("L08")).toContainEqual(["", "[US proposes, CP3: RF, RUB]", "", "", "", "", "[50,400,000]", ""])
  expect(beneath("L14")[0]?.[1]).toMatch(/^\[RF proposes, CP4: Certification and acceptance tests/)
  for (const lang of LANGS) {
    const listed = rowsOf(draft(), "open-cost-proposals", lang)
    expect(listed.map(([id]) => id)).toEqual(["CP1", "CP2", "CP3", "CP4"])
    expect(listed[0]?.at(-1)).toBe(demoTableProposals.find((one) => one.id === "CP1")?.reason?.[lang])
  }
  expect(rowsOf(draft(), "costs", "ru").flat()).toContain("[Предлагает РФ, CP2: доля американской Стороны]")
})

test("[EXP34] a draft shows each proposed place beside the joint order, attributed", () => {
  const ranks = Object.fromEntries(rowsOf(draft(), "priorities", "en").map(([rank, id]) => [id, rank]))
  expect(ranks["P7"]).toMatch(/\[US: 3\] \[RF: 6\]$/)
  expect(rowsOf(draft(), "open-rank-proposals", "ru").map(([id, side]) => [id, side])).toEqual([
    ["JP1", "США"],
    ["JP2", "РФ"],
  ])
})

test("[EXP34] a frozen version, a draft without brackets and a closed proposal show none", () => {
  const version = { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" }
  const closed = demoTableProposals.map((one) => ({ ...one, status: "withdrawn" as const }))
  for (const model of [draft({ version }), draft({ tableProposals: closed })]) {
    expect(tableOf(model, "open-cost-proposals", "en")).toBeUndefined()
    const cells = LANGS.flatMap((lang) => [
      ...rowsOf(model, "costs", lang),
      ...rowsOf(model, "priorities", lang),
    ]).flat()
    expect(cells.filter((text) => /\[|\]/.test(text))).toEqual([])
  }
})

test("[EXP35] rows of a workstream, site or post that the plan does not have are printed under its code", () => {
  const { tables } = demoPlan
  const post = tables.posts.find((one) => !one.in_matrix)!
  const [first, ...others] = tables.raci
  const plan = {
    ...demoPlan,
    sections: demoPlan.sections.map((section) => (section.kind === "annex" ? { ...section, number: 44 } : section)),
    tables: {
      ...tables,
      raci: [
        {
          ...first!,
          workstream_id: "WS99",
          cells: { ...first!.cells, [post.id]: "C" as const, "GONE-1": "I" as const },
        },
        ...others,
      ],
      equipment: tables.equipment.map((one, i) => (i === 0 ? { ...one, site_id: "S99" } : one)),
      access_rules: tables.access_rules.map((one, i) => (i === 0 ? { ...one, site_id: "S98" } : one)),
      persons: tables.persons.map((one, i) => (i === 0 ? { ...one, post: "GONE-2" } : one)),
    },
  }
  const model = draft({ plan })
  for (const [name, text] of [
    ["raci", "WS99"],
    ["raci", first!.text.en],
    ["equipment", "S99"],
    ["equipment", tables.equipment[0]!.name.en],
    ["access", "S98"],
    ["persons", "GONE-2"],
  ] as const)
    expect(rowsOf(model, name, "en").flat(), name).toContain(text)
  const heads = tableOf(model, "raci", "en")?.columns.map((column) => column.head) ?? []
  expect(heads.some((head) => head.startsWith(post.short.en))).toBe(true)
  expect(heads).toContain("GONE-1")
  const own = demoPlan.sections.find((section) => section.kind === "annex")!
  expect(model.sections.at(-1)).toMatchObject({ kind: "annex", number: 44, heading: own.heading })
})
