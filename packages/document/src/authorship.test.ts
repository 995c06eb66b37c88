import { flatText } from "@alternat/text"
import { describe, expect, test } from "vitest"
import type * as Y from "yjs"
import { type AuthoredUpdate, createAuthorship } from "./authorship.ts"
import { text } from "./test-support/fixture.ts"
import { emptied, fragmentIn, leafIn, said, table } from "./test-support/writing-table.ts"

describe("who wrote which characters", () => {
  test("[DOC60] typing is the typist's, wherever in the text of others it stands", () => {
    const t = emptied("US", "RU")
    t.write("US", text("The sides meet."))
    t.settle()
    t.edit("RU", (now) => now.replace("sides", "sides often"))
    t.settle()
    t.edit("US", (now) => now.replace("meet", "agree"))
    const read = t.read()
    expect(said(read)).toEqual(["US:The sides ", "RU:often ", "US:agree."])
    expect(read.runs.map((run) => [run.first.seq, run.last.seq])).toEqual([
      [3, 3],
      [4, 4],
      [3, 5],
    ])
    expect(read.runs[2]?.last.at).toEqual(new Date(5000))
  })

  test("[DOC60] what the plan began with is the server's, fields and stressed words included", () => {
    expect(said(table("US").read("c1"))).toEqual(["server:An answer comes within 60 days of \uFFFC."])
    expect(said(table("US").read("c3"))).toEqual(["server:Plain and stressed words."])
  })

  test("[DOC61] a paragraph split, joined, or made a list keeps its words' authors", () => {
    const t = emptied("US", "RU")
    t.write("US", text("One two. Three four."))
    t.settle()
    t.edit("RU", (now) => now.replace(". T", ".\n T"))
    t.settle()
    expect(said(t.read())).toEqual(["US:One two.\n Three four."])
    t.write("RU", text("- One two.\n- Three four."))
    t.settle()
    expect(said(t.read())).toEqual(["US:One two.\nThree four."])
    t.write("RU", text("One two. Three four."))
    expect(said(t.read()).map((run) => run.trim())).toEqual(["US:One two.", "RU:", "US:Three four."])
  })

  test("[DOC61] a value put between two words, or taken out, moves nobody's words to another", () => {
    const t = emptied("US", "RU")
    t.write("US", text("Paid by both."))
    t.settle()
    t.write("RU", text("Paid {date:start} by both."))
    t.settle()
    expect(said(t.read())).toEqual(["US:Paid ", "RU:\uFFFC ", "US:by both."])
    t.write("US", text("Paid {date:end} by both."))
    t.settle()
    expect(said(t.read())).toEqual(["US:Paid \uFFFC", "RU: ", "US:by both."])
    t.write("RU", text("Paid by both."))
    expect(said(t.read())).toEqual(["US:Paid by both."])
  })

  test("[DOC61] a mark on words is no writing", () => {
    const t = emptied("US", "RU")
    t.write("US", text("The sides meet."))
    t.settle()
    t.act("RU", (doc) => {
      const leaf = (fragmentIn(doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
      leaf.format(4, 5, { em: {} })
    })
    const read = t.read()
    expect(read.text).toEqual([{ p: ["The ", { em: "sides" }, " meet."] }])
    expect(said(read)).toEqual(["US:The sides meet."])
  })

  test("[DOC62] words that an undo brings back are still their writer's", () => {
    const t = emptied("US", "RU")
    t.write("US", text("The sides meet.\n\nAnd they agree."))
    t.settle()
    t.edit("RU", (now) => now.replace(" sides", ""))
    t.edit("RU", () => "")
    t.settle()
    expect(t.read().text).toEqual([])
    t.undo("RU")
    t.undo("RU")
    t.settle()
    expect(said(t.read())).toEqual([`US:${flatText(t.read().text)}`])
    expect(flatText(t.read().text)).toContain("The sides meet.")
  })

  test("[DOC62] an undo brings back a paragraph's words though another had deleted some beside them", () => {
    const t = emptied("US", "RU", "third")
    t.write("third", text("0123456789."))
    t.settle()
    const steps = [
      ["US", (now: string) => `\n${now}`],
      ["RU", (now: string) => now.replace("0", "")],
      ["US", (now: string) => now.replace("\n1", "")],
    ] as const
    for (const [who, change] of steps) {
      t.edit(who, change)
      t.settle()
    }
    t.undo("US")
    expect(said(t.read())).toEqual(["third:123456789."])
  })

  test("[DOC62] the same words typed again over deleted ones are the typist's", () => {
    const t = emptied("US", "RU")
    t.write("US", text("The sides meet."))
    t.settle()
    t.edit("RU", (now) => now.replace("sides ", ""))
    for (const [before, after] of [
      ["The ", "The s"],
      ["The s", "The si"],
      ["The si", "The sid"],
    ] as const)
      t.edit("RU", (now) => now.replace(before, after))
    expect(said(t.read())).toEqual(["US:The ", "RU:sid", "US:meet."])
  })

  test("[DOC65] letters of deleted words make no new words in their writer's name", () => {
    const t = emptied("US", "RU")
    t.write("US", text("abcdefgh\n\nStay."))
    t.settle()
    t.act("RU", (doc) => {
      leafIn(doc, 0).delete(0, 8)
      for (const letter of ["b", "a", "d"]) leafIn(doc, 1).insert(0, letter)
    })
    // "d", then nothing that stood before it: no more than deleting the others would have left
    expect(said(t.read())).toEqual(["US:d", "RU:ab", "US:Stay."])
    const other = emptied("US", "RU")
    other.write("US", text("abcdefgh\n\nStay."))
    other.settle()
    other.act("RU", (doc) => {
      leafIn(doc, 0).delete(0, 8)
      leafIn(doc, 1).insert(0, "hah")
    })
    expect(said(other.read())).toEqual(["US:h", "RU:ah", "US:Stay."])
  })

  test("[DOC63] a withdrawn clause is read; one that never was is not", () => {
    const t = table("US")
    t.act("US", (doc) => doc.getMap<Y.Map<unknown>>("clauses").get("c1")?.set("deleted", true))
    expect(said(t.read("c1"))).toEqual(["server:An answer comes within 60 days of \uFFFC."])
    expect(() => t.read("nowhere")).toThrow("no such clause")
  })

  test("[DOC63] a log with a gap is refused; what is known already passes", () => {
    const t = table("US")
    t.write("US", text("One."))
    const authorship = createAuthorship()
    authorship.add(t.log.slice(0, 1))
    authorship.add(t.log)
    expect(authorship.seq).toBe(2)
    expect(() => authorship.add([{ ...(t.log[1] as AuthoredUpdate), seq: 4 }])).toThrow("a gap in the log")
  })
})
