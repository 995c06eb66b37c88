import { isPermitted, textFaults } from "@alternat/plan"
import { strFromU8, unzipSync } from "fflate"
import { expect, test } from "vitest"
import { demoPlan } from "../demo.test-support.ts"
import { renderDocx } from "../docx/render-docx.ts"
import { pdfPages, squeeze } from "../pdf-text.test-support.ts"
import { renderModel } from "../render-model.ts"
import { coverageModule } from "./font-coverage.test-support.ts"
import { renderPdf } from "./render-pdf.ts"
import { typeset } from "./typeset.ts"

test("[PLAN91] the table of permitted characters is what the font files have", async () => {
  await expect(coverageModule()).toMatchFileSnapshot("../../../plan/src/font-coverage.ts")
}, 60_000)

const permitted = Array.from({ length: 0x1_0000 }, (_, code) => code)
  .filter(isPermitted)
  .map((code) => String.fromCharCode(code))
const isMark = (char: string) => /^\p{M}$/u.test(char)

/** All of these in every face, as PDF/A, which refuses a text that a font doesn't draw. */
const setInEveryFace = (texts: readonly string[]) =>
  typeset({
    template: `#set document(title: "t", date: datetime(year: 2009, month: 12, day: 15))
#let texts = json(bytes(sys.inputs.texts))
#let all(size: 4pt, ..args) = text(size: size, lang: "ru", ..args, texts.join(" "))
#for weight in ("regular", "bold") { for style in ("normal", "italic") {
  all(font: "PT Serif", weight: weight, style: style)
  all(font: "PT Sans", weight: weight, style: style)
} }
#all(font: "PT Mono")`,
    inputs: { texts: JSON.stringify(texts.filter((text) => textFaults(text).length === 0)) },
    at: "2009-12-15",
  })

test("[EXP40] every permitted character is set in every face, and so are marks on letters of every script and on signs", async () => {
  expect(permitted.length).toBeGreaterThan(5000)
  const marked = permitted.filter(isMark).flatMap((mark) => Array.from("eжα1 ≤☐", (base) => base + mark))
  expect(marked.length).toBeGreaterThan(1500)
  for (const texts of [permitted.filter((char) => !isMark(char)), marked]) {
    const pdf = await setInEveryFace(texts)
    expect(pdf.ok ? "" : pdf.error.message).toBe("")
  }
}, 180_000)

const SIGNS = "☐ ☑ ☒ → ⇒ ≤ ∑ √ 10⁶ м₂ ½ № ₽ αΩ ѢѮ ✓ ─ ■ и\u0301"

/** The demo with the signs in a clause, a heading and a cell. */
function planWithSigns() {
  const [first, ...rest] = demoPlan.sections
  const clause = first?.clauses[0]
  if (first === undefined || clause === undefined) throw new Error("the demo has clauses")
  const signed = { ...clause, en: [{ p: ["All of ", { em: SIGNS }, " and ", SIGNS, "."] }] }
  const heading = { ...first.heading, ru: `Знаки ${SIGNS}` }
  const [entry, ...glossary] = demoPlan.tables.glossary
  return {
    ...demoPlan,
    sections: [{ ...first, heading, clauses: [signed, ...first.clauses.slice(1)] }, ...rest],
    tables: { ...demoPlan.tables, glossary: [{ ...entry!, en: `A ${SIGNS}` }, ...glossary] },
  }
}
const modelOf = (plan: typeof demoPlan) =>
  renderModel(
    { plan, version: { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" } },
    { audience: "shared", original: "US" },
  )

test("[EXP40] a plan with signs is a PDF/A that holds them as text", async () => {
  const plan = planWithSigns()
  const pdf = await renderPdf(modelOf(plan), plan)
  expect(pdf.ok ? "" : pdf.error.message).toBe("")
  const text = pdf.ok ? pdfPages(pdf.value).map(squeeze).join("") : ""
  for (const sign of squeeze(SIGNS).replace(/\p{M}/gu, "")) expect(text.includes(sign), sign).toBe(true)
}, 120_000)

test("[EXP41] a DOCX names for every sign a font that has it, and keeps the text", async () => {
  const files = unzipSync(await renderDocx(modelOf(planWithSigns())))
  const xml = strFromU8(files["word/document.xml"] ?? new Uint8Array())
  const words = xml.replace(/<[^>]*>/g, "")
  expect(words.split(SIGNS).length).toBeGreaterThan(5)
  expect(xml).toMatch(
    /<w:rFonts w:ascii="Noto Sans Symbols 2"[^>]*\/>(?:(?!<\/w:r>).)*<w:t xml:space="preserve">☐<\/w:t>/,
  )
  expect(xml).toMatch(/<w:rFonts w:ascii="Noto Sans Math"[^>]*\/>(?:(?!<\/w:r>).)*<w:t xml:space="preserve">→<\/w:t>/)
  expect(xml).not.toMatch(/<w:rPr>(?:(?!<\/w:rPr>).)*<w:rFonts[^>]*\/>(?:(?!<\/w:rPr>).)*<w:rFonts/)
}, 60_000)

test("[EXP42] what no font has is named, should the typesetter meet it", async () => {
  const template =
    '#set document(title: "t", date: datetime(year: 2009, month: 12, day: 15))\n#text(font: "PT Serif", sys.inputs.x)'
  const pdf = await typeset({ template, inputs: { x: "a 漢 b" }, at: "2009-12-15" })
  expect(pdf).toMatchObject({ ok: false, error: { type: "unprintable", message: "漢" } })
}, 60_000)
