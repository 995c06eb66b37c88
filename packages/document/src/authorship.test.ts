// Who wrote what, told by one fold of one kind of log; its cases are one list, and share how they are set up.
import type { ClauseText } from "@alternat/plan"
import { flatText, textToNode } from "@alternat/text"
import { updateYFragment } from "@tiptap/y-tiptap"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { type AuthoredUpdate, createAuthorship } from "./authorship.ts"
import { writeFragment } from "./fragment.ts"
import { clauseFragment, undoScope } from "./layout.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { client, initial, text } from "./test-support/fixture.ts"

/** People at one table: what each does goes to the log in order, and to the others when they are told. */
function table(...names: readonly string[]) {
  const log: AuthoredUpdate[] = [{ seq: 1, author: "server", at: new Date(1000), bytes: initial() }]
  const people = new Map(
    names.map((name, index) => {
      const one = client(100 + index)
      const scope = [...undoScope(one.doc)]
      const undo = new Y.UndoManager(scope, { trackedOrigins: new Set([name]), captureTimeout: 0 })
      return [name, { ...one, undo, known: 1 }]
    }),
  )
  const personOf = (name: string) => {
    const found = people.get(name)
    if (found === undefined) throw new Error(name)
    return found
  }
  const send = (name: string) => {
    const bytes = personOf(name).take()
    if (bytes.length > 2) log.push({ seq: log.length + 1, author: name, at: new Date((log.length + 1) * 1000), bytes })
  }
  return {
    log,
    /** everybody hears of everything */
    settle: () => {
      for (const one of people.values()) {
        for (const entry of log.slice(one.known)) one.receive(entry.bytes)
        one.known = log.length
      }
    },
    /** what the editor's binding does when the text on screen has become another one */
    edit: (name: string, change: (text: string) => string, clauseId = "c3") => {
      const { doc } = personOf(name)
      const fragment = fragmentIn(doc, clauseId)
      doc.transact(() => {
        const next = linesToNode(change(plain(fragment)))
        updateYFragment(doc, fragment, next, { mapping: new Map(), isOMark: new Map() })
      }, name)
      send(name)
    },
    write: (name: string, value: ClauseText, clauseId = "c3") => {
      const { doc } = personOf(name)
      doc.transact(() => writeFragment(fragmentIn(doc, clauseId), value), name)
      send(name)
    },
    undo: (name: string) => {
      personOf(name).undo.undo()
      send(name)
    },
    redo: (name: string) => {
      personOf(name).undo.redo()
      send(name)
    },
    act: (name: string, work: (doc: Y.Doc) => void) => {
      const { doc } = personOf(name)
      doc.transact(() => work(doc), name)
      send(name)
    },
    read: (clauseId = "c3") => {
      const authorship = createAuthorship()
      authorship.add(log)
      const read = authorship.read(clauseId, "en", (written) => written.author)
      authorship.destroy()
      if (read === null) throw new Error("no such clause")
      return read
    },
  }
}

/** The same with the clause empty: nothing of what the plan began with stands in it. */
function emptied(...names: readonly string[]) {
  const t = table("server-hand", ...names)
  t.write("server-hand", [])
  t.settle()
  return t
}

const fragmentIn = (doc: Y.Doc, clauseId: string): Y.XmlFragment => {
  const fragment = clauseFragment(doc, clauseId, "en")
  if (fragment === null) throw new Error("no such clause")
  return fragment
}

const leafIn = (doc: Y.Doc, line: number): Y.XmlText =>
  (fragmentIn(doc, "c3").get(line) as Y.XmlElement).get(0) as Y.XmlText

/** Lines of a fragment without fields or marks, as the test's people see them. */
const plain = (fragment: Y.XmlFragment): string =>
  fragment
    .toArray()
    .map((line) => (line instanceof Y.XmlElement ? line.toArray().map(String).join("") : ""))
    .join("\n")
    .replaceAll(/<[^>]*>/g, "")

const linesToNode = (lines: string) => textToNode(lines.split("\n").map((line) => ({ p: line === "" ? [] : [line] })))

/** "US:words RU:words" */
const said = ({ text, runs }: ReturnType<ReturnType<typeof table>["read"]>) =>
  runs.map((run) => `${run.key}:${flatText(text).slice(run.from, run.to)}`)

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

// What the US side types is lower case, what the Russian side types is upper case, and the plan began with digits: so
// every character says itself whose it is.
type Step =
  | {
      readonly do: "type" | "erase" | "replace"
      readonly who: "us" | "RU"
      readonly at: number
      readonly length: number
      readonly words: string
    }
  | { readonly do: "split" | "join" | "mark"; readonly who: "us" | "RU"; readonly at: number }
  | { readonly do: "undo" | "redo"; readonly who: "us" | "RU" }
  | { readonly do: "settle" }

const who = fc.constantFrom("us" as const, "RU" as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("type" as const, "erase" as const, "replace" as const),
      who,
      at: fc.nat(60),
      length: fc.integer({ min: 1, max: 12 }),
      words: fc.constantFrom("a", "bcd", "efghi", "jk lm"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("split" as const, "join" as const, "mark" as const),
      who,
      at: fc.nat(60),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("undo" as const, "redo" as const), who }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: "settle" }) },
)

function take(t: ReturnType<typeof table>, one: Step): void {
  switch (one.do) {
    case "settle":
      t.settle()
      return
    case "undo":
    case "redo":
      t[one.do](one.who)
      return
    case "split":
      t.edit(one.who, (now) => cutAt(now, one.at, 0, "\n"))
      return
    case "join":
      t.edit(one.who, (now) => now.replace("\n", ""))
      return
    case "mark":
      t.act(one.who, (doc) => {
        const leaf = (fragmentIn(doc, "c3").toArray()[0] as Y.XmlElement | undefined)?.toArray()[0]
        if (leaf instanceof Y.XmlText && leaf.length > 2)
          leaf.format(1, Math.min(leaf.length - 1, one.at + 1), { em: {} })
      })
      return
    default: {
      const words = one.do === "erase" ? "" : one.who === "us" ? one.words : one.words.toUpperCase()
      t.edit(one.who, (now) => cutAt(now, one.at, one.do === "type" ? 0 : one.length, words))
    }
  }
}

const cutAt = (text: string, at: number, length: number, words: string): string => {
  const from = Math.min(at, text.length)
  return text.slice(0, from) + words + text.slice(from + length)
}

const ownerOf = (char: string): string | null =>
  /[a-z]/.test(char) ? "us" : /[A-Z]/.test(char) ? "RU" : /[0-9]/.test(char) ? "server" : null

/** Every character with whose it is and whose it is said to be; a space or a break says nothing of itself. */
function ownersOf(steps: readonly Step[], settlesEach: boolean): readonly (readonly [string, string, string])[] {
  const t = table("us", "RU")
  t.log.push(beginning())
  t.settle()
  for (const one of steps) {
    take(t, one)
    if (settlesEach) t.settle()
  }
  const { text: value, runs } = t.read()
  const flat = flatText(value)
  return runs.flatMap((run) =>
    Array.from(flat.slice(run.from, run.to), (char) => [char, ownerOf(char) ?? run.key, run.key] as const),
  )
}

const isOwn = ([, own, key]: readonly [string, string, string]): boolean => own === key

describe("under everything people do", () => {
  test("[DOC60] every character is its typist's: typing, erasing, replacing and marks, all at once", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const typing = steps.filter(({ do: what }) => !["split", "join", "undo", "redo"].includes(what))
        expect(ownersOf(typing, false).filter((one) => !isOwn(one))).toEqual([])
      }),
      { numRuns: 50 },
    ))

  test("[DOC61] [DOC62] splits, joins, undo and redo move nobody's words to another", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        expect(ownersOf(steps, true).filter((one) => !isOwn(one))).toEqual([])
      }),
      { numRuns: 80 },
    ))

  test("[DOC65] whoever brings back what another had deleted meanwhile answers for it, and nobody else does", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const carriers = new Set<string>(
          steps.flatMap((one) => (one.do === "settle" || one.do === "mark" || one.do === "erase" ? [] : [one.who])),
        )
        for (const one of ownersOf(steps, false)) expect([one, isOwn(one) || carriers.has(one[2])]).toEqual([one, true])
      }),
      { numRuns: 50 },
    ))

  test("[DOC64] runs lie one behind the other from the first place of the text to the last, neighbours of different keys", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(who, clauseText), { maxLength: 6 }), (writings) => {
        const t = table("us", "RU")
        for (const [name, value] of writings) {
          t.write(name, value)
          t.settle()
        }
        const { text: value, runs } = t.read()
        expect(runs.at(-1)?.to ?? 0).toBe(flatText(value).length)
        runs.forEach((run, index) => {
          expect(run.from).toBe(runs[index - 1]?.to ?? 0)
          expect(run.to).toBeGreaterThan(run.from)
          if (index > 0) expect(run.key).not.toBe(runs[index - 1]?.key)
        })
      }),
    ))

  test("[DOC64] characters that compose are counted as the text counts them", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            who,
            fc.string({
              unit: fc.constantFrom("e", "и", "\u0306", "\u0301", "\r", "\n", "\t", "가", "\u1100", "\u1161", "😀"),
            }),
          ),
          { maxLength: 8 },
        ),
        (typed) => {
          const t = table("us", "RU")
          for (const [name, words] of typed) {
            t.act(name, (doc) => {
              const leaf = (fragmentIn(doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
              leaf.insert(leaf.length, words)
            })
            t.settle()
          }
          const { text: value, runs } = t.read()
          expect(runs.at(-1)?.to ?? 0).toBe(flatText(value).length)
        },
      ),
    ))
})

/** The server's own first words in the clause: digits. */
function beginning(): AuthoredUpdate {
  const server = client(7)
  server.doc.transact(() => writeFragment(fragmentIn(server.doc, "c3"), text("0123456789 0123456789.")))
  return { seq: 2, author: "server", at: new Date(2000), bytes: server.take() }
}
