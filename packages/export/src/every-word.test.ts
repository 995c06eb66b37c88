import type { PlanDocument } from "@alternat/plan"
import { expect, test } from "vitest"
import { demoProposals } from "./demo.test-support.ts"
import { renderDocx } from "./docx/render-docx.ts"
import { longPlan, SHAPES, type Shape } from "./long-plan.test-support.ts"
import type { DocumentModel } from "./model.ts"
import {
  annexTexts,
  columnTexts,
  docxText,
  misplacedOn,
  missingIn,
  signatureTexts,
  unbreakableRows,
} from "./paper.test-support.ts"
import { renderPdf } from "./pdf/render-pdf.ts"
import { readPdf, squeeze } from "./pdf-text.test-support.ts"
import { planJson } from "./plan-json.ts"
import { wordLeaves } from "./plan-leaves.test-support.ts"
import { renderModel } from "./render-model.ts"

const SEED = 13
const version = { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" }
const frozen = (plan: PlanDocument, original: string) =>
  renderModel({ plan, version }, { audience: "shared", original })
const draft = (plan: PlanDocument) =>
  renderModel(
    { plan, proposals: demoProposals, version: null, at: "2009-11-05" },
    { audience: "shared", original: "working" },
  )

/** Each shape in one form, so that both originals and the draft are among them. */
const FORMS: Readonly<Record<Shape, (plan: PlanDocument) => DocumentModel>> = {
  clauses: (plan) => frozen(plan, "US"),
  cells: (plan) => frozen(plan, "RU"),
  names: (plan) => frozen(plan, "US"),
  tokens: draft,
  mixed: (plan) => frozen(plan, "RU"),
}

/** The first words of plan.json that a file does not hold. A draft cuts words where a bracket opens, so it has its model. */
const lostOf = (plan: PlanDocument, model: DocumentModel, all: string) =>
  model.draftMark !== null
    ? []
    : wordLeaves(JSON.parse(new TextDecoder().decode(planJson({ plan, version }, "shared"))), model)
        .filter(({ text }) => !all.includes(squeeze(text)))
        .map(({ kind }) => kind)
        .slice(0, 10)

for (const shape of SHAPES) {
  test(`[EXP30] [EXP31] a plan of long ${shape} (seed ${SEED}) is on paper to the last word, in order, and within the type area`, async () => {
    const plan = longPlan(SEED, shape)
    const model = FORMS[shape](plan)
    const pdf = await renderPdf(model, plan, { timeoutMs: 280_000 })
    if (!pdf.ok) throw new Error(`${pdf.error.type} ${pdf.error.message}`)
    const { pages, inOrder, columns } = readPdf(pdf.value)
    const furniture = pages.map((page) => page.runs.map((run) => (run.artifact === null ? "" : run.text)).join(""))
    model.langs.forEach((lang, i) => {
      expect(missingIn(squeeze(columns[i] ?? ""), columnTexts(model, lang))).toEqual([])
      expect(missingIn(squeeze(inOrder), annexTexts(model, lang))).toEqual([])
    })
    expect(lostOf(plan, model, squeeze([...columns, inOrder, ...furniture].join("\n")))).toEqual([])
    for (const text of signatureTexts(model).flat()) expect(squeeze(columns.join("")), text.where).toContain(text.text)
    for (const lang of model.langs) expect(squeeze(inOrder)).toContain(squeeze(model.marking[lang]))
    expect(pages.flatMap((page, i) => misplacedOn(page).map((fault) => `page ${i + 1}: ${fault}`)).slice(0, 8)).toEqual(
      [],
    )
  }, 300_000)

  test(`[EXP30] [EXP32] a DOCX of long ${shape} (seed ${SEED}) holds every word in order, and no row too tall to break`, async () => {
    const plan = longPlan(SEED, shape)
    const model = FORMS[shape](plan)
    const docx = await renderDocx(model)
    const all = squeeze(docxText(docx))
    expect(lostOf(plan, model, all)).toEqual([])
    for (const lang of model.langs) {
      expect(missingIn(all, columnTexts(model, lang))).toEqual([])
      expect(missingIn(all, annexTexts(model, lang))).toEqual([])
      for (const text of [
        ...signatureTexts(model)
          .flat()
          .map((one) => one.text),
        squeeze(model.marking[lang]),
      ])
        expect(all).toContain(text)
    }
    expect(Math.max(...unbreakableRows(docx))).toBeLessThan(2_500)
  }, 120_000)
}
