import { LANGS, planYears, resolveField } from "@alternat/plan"
import { embeddedFiles, planBytes } from "@alternat/seal"
import { formatMinor, plainText } from "@alternat/text"
import { beforeAll, expect, test } from "vitest"
import { demoPlan, demoProposals } from "../demo.test-support.ts"
import type { Original } from "../model.ts"
import { orderFor, wordingOf } from "../order.ts"
import { pdfPages, readPdf, squeeze } from "../pdf-text.test-support.ts"
import { renderModel } from "../render-model.ts"
import { renderPdf } from "./render-pdf.ts"
import { typeset } from "./typeset.ts"

const version = { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" }
const model = (original: Original) => renderModel({ plan: demoPlan, version }, { audience: "shared", original })

async function pdfOf(original: Original): Promise<Uint8Array> {
  const pdf = await renderPdf(model(original), demoPlan)
  if (!pdf.ok) throw new Error(pdf.error.message)
  return pdf.value
}

const pdfs = new Map<Original, Uint8Array>()
const pages = new Map<Original, readonly string[]>()
beforeAll(async () => {
  for (const original of ["US", "RU"]) {
    const pdf = await pdfOf(original)
    pdfs.set(original, pdf)
    pages.set(original, pdfPages(pdf).map(squeeze))
  }
}, 60_000)

for (const original of ["US", "RU"]) {
  test(`[EXP3] the ${original} original holds every clause in both languages, in its own wording, unbroken`, () => {
    const order = orderFor(demoPlan, original)
    // a clause may go on on the next page, so each column is read from its first page to its last
    const columns = readPdf(pdfs.get(original) ?? new Uint8Array()).columns.map(squeeze)
    for (const clause of demoPlan.sections.flatMap((section) => section.clauses)) {
      for (const lang of LANGS) {
        const text = wordingOf(clause, order, lang)
        const expected = squeeze(plainText(text, lang, (field) => resolveField(demoPlan, field)))
        expect(columns[order.langs.indexOf(lang)]?.includes(expected), `${clause.id} ${lang}: ${expected}`).toBe(true)
      }
    }
    expect(columns.join("")).not.toContain("\u00ad")
  })

  test(`[EXP4] money in the ${original} original is the tables', to the unit, in both languages`, () => {
    const all = (pages.get(original) ?? []).join("")
    for (const lang of LANGS) {
      for (const line of demoPlan.tables.cost_lines) {
        for (const key of ["total_usd_cents", "us_usd_cents", "ru_usd_equiv_cents", "ru_rub_kopecks"] as const) {
          const figures = planYears(demoPlan.terms).map((year) =>
            BigInt(line.years.find((cell) => cell.plan_year === year)?.[key] ?? 0),
          )
          const sum = figures.reduce((a, b) => a + b, 0n)
          if (sum === 0n) continue
          expect(all, `${line.id} ${key}`).toContain(
            squeeze([...figures, sum].map((figure) => formatMinor(figure, lang)).join("")),
          )
        }
      }
    }
    for (const total of ["48,000,000", "12,513,000", "35,487,000", "1,064,610,000", "48 000 000", "1 064 610 000"])
      expect(all).toContain(squeeze(total))
  })

  test(`[EXP5] the ${original} original carries plan.json, byte for byte`, () => {
    const inside = embeddedFiles(pdfs.get(original) ?? new Uint8Array())
    expect(inside).toHaveLength(1)
    expect(Buffer.from(inside[0] ?? []).equals(Buffer.from(planBytes(demoPlan)))).toBe(true)
  })

  test(`[EXP7] in the ${original} original the signatures share their page with operative text, annexes begin a page, and pages count`, () => {
    const all = pages.get(original) ?? []
    const last = demoPlan.sections.find((section) => section.kind === "signature")
    const before = demoPlan.sections
      .filter((section) => section.kind === "section")
      .at(-1)
      ?.clauses.at(-1)
    const signing = all.find((page, i) => i > 1 && page.includes(squeeze(last?.heading.en ?? "?")))
    expect(signing).toContain(squeeze(plainText(before?.en ?? [], "en", (field) => resolveField(demoPlan, field))))
    for (const annex of demoPlan.tables.annexes) {
      const own = all.filter(
        (page) =>
          page.includes(squeeze(`Annex ${annex.no}${annex.title.en}`)) ||
          page.includes(squeeze(`Annex ${annex.no}Приложение № ${annex.no}${annex.title.en}`)) ||
          page.includes(squeeze(`Приложение № ${annex.no}Annex ${annex.no}`)),
      )
      expect(own, `annex ${annex.no}`).toHaveLength(1)
    }
    all.forEach((page, i) => {
      expect(page).toContain(`Page${i + 1}of${all.length}`)
      expect(page).toContain(`Страница${i + 1}из${all.length}`)
    })
  })
}

test("[EXP6] the same version is the same bytes", async () => {
  expect(Buffer.from(await pdfOf("US")).equals(Buffer.from(pdfs.get("US") ?? []))).toBe(true)
})

test("[EXP8] a draft says so on every page, and shows who wants what", async () => {
  const draft = renderModel(
    { plan: demoPlan, proposals: demoProposals, version: null, at: "2009-11-05" },
    { audience: "shared", original: "working" },
  )
  const pdf = await renderPdf(draft, demoPlan)
  const all = pdf.ok ? pdfPages(pdf.value).map(squeeze) : []
  expect(all.length).toBeGreaterThan(20)
  for (const page of all) expect(page).toContain("Draft—notagreed")
  expect(all.join("")).toContain(squeeze("no later than [US: 30] [RF: 45] days before"))
  expect(all.join("")).toContain(squeeze("не позднее чем за [США: 30] [РФ: 45] дней"))
})

test("[EXP9] a document that can't be set, takes too long or is not wanted any more is an error, not a hang", async () => {
  const job = { template: "#panic()", inputs: {}, at: "2009-12-15" }
  expect(await typeset(job)).toMatchObject({ ok: false, error: { type: "compile" } })
  expect(await typeset({ ...job, template: "#for i in range(100000000) [#i]" }, { timeoutMs: 700 })).toMatchObject({
    ok: false,
  })
  expect(await typeset({ ...job, template: "x" }, { worker: "/nowhere/worker.mjs" })).toMatchObject({
    ok: false,
    error: { type: "crashed" },
  })
})
