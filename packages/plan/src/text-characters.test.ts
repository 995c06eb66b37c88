import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { TEMPLATE_ANNEXES, TEMPLATE_SECTIONS } from "./template-sections.ts"
import { cleanText, fontOf, isPermitted, isPermittedText, textFault, textFaults } from "./text-characters.ts"
import { describeFault } from "./text-replacements.ts"

const TYPED =
  "☐☑☒→←↑↓↔⇒≤≥±×÷≈≠∑√∞∂∫∈∅⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⁿ½⅓¼¾⅛№₽€£₴₸•◦▪■□●○✓✔✗✘▲△▶◆★│─┌┐└┘═║█αβγΩЁѢѣіїєґўқңөҕӘßñçşğžőʼ‰′″°℃µ§¶†‡…–—‐‒―«»„“”‘’①②ⅣⅫⅰ⌀⚠☎℮™©®ªº"

describe("[PLAN90] a text holds printed characters of our fonts and five that serve typesetting", () => {
  test("signs that people type are permitted", () => {
    expect(textFaults(TYPED)).toEqual([])
    for (const char of TYPED) expect(fontOf(char), char).not.toBeNull()
  })

  test("both alphabets are, in full", () => {
    for (let code = 0x400; code <= 0x52f; code++) expect(isPermitted(code), code.toString(16)).toBe(true)
    for (let code = 0x20; code <= 0x17f; code++) {
      if (code < 0x7f || code > 0x9f) expect(isPermitted(code), code.toString(16)).toBe(true)
    }
  })

  test("of what doesn't print only these", () => {
    const silent = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u
    const permitted = Array.from({ length: 0x11_0000 }, (_, code) => code).filter(
      (code) => isPermitted(code) && silent.test(String.fromCodePoint(code)),
    )
    expect(permitted).toEqual([0x20, 0xa0, 0xad, 0x202f, 0x2060])
    expect(isPermitted(0x2011)).toBe(true)
  })

  test.each([
    ["\u0000", "control"],
    ["\u001b", "control"],
    ["\u0085", "line"],
    ["\u2028", "line"],
    ["\n", "line"],
    ["\t", "tab"],
    ["\u202e", "bidirectional"],
    ["\u200f", "bidirectional"],
    ["\u2066", "bidirectional"],
    ["\u061c", "bidirectional"],
    ["\u200b", "zero_width"],
    ["\u200c", "zero_width"],
    ["\u200d", "zero_width"],
    ["\ufeff", "zero_width"],
    ["\u2063", "hidden"],
    ["\ufe0f", "hidden"],
    ["\u3164", "hidden"],
    ["\u2800", "hidden"],
    ["\ufffe", "noncharacter"],
    ["\u{1ffff}", "noncharacter"],
    ["\ufdd0", "noncharacter"],
    ["\ud83d", "surrogate"],
    ["\ude00", "surrogate"],
    ["\uf0b7", "private_use"],
    ["\u0378", "unassigned"],
    ["\ufffd", "replacement"],
    ["\u2009", "space"],
    ["\u3000", "space"],
    ["😀", "emoji"],
    ["✅", "emoji"],
    ["ﬁ", "compatibility"],
    ["𝐀", "compatibility"],
    ["漢", "no_font"],
    ["א", "no_font"],
  ])("%j is refused as %s", (char, kind) => {
    expect(isPermittedText(`a${char}`)).toBe(false)
    const fault = textFault(`a${char}b`)
    expect(fault).toMatchObject({ offset: 1, char, codePoint: char.codePointAt(0), kind })
    expect(describeFault(fault ?? { codePoint: 0, kind: "control" }).ru).toContain("U+")
  })

  test("line feeds stand in texts of several lines only", () => {
    expect(isPermittedText("a\nb", { form: "lines" })).toBe(true)
    expect(textFaults("a\nb", { form: "lines" })).toEqual([])
    expect(textFaults("a\r\nb", { form: "lines" })).toHaveLength(1)
  })

  test("a mark stands on what one font draws together with it", () => {
    expect(textFaults("и\u0306 e\u0301 q\u0301 \u0301")).toEqual([])
    expect(textFaults("☐\u0483")).toMatchObject([{ offset: 1, kind: "lone_mark", replacement: null }])
    // the guard judges what is inserted, and that is a character
    expect(isPermittedText("☐\u0483")).toBe(true)
  })

  test("whatever is permitted stays so in NFC", () => {
    for (let code = 0; code <= 0xffff; code++) {
      if (!isPermitted(code)) continue
      expect(isPermittedText(String.fromCharCode(code).normalize("NFC")), code.toString(16)).toBe(true)
    }
  })
})

describe("[PLAN92] clean text keeps what may stand, and says what was done to the rest", () => {
  test.each([
    ["a\tb", "a b"],
    ["a\r\nb\u2028c", "a b c"],
    ["10\u2009000", "10\u202f000"],
    ["a\u2003b", "a b"],
    ["o\ufb03ce", "office"],
    ["☑\ufe0f", "☑"],
    ["в\u200bо", "во"],
    ["\u202e06\u202c", "06"],
    ["10 ㎡", "10 m²"],
    ["\uf0b7 a", "• a"],
    ["𝐇𝐢", "Hi"],
    ["ＡＢＣ", "ABC"],
    ["и\u0306", "й"],
    ["a😀漢b", "ab"],
    ["Å", "Å"],
  ])("%j → %j", (source, clean) => {
    expect(cleanText(source).text).toBe(clean)
    expect(textFaults(clean)).toEqual([])
  })

  test("what nothing stands for is told from what nobody saw", () => {
    expect(cleanText("\u200b漢").faults).toMatchObject([{ replacement: "" }, { replacement: null }])
  })

  test("line breaks stay in texts of several lines", () => {
    expect(cleanText("a\r\nb\u2029c\u000bd", { form: "lines" }).text).toBe("a\nb\nc\nd")
  })

  test("any string becomes clean, and clean stays what it is", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    fc.assert(
      fc.property(units, fc.constantFrom("line" as const, "lines" as const), (codes, form) => {
        const { text } = cleanText(String.fromCharCode(...codes), { form })
        expect(textFault(text, { form })).toBeNull()
        expect(cleanText(text, { form })).toEqual({ text, faults: [] })
      }),
    )
  })
})

test("[PLAN93] the template and the demo hold nothing else", () => {
  const folder = new URL("../demo/", import.meta.url)
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as unknown)
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === "string") {
      for (const fault of textFaults(value, { form: "lines" }))
        found.push(`${fault.kind} ${fault.codePoint} in ${value}`)
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk)
  }
  walk([TEMPLATE_SECTIONS, TEMPLATE_ANNEXES, files])
  expect(found).toEqual([])
})
