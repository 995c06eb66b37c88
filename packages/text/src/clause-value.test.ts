import { getSchema } from "@tiptap/core"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  clauseExtensions,
  clauseSchema,
  fieldsOf,
  flatText,
  formatNotation,
  inlineLength,
  jsonToText,
  linesOf,
  nodeToText,
  normaliseText,
  parseField,
  parseNotation,
  parseToken,
  plainToText,
  textToNode,
} from "./index.ts"
import { anyText, clauseText, oneLine } from "./test-support/arbitrary.ts"

describe("the value form", () => {
  test("[TEXT1] normal form is reached in one step: NFC, joined, nothing empty", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const normal = normaliseText(text)
        expect(normaliseText(normal)).toEqual(normal)
      }),
    )
    expect(normaliseText([{ p: ["и\u0306", "", "мя"] }, { p: [] }, { list: [[], ["a\nb"]] }])).toEqual([
      { p: ["ймя"] },
      { list: [["a b"]] },
    ])
    expect(normaliseText([{ p: [""] }])).toEqual([])
  })

  test("[TEXT2] a text and its editor document are the same thing", () =>
    fc.assert(
      fc.property(clauseText, (text) => {
        const node = textToNode(text)
        node.check()
        expect(nodeToText(node)).toEqual(text)
      }),
    ))

  test("[TEXT3] one list of extensions gives the schema: paragraphs, lists, emphasis, fields, and no more", () => {
    const schema = getSchema([...clauseExtensions])
    expect(Object.keys(schema.nodes)).toEqual(Object.keys(clauseSchema.nodes))
    expect(Object.keys(clauseSchema.nodes).toSorted()).toEqual([
      "doc",
      "field",
      "listItem",
      "orderedList",
      "paragraph",
      "text",
    ])
    expect(Object.keys(clauseSchema.marks)).toEqual(["em"])
  })

  test("[TEXT4] in the flat string every place is one character: a field too, and the step to the next line", () => {
    const text = parseNotation("On {date:end} ends\n- one\n- two")
    expect(flatText(text)).toBe("On \uFFFC ends\none\ntwo")
    expect(fieldsOf(text)).toEqual([{ field: { field: "date", key: "end" }, at: 3 }])
    fc.assert(
      fc.property(clauseText, (any) => {
        const lines = linesOf(any)
        const places = lines.flatMap((line) => line.inlines).reduce((sum, inline) => sum + inlineLength(inline), 0)
        expect(flatText(any).length).toBe(places + Math.max(0, lines.length - 1))
      }),
    )
  })

  test("[TEXT5] notation reads and writes fields; braces that name no field stay words", () => {
    fc.assert(
      fc.property(oneLine, (text) => {
        expect(parseNotation(formatNotation(text))).toEqual(text)
      }),
    )
    expect(parseNotation("{party:US|gen} {placeholder:text:channel} {ref:s17.c6}")).toEqual([
      {
        p: [
          { field: "party", key: "US", case: "gen" },
          " ",
          { field: "placeholder", key: "channel", kind: "text" },
          " ",
          { field: "ref", key: "s17.c6" },
        ],
      },
    ])
    expect(parseNotation("a {thing:x} b")).toEqual([{ p: ["a {thing:x} b"] }])
    expect(parseToken("{party:US|loc}")).toBeNull()
    expect(parseField({ field: "date", key: "end", case: "gen" })).toEqual({ field: "date", key: "end" })
    expect(parseField({ field: "party", key: "US" })).toBeNull()
  })
})

describe("what comes from outside", () => {
  test("[TEXT6] plain text: lines are paragraphs, lettered lines a list, invisible characters go", () => {
    expect(plainToText("One\u200B line.\r\n\r\n(a) first\nб) second")).toEqual([
      { p: ["One line."] },
      { list: [["first"], ["second"]] },
    ])
    expect(plainToText("a) alone")).toEqual([{ p: ["a) alone"] }])
  })

  test("[TEXT7] any editor document is cut down to what a clause holds", () => {
    const from = (content: unknown) => jsonToText({ type: "doc", content })
    expect(
      from([
        { type: "heading", content: [{ type: "text", text: "Head", marks: [{ type: "bold" }] }] },
        {
          type: "bulletList",
          content: [
            {
              type: "listItem",
              content: [{ type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "italic" }] }] }],
            },
          ],
        },
        { type: "image", attrs: { src: "x" } },
        {
          type: "paragraph",
          content: [
            { type: "field", attrs: { field: "date", key: "end" } },
            { type: "field", attrs: { field: "evil" } },
          ],
        },
      ]),
    ).toEqual([{ p: ["Head"] }, { list: [[{ em: "x" }]] }, { p: [{ field: "date", key: "end" }] }])
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(normaliseText(jsonToText(value))).toEqual(jsonToText(value))
      }),
    )
  })
})
