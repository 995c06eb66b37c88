import type { Parties } from "@alternat/plan"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  acceptHunks,
  type BracketProposal,
  brackets,
  bracketText,
  flatText,
  normaliseText,
  parseNotation,
  redline,
} from "./index.ts"
import { clauseText } from "./test-support/arbitrary.ts"

const party = (code: string, en: string, ru: string) => ({ code, names: { en: { short: en }, ru: { short: ru } } })
const parties = [party("US", "US", "США"), party("RU", "RF", "РФ")] as unknown as Parties
const from = (id: string, code: string, en: string, kind: "replace" | "delete" = "replace"): BracketProposal => ({
  id,
  party: code,
  kind,
  en: parseNotation(en),
  ru: parseNotation(en),
})

describe("the redline", () => {
  test("[TEXT20] all hunks give the new text, none the old, in whatever order they are chosen", () =>
    fc.assert(
      fc.property(clauseText, clauseText, (a, b) => {
        const { hunks } = redline(a, b)
        const all = new Set(hunks.keys())
        expect(acceptHunks(a, b, all)).toEqual(b)
        expect(acceptHunks(a, b, new Set())).toEqual(a)
        for (const hunk of all) {
          const some = acceptHunks(a, b, new Set([hunk]))
          expect(normaliseText(some)).toEqual(some)
        }
      }),
    ))

  test("[TEXT21] hunks name places of both flat strings, and what lies between them is the same", () =>
    fc.assert(
      fc.property(clauseText, clauseText, (a, b) => {
        const [old, next] = [flatText(a), flatText(b)]
        let [at, newAt] = [0, 0]
        for (const hunk of [...redline(a, b).hunks, { from: old.length, to: 0, newFrom: next.length, newTo: 0 }]) {
          // the step to a line takes no place where that line is the first
          const kept = (words: string) => words.replace(/^\n/, "")
          expect(kept(old.slice(at, hunk.from))).toBe(kept(next.slice(newAt, hunk.newFrom)))
          at = hunk.to
          newAt = hunk.newTo
        }
      }),
    ))

  test("[TEXT22] words are compared with their emphasis, fields by what they are bound to", () => {
    const runs = redline(
      [{ p: ["pays ", { em: "half" }, " by ", { field: "date", key: "end" }] }],
      [{ p: ["pays half by ", { field: "date", key: "start" }] }],
    ).lines.flatMap((line) => line.runs.map((run) => `${run.type}:${JSON.stringify(run.pieces)}`))
    expect(runs).toEqual([
      'keep:[{"inline":"pays "}]',
      'delete:[{"inline":{"em":"half"}}]',
      'insert:[{"inline":"half"}]',
      'keep:[{"inline":" by "}]',
      'delete:[{"inline":{"field":"date","key":"end"}}]',
      'insert:[{"inline":{"field":"date","key":"start"}}]',
    ])
  })
})

describe("brackets", () => {
  const working = parseNotation("no later than 60 days before the visit")
  const draw = (...proposals: BracketProposal[]) =>
    bracketText(brackets(working, proposals, "en", parties), "en", parties)

  test("[TEXT23] two wordings of the same words stand side by side, in the parties' order", () => {
    const us = from("a", "US", "no later than 30 days before the visit")
    const ru = from("b", "RU", "no later than 45 days before the visit")
    expect(draw(ru, us)).toBe("no later than [US: 30] [RF: 45] days before the visit")
    expect(bracketText(brackets(working, [us, ru], "ru", parties), "ru", parties)).toBe(
      "no later than [США: 30] [РФ: 45] days before the visit",
    )
  })

  test("[TEXT24] one side's wording leaves the working words in a bracket of their own; what both want is one bracket", () => {
    expect(draw(from("a", "US", "no later than 30 days before the visit"))).toBe(
      "no later than [60] [US: 30] days before the visit",
    )
    expect(draw(from("a", "US", "no later than 60 days before"))).toBe(
      "no later than 60 days before [US, delete: the visit]",
    )
    expect(draw(from("a", "US", "no later than 60 working days before the visit"))).toBe(
      "no later than 60 [US: working] days before the visit",
    )
    const same = "no later than 30 days before the visit"
    expect(draw(from("a", "US", same), from("b", "RU", same))).toBe("no later than [US, RF: 30] days before the visit")
    expect(draw(from("a", "US", "", "delete"))).toBe("[US, delete: no later than 60 days before the visit]")
  })

  test("[TEXT25] what is kept and what each side wants add up to each side's text", () =>
    fc.assert(
      fc.property(clauseText, clauseText, clauseText, (base, left, right) => {
        const proposals = [
          { id: "a", party: "US", kind: "replace" as const, en: left, ru: left },
          { id: "b", party: "RU", kind: "replace" as const, en: right, ru: right },
        ]
        const segments = brackets(base, proposals, "en", parties)
        for (const { id, en } of proposals) {
          const words = segments
            .flatMap((segment) =>
              segment.type === "keep"
                ? segment.pieces
                : (segment.alternatives.find((alternative) => alternative.proposalIds.includes(id))?.pieces ??
                  segment.working),
            )
            .map((piece) => ("lineBreak" in piece ? "" : JSON.stringify(piece.inline)))
            .join("")
          const plain = (text: string) =>
            text
              .replace(/\{"em":("(?:[^"\\]|\\.)*")\}/g, "$1")
              .replace(/""/g, "")
              .replace(/\\"/g, "'")
          expect(plain(words).replace(/"/g, "")).toBe(
            plain(
              en
                .flatMap((block) => ("p" in block ? block.p : block.list.flat()))
                .map((one) => JSON.stringify(one))
                .join(""),
            ).replace(/"/g, ""),
          )
        }
      }),
    ))
})
