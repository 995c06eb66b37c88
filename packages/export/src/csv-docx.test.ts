import { LANGS, resolveField } from "@alternat/plan"
import { plainText } from "@alternat/text"
import { strFromU8, unzipSync } from "fflate"
import { expect, test } from "vitest"
import { annexCsvs } from "./csv.ts"
import { demoPlan, demoProposals } from "./demo.test-support.ts"
import { renderDocx } from "./docx/render-docx.ts"
import { squeeze } from "./pdf-text.test-support.ts"
import { planJson } from "./plan-json.ts"
import { renderModel } from "./render-model.ts"

const version = { number: 1, frozenAt: "2009-12-15T17:40:00.000Z" }
const working = renderModel({ plan: demoPlan, version }, { audience: "shared", original: "working" })
const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)

test("[EXP12] every table of the annexes is a CSV in each language, with a byte order mark and plain numbers", () => {
  const files = annexCsvs(working)
  for (const file of files) expect(decode(file.bytes).startsWith("\ufeff"), file.name).toBe(true)
  const read = (name: string) => decode(files.find((file) => file.name === name)?.bytes ?? new Uint8Array())
  expect(read("annexes/annex-3-costs.en.csv")).toContain('L01,"US, USD, cash",1680000,1200000,600000,0,0,3480000\r\n')
  expect(read("annexes/annex-3-costs.ru.csv")).toContain(
    "L01;РФ, руб., деньгами;21600000;36000000;54000000;72000000;72000000;255600000\r\n",
  )
})

test("[EXP13] a cell that a spreadsheet would run is made words", () => {
  const [first, ...rest] = demoPlan.tables.glossary
  const attacks = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1", "\t=1"]
  for (const en of attacks) {
    const plan = { ...demoPlan, tables: { ...demoPlan.tables, glossary: [{ ...first!, en }, ...rest] } }
    const files = annexCsvs(renderModel({ plan, version }, { audience: "shared", original: "working" }))
    const csv = decode(
      files.find((file) => file.name === "annexes/annex-10-glossary.en.csv")?.bytes ?? new Uint8Array(),
    )
    expect(csv).toContain(`'${en}`)
    expect(csv).not.toMatch(new RegExp(`(^|[\\n,"])${en.replace(/[()+@]/g, "\\$&")}`))
  }
})

test("[EXP14] the DOCX is well-formed, holds every clause in both languages, and no author", async () => {
  const files = unzipSync(await renderDocx(working))
  for (const [name, bytes] of Object.entries(files))
    if (/\.(xml|rels)$/.test(name)) expect(faultOf(strFromU8(bytes)), name).toBeNull()
  const document = strFromU8(files["word/document.xml"] ?? new Uint8Array())
  const text = squeeze(unescapeXml(document.replace(/<w:tab\/>/g, " ").replace(/<[^>]*>/g, "")))
  for (const clause of demoPlan.sections.flatMap((section) => section.clauses))
    for (const lang of LANGS)
      expect(text, `${clause.id} ${lang}`).toContain(
        squeeze(plainText(clause[lang], lang, (field) => resolveField(demoPlan, field))),
      )
  expect(strFromU8(files["docProps/core.xml"] ?? new Uint8Array())).toContain("2009-12-15T17:40:00Z")
  expect(strFromU8(files["docProps/core.xml"] ?? new Uint8Array())).toContain("<dc:creator>Alternat</dc:creator>")
})

test("[EXP6] the same version is the same DOCX", async () => {
  expect(Buffer.from(await renderDocx(working)).equals(Buffer.from(await renderDocx(working)))).toBe(true)
})

test("[EXP8] a draft DOCX strikes and underlines inside attributed brackets", async () => {
  const draft = renderModel(
    { plan: demoPlan, proposals: demoProposals, version: null, at: "2009-11-05" },
    { audience: "shared", original: "working" },
  )
  const files = unzipSync(await renderDocx(draft))
  const document = strFromU8(files["word/document.xml"] ?? new Uint8Array())
  expect(document).toContain("[RF: ")
  expect(document).toMatch(/<w:strike\/>/)
  expect(
    Object.entries(files).some(
      ([name, bytes]) => name.startsWith("word/header") && strFromU8(bytes).includes("Draft — not agreed"),
    ),
  ).toBe(true)
})

const unescapeXml = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&")

/** Enough of a parser to tell that tags nest and no character is left over. */
function faultOf(xml: string): string | null {
  const open: string[] = []
  const rest = xml
    .replace(/<\?[^>]*\?>/g, "")
    .replace(
      /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g,
      (_tag, close: string, name: string, _attributes, single: string) => {
        if (close !== "") return open.pop() === name ? "" : `<mismatch ${name}`
        if (single === "") open.push(name)
        return ""
      },
    )
  if (open.length > 0) return `open: ${open.join(" ")}`
  if (/</.test(rest)) return rest.slice(rest.indexOf("<"), rest.indexOf("<") + 60)
  return /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)/.test(rest) ? "stray ampersand" : null
}

test("[EXP15] an export is made of the shared plan alone: what else a caller holds has no way in", async () => {
  const canary = "CANARY-7f3a"
  const source = { plan: demoPlan, version, caucus: canary, comments: [canary], notes: { US: canary } }
  const model = renderModel(source, { audience: "US", original: "US" })
  const docx = unzipSync(await renderDocx(model))
  const bytes = [planJson(source, "US"), ...annexCsvs(model).map((file) => file.bytes), ...Object.values(docx)]
  for (const one of bytes) expect(strFromU8(one)).not.toContain(canary)
  expect(JSON.stringify(model)).not.toContain(canary)
})
