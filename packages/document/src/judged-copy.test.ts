import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { loadJudgedCopy } from "./judged-copy.ts"
import { clauseFragment, clausesOf, tableOf } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"
import { client, initial } from "./test-support/fixture.ts"
import { type } from "./test-support/guarding.ts"

describe("the copy that updates are judged by", () => {
  test("[DOC66] what clients write is in it as in every copy, of what the server alone writes only that it is there", () => {
    const [copy, whole] = [loadJudgedCopy("plan", [initial()]), loadDoc("plan", [initial()])]
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(whole))
    const written = (doc: Y.Doc) => ({
      lines: tableOf(doc, "cost_lines").toJSON(),
      terms: doc.getMap("terms").toJSON(),
      texts: ["c1", "c2", "c3"].map((id) => clauseFragment(doc, id, "en")?.toString()),
      parts: [...(clausesOf(doc).get("c2")?.keys() ?? [])].toSorted(),
    })
    expect(written(copy)).toEqual(written(whole))
    expect(whole.getMap("head").get("title")).toEqual({ en: "Plan", ru: "План" })
    expect(copy.getMap("head").get("title")).toBeNull()
  })

  test("[DOC66] it takes what comes as every copy does, keys of a text included", () => {
    const { doc, take } = client(11)
    type(doc, "c1", "An answer comes within 30 days.")
    const paragraph = clauseFragment(doc, "c3", "en")?.get(0) as Y.XmlElement
    paragraph.setAttribute("level", "2")
    const update = take()
    const [copy, whole] = [loadJudgedCopy("plan", [initial()]), loadDoc("plan", [initial()])]
    for (const one of [copy, whole]) Y.applyUpdate(one, update)
    for (const id of ["c1", "c3"])
      expect(clauseFragment(copy, id, "en")?.toString()).toBe(clauseFragment(whole, id, "en")?.toString())
    expect(clauseFragment(copy, "c3", "en")?.toString()).toContain('level="2"')
  })

  test("[DOC66] nobody can listen to it: one listener would hear every room's", () => {
    const copy = loadJudgedCopy("plan", [initial()])
    expect(() => copy.getMap("terms").observe(() => undefined)).toThrow()
    expect(() => copy.getMap("terms").observeDeep(() => undefined)).toThrow()
  })
})
