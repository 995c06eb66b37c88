import type { ClauseText, Parties } from "@alternat/plan"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  type BracketProposal,
  brackets,
  bracketText,
  flatText,
  formatNotation,
  mergeTexts,
  normaliseText,
  parseNotation,
  tokensOf,
} from "./index.ts"
import { clauseText } from "./test-support/arbitrary.ts"

const merged = (base: string, wording: string, working: string) => {
  const { text, overlaps } = mergeTexts(parseNotation(base), parseNotation(wording), parseNotation(working))
  const flat = flatText(parseNotation(working))
  return { text: formatNotation(text), over: overlaps.map(({ from, to }) => flat.slice(from, to)) }
}
const isClean = (base: ClauseText, wording: ClauseText, working: ClauseText) =>
  mergeTexts(base, wording, working).overlaps.length === 0

/** Words that stand in a text once, so that every reader of a change means the same change. */
const words = Array.from({ length: 14 }, (_, index) => `word${index}`)
const asText = (list: readonly string[]): ClauseText => normaliseText([{ p: [list.join(" ")] }])
interface Edit {
  readonly at: number
  readonly kind: "replace" | "insert" | "delete"
}
/** Each edit belongs to one of several siblings and has words of its own. */
const edited = (edits: readonly Edit[], owner: string): ClauseText =>
  asText(
    words.flatMap((word, index) => {
      const edit = edits.find((one) => one.at === index)
      if (edit === undefined) return [word]
      if (edit.kind === "delete") return []
      return edit.kind === "insert" ? [word, `${owner}${index}`] : [`${owner}${index}`]
    }),
  )
const kind = fc.constantFrom<Edit["kind"]>("replace", "insert", "delete")
/** Every fourth word may be edited, by at most one of the siblings: two kept words lie between any two edits. */
const siblings = fc
  .tuple(
    ...[0, 4, 8, 12].map((at) => fc.option(fc.record({ owner: fc.constantFrom(0, 1, 2), kind, at: fc.constant(at) }))),
  )
  .map((all) => {
    const present = all.filter((one) => one !== null)
    return ["a", "b", "c"].map((name, owner) =>
      edited(
        present.filter((one) => one.owner === owner),
        name,
      ),
    )
  })
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

describe("the three-way merge", () => {
  test("[TEXT50] a wording is itself on its own base, and the working text where the wording changes nothing", () =>
    fc.assert(
      fc.property(clauseText, clauseText, (base, other) => {
        expect(mergeTexts(base, other, base)).toEqual({ text: other, overlaps: [] })
        expect(mergeTexts(base, base, other)).toEqual({ text: other, overlaps: [] })
        expect(mergeTexts(base, other, other)).toEqual({ text: other, overlaps: [] })
      }),
    ))

  test("[TEXT51] what either side inserts stands in a merge without overlap", () =>
    fc.assert(
      fc.property(clauseText, clauseText, clauseText, (base, wording, working) => {
        const merge = mergeTexts(base, wording, working)
        expect(normaliseText(merge.text)).toEqual(merge.text)
        if (merge.overlaps.length > 0) return
        const count = (text: ClauseText, key: string) => tokensOf(text).filter((token) => token.key === key).length
        const keys = new Set([...tokensOf(wording), ...tokensOf(working)].map((token) => token.key))
        for (const key of keys) {
          if (key.startsWith("\n")) continue // an empty line is no line
          const most = Math.max(count(wording, key), count(working, key))
          if (most > count(base, key) && Math.min(count(wording, key), count(working, key)) >= count(base, key))
            expect(count(merge.text, key), key).toBeGreaterThanOrEqual(most)
        }
      }),
    ))

  test("[TEXT51] also where words overlap, the wording's stand in the merged text and the places name all others", () =>
    fc.assert(
      fc.property(clauseText, clauseText, clauseText, (base, wording, working) => {
        const { overlaps } = mergeTexts(base, wording, working)
        const length = flatText(working).length
        let at = 0
        for (const { from, to } of overlaps) {
          expect(from).toBeGreaterThanOrEqual(at)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(length)
          at = to
        }
      }),
    ))

  test("[TEXT52] changes of different words commute: whoever is the wording and who the working text", () =>
    fc.assert(
      fc.property(clauseText, clauseText, clauseText, (base, a, b) => {
        const [one, two] = [mergeTexts(base, a, b), mergeTexts(base, b, a)]
        expect(one.overlaps.length > 0).toBe(two.overlaps.length > 0)
        if (one.overlaps.length === 0) expect(one.text).toEqual(two.text)
      }),
    ))

  test(
    "[TEXT53] three proposals on different words give one text, in whatever order they are accepted",
    () =>
      fc.assert(
        fc.property(siblings, (wordings) => {
          const base = asText(words)
          const results = orders.map((order) =>
            order.reduce((working, index) => {
              const wording = wordings[index] ?? base
              expect(isClean(base, wording, working)).toBe(true)
              return mergeTexts(base, wording, working).text
            }, base),
          )
          for (const result of results) expect(result).toEqual(results[0])
        }),
        { numRuns: 40 },
      ),
    30_000,
  )

  test("[TEXT54] only words that both change, or two insertions at one place, overlap", () => {
    const base = "no later than 60 days before the visit"
    expect(merged(base, "no later than 45 days before the visit", `${base}!`)).toEqual({
      text: "no later than 45 days before the visit!",
      over: [],
    })
    expect(merged(base, "no later than 30 days before the visit", "no later than 45 days before the visit")).toEqual({
      text: "no later than 30 days before the visit",
      over: ["45"],
    })
    expect(merged(base, `${base} to the site`, `${base} to the bay`).over).toEqual([" to the bay"])
    expect(
      merged(base, "no later than 60 working days before the visit", "no later than 60 days before the first visit"),
    ).toEqual({ text: "no later than 60 working days before the first visit", over: [] })
    expect(merged(base, "no later than 45 days before the visit", "no later than 45 days before the visit.")).toEqual({
      text: "no later than 45 days before the visit.",
      over: [],
    })
  })

  test("[TEXT54] beside a replaced word there is room: an insertion at its edge follows", () => {
    expect(merged("pays 60 days", "pays 45 days", "pays 60! days")).toEqual({ text: "pays 45! days", over: [] })
    expect(merged("pays 60 days", "pays 45 days", "pays about 60 days")).toEqual({
      text: "pays about 45 days",
      over: [],
    })
  })

  test("[TEXT58] sentences that are added at one place stand one behind the other, signs with their word; words do not mix", () => {
    const base = "The act is signed."
    const us = `${base} It is kept.`
    const ru = `${base} No act is needed.`
    expect(merged(base, us, ru)).toEqual({ text: `${base} It is kept. No act is needed.`, over: [] })
    expect(merged(base, ru, us)).toEqual(merged(base, us, ru))
    expect(merged(base, us, "The act is signed.!")).toEqual({ text: "The act is signed.! It is kept.", over: [] })
    expect(merged("60 days", "60 working days", "60 calendar days")).toEqual({
      text: "60 calendar working days",
      over: ["calendar "],
    })
  })

  test("[TEXT58] three proposals that each add a sentence at the end give one text, in whatever order they are accepted", () => {
    const base = parseNotation("The act is signed.")
    const wordings = ["A is one.", "B is two.", "C is three."].map((one) => parseNotation(`The act is signed. ${one}`))
    const results = orders.map((order) =>
      order.reduce((working, index) => mergeTexts(base, wordings[index] ?? base, working).text, base),
    )
    for (const result of results) expect(result).toEqual(results[0])
  })

  test("[TEXT54] a sentence written anew has no room for words added beside one that it keeps by chance", () => {
    const base = "A request reaches the side by the channel"
    const anew = "Notice of every visit is given, and the receiving Party confirms it"
    expect(merged(base, anew, "A request reaches the named side by the channel").over).not.toEqual([])
  })

  test("[TEXT55] emphasis and fields move with their words", () => {
    const base: ClauseText = [
      { p: ["pays ", { field: "amount", key: "L10.us" }, " by ", { field: "date", key: "end" }] },
    ]
    const wording: ClauseText = [
      { p: ["pays ", { field: "amount", key: "L10.us" }, " by ", { field: "date", key: "start" }] },
    ]
    const working: ClauseText = [
      { p: [{ em: "pays" }, " ", { field: "amount", key: "L10.us" }, " by ", { field: "date", key: "end" }] },
    ]
    expect(mergeTexts(base, wording, working)).toEqual({
      text: [{ p: [{ em: "pays" }, " ", { field: "amount", key: "L10.us" }, " by ", { field: "date", key: "start" }] }],
      overlaps: [],
    })
    const rebound: ClauseText = [
      { p: ["pays ", { field: "amount", key: "L10.us" }, " by ", { field: "date", key: "handover" }] },
    ]
    expect(mergeTexts(base, wording, rebound).overlaps).toHaveLength(1)
  })

  test("[TEXT55] items and paragraphs are merged like words", () => {
    const base: ClauseText = [{ p: ["The sites:"] }, { list: [["one"], ["two"]] }]
    const wording: ClauseText = [{ p: ["The sites:"] }, { list: [["one"], ["two"], ["three"]] }]
    const working: ClauseText = [{ p: ["These are the sites:"] }, { list: [["one"], ["two"]] }]
    expect(mergeTexts(base, wording, working)).toEqual({
      text: [{ p: ["These are the sites:"] }, { list: [["one"], ["two"], ["three"]] }],
      overlaps: [],
    })
  })
})

describe("brackets of proposals that keep their base", () => {
  const party = (code: string, en: string, ru: string) => ({ code, names: { en: { short: en }, ru: { short: ru } } })
  const parties = [party("US", "US", "США"), party("RU", "RF", "РФ")] as unknown as Parties
  const from = (id: string, code: string, base: string, wording: string): BracketProposal => ({
    id,
    party: code,
    kind: "replace",
    baseText: { en: parseNotation(base), ru: parseNotation(base) },
    en: parseNotation(wording),
    ru: parseNotation(wording),
  })
  const draw = (working: string, ...proposals: BracketProposal[]) =>
    bracketText(brackets(parseNotation(working), proposals, "en", parties), "en", parties)
  const base = "names each visitor and the purpose"

  test("[TEXT56] a bracket shows its owner's changes, whatever has changed in the working text since", () => {
    const us = from("a", "US", base, "names each planned visitor and the purpose")
    const ru = from("b", "RU", base, "names each visitor and the exact purpose")
    expect(draw(base, us, ru)).toBe("names each [US: planned] visitor and the [RF: exact] purpose")
    expect(draw("names each planned visitor and the purpose", ru)).toBe(
      "names each planned visitor and the [RF: exact] purpose",
    )
    expect(draw(`${base}!`, us, ru)).toBe("names each [US: planned] visitor and the [RF: exact] purpose!")
  })

  test("[TEXT56] of any working text: no bracket takes out a word that its owner has left alone", () =>
    fc.assert(
      fc.property(siblings, ([a = [], b = [], c = []]) => {
        const all = [a, b].map(
          (en, index): BracketProposal => ({
            id: String(index),
            party: index === 0 ? "US" : "RU",
            kind: "replace",
            baseText: { en: asText(words), ru: [] },
            en,
            ru: [],
          }),
        )
        const drawn = bracketText(brackets(c, all, "en", parties), "en", parties)
        expect(drawn).not.toMatch(/delete: [^\]]*\bc\d+/)
        for (const word of flatText(c).match(/c\d+/g) ?? []) expect(drawn).toContain(word)
      }),
    ))

  test("[TEXT57] a wording over words that moved says so, and today's words stand beside it", () => {
    const us = from("a", "US", "within 60 days of it", "within 30 days of it")
    expect(draw("within 45 days of it", us)).toBe("within [45] [US, over earlier words: 30] days of it")
    const segments = brackets(
      parseNotation("в течение 45 дней"),
      [from("a", "US", "в течение 60 дней", "в течение 30 дней")],
      "ru",
      parties,
    )
    expect(bracketText(segments, "ru", parties)).toBe("в течение [45] [США, к прежним словам: 30] дней")
    expect(segments.flatMap((one) => (one.type === "bracket" ? [one.contested] : []))).toEqual([false])
  })
})
