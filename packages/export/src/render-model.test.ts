import { expect, test } from "vitest"
import { demoPlan, demoProposals, demoStanding } from "./demo.test-support.ts"
import type { Cell, DocumentModel, Run } from "./model.ts"
import { renderModel } from "./render-model.ts"

const version = { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" }
const original = (code: string) => renderModel({ plan: demoPlan, version }, { audience: "shared", original: code })
const plainCell = (cell: Cell | undefined) => (typeof cell === "string" ? cell : (cell?.lead ?? ""))
const words = (runs: readonly Run[]) =>
  runs.map((run) => ("text" in run ? run.text : "open" in run ? `[${run.code}: ` : "]")).join("")
const textOf = (model: DocumentModel, id: string, lang: "en" | "ru") =>
  model.sections
    .flatMap((section) => section.clauses)
    .find((clause) => clause.id === id)
    ?.blocks[lang].map((block) => words(block.runs))
    .join("\n")
    .replaceAll("\u00a0", " ") ?? ""

test("[EXP1] in its original each side is named first, its language is left, its signature is left", () => {
  const us = original("US")
  const ru = original("RU")
  expect([us.langs, us.parties, us.signatures.map((s) => s.party)]).toEqual([
    ["en", "ru"],
    ["US", "RU"],
    ["US", "RU"],
  ])
  expect([ru.langs, ru.parties, ru.signatures.map((s) => s.party)]).toEqual([
    ["ru", "en"],
    ["RU", "US"],
    ["RU", "US"],
  ])
  expect(us.partyNames[0]).toEqual({ en: "United States of America", ru: "Соединенные Штаты Америки" })
  expect(ru.partyNames[0]).toEqual({ en: "Russian Federation", ru: "Российская Федерация" })
  expect(ru.signatures[0].heading).toEqual({ en: "For the Russian side", ru: "За российскую Сторону" })
})

test("[EXP1] where the order of the parties is in the words, each original takes its own wording", () => {
  expect(textOf(original("US"), "preamble.c1", "en")).toContain("United States of America and of the Russian")
  expect(textOf(original("US"), "preamble.c1", "ru")).toContain("Соединенных Штатов Америки и Российской")
  expect(textOf(original("RU"), "preamble.c1", "en")).toContain("Russian Federation and of the United")
  expect(textOf(original("RU"), "preamble.c1", "ru")).toContain("Российской Федерации и Соединенных")
})

test("[EXP1] tables follow the original's order of parties in both languages", () => {
  const heads = (code: string, lang: "en" | "ru") =>
    original(code)
      .sections.find((section) => section.id === "annex3")
      ?.tables[lang].find((table) => table.name === "shares")
      ?.rows.map((row) => row.cells[0])
  expect(heads("US", "ru")?.[0]).toBe("Доля американской Стороны")
  expect(heads("RU", "en")?.[0]).toBe("Share of the Russian side")
})

test("[EXP2] clause numbers follow from order, and what is withdrawn neither prints nor counts", () => {
  const state = {
    state: "withdrawn",
    since: "",
    attestations: [],
    divergence: null,
    reserves: [],
    consents: [],
    reopened: null,
  } as const
  const standing = {
    planId: "demo",
    rulesRev: 1,
    status: "negotiation",
    clauses: { "s17.c2": state },
    lines: {},
    version: null,
  } as const
  const model = renderModel({ plan: demoPlan, version, standing }, { audience: "shared", original: "US" })
  const numbers = model.sections
    .find((section) => section.id === "s17")
    ?.clauses.map((clause) => `${clause.id} ${clause.number}`)
  expect(numbers?.slice(0, 3)).toEqual(["s17.c1 17.1", "s17.c3 17.2", "s17.c4 17.3"])
})

test("[EXP8] a frozen version prints no brackets, a draft prints them for open proposals, a reader may leave them out", () => {
  const source = { plan: demoPlan, proposals: demoProposals, version: null, at: "2009-11-05" }
  const draft = renderModel(source, { audience: "shared", original: "working" })
  expect(textOf(draft, "s17.c2", "en")).toContain("[US: 30] [RF: 45] days")
  expect(textOf(draft, "p-17.7-us", "en")).toMatch(/^\[US: Within 90 days .*\]$/)
  expect(draft.draftMark?.en).toBe("Draft — not agreed")
  expect(
    textOf(renderModel(source, { audience: "shared", original: "working", brackets: false }), "s17.c2", "en"),
  ).not.toContain("[")
  const frozen = renderModel({ ...source, version }, { audience: "shared", original: "working" })
  expect([textOf(frozen, "s17.c2", "en").includes("["), frozen.draftMark]).toEqual([false, null])
})

test("[EXP10] the glossary is in the alphabetical order of the language it is printed in", () => {
  const annex = original("US").sections.find((section) => section.id === "annex10")
  const terms = (lang: "en" | "ru") => annex?.tables[lang][0]?.rows.map((row) => plainCell(row.cells[0])) ?? []
  expect(terms("en")).toHaveLength(demoPlan.tables.glossary.length)
  for (const lang of ["en", "ru"] as const) {
    const plain = terms(lang).map((term) =>
      term
        .toLowerCase()
        .replaceAll("ё", "е")
        .replace(/[^\p{L}\p{N} ]/gu, ""),
    )
    expect(plain).toEqual(plain.toSorted())
  }
})

test("[EXP11] a missing text says that it is awaited", () => {
  expect(textOf(original("US"), "s24.c3", "ru")).toBe("Текст ожидается")
})

test("[EXP16] a draft marks reserves and parked clauses, attributed, in both languages; a frozen version does not", () => {
  const source = {
    plan: demoPlan,
    proposals: demoProposals,
    standing: {
      planId: "demo",
      rulesRev: 1,
      ...demoStanding,
    } as const,
  }
  const notes = (model: DocumentModel, id: string) =>
    model.sections.flatMap((section) => section.clauses).find((clause) => clause.id === id)?.notes
  const draft = renderModel({ ...source, version: null, at: "2009-11-05" }, { audience: "shared", original: "working" })
  expect(notes(draft, "s17.c4")?.map((note) => note.en.replaceAll("\u00a0", " "))).toEqual([
    "[RF reserve: legal scrutiny, due November 20, 2009]",
  ])
  expect(notes(draft, "s17.c4")?.[0]?.ru).toContain("[резервирование позиции РФ: правовая экспертиза")
  expect(notes(draft, "s21.c2")).toEqual([{ en: "[parked]", ru: "[отложено]" }])
  const frozen = renderModel({ ...source, version }, { audience: "shared", original: "working" })
  expect(notes(frozen, "s17.c4")).toEqual([])
})
