import { flatText } from "@alternat/text"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import type { AuthoredUpdate } from "./authorship.ts"
import { writeFragment } from "./fragment.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { effort } from "./test-support/effort.ts"
import { client, text } from "./test-support/fixture.ts"
import { fragmentIn, table } from "./test-support/writing-table.ts"

const { runs: tries, timeoutMs } = effort({ short: 40, long: 5000 })

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
  test(
    "[DOC60] every character is its typist's: typing, erasing, replacing and marks, all at once",
    () =>
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          const typing = steps.filter(({ do: what }) => !["split", "join", "undo", "redo"].includes(what))
          expect(ownersOf(typing, false).filter((one) => !isOwn(one))).toEqual([])
        }),
        tries,
      ),
    timeoutMs,
  )

  test(
    "[DOC61] [DOC62] splits, joins, undo and redo move nobody's words to another",
    () =>
      fc.assert(
        fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
          expect(ownersOf(steps, true).filter((one) => !isOwn(one))).toEqual([])
        }),
        tries,
      ),
    timeoutMs,
  )

  test(
    "[DOC65] whoever brings back what another had deleted meanwhile answers for it, and nobody else does",
    () =>
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          const carriers = new Set<string>(
            steps.flatMap((one) => (one.do === "settle" || one.do === "mark" || one.do === "erase" ? [] : [one.who])),
          )
          for (const one of ownersOf(steps, false))
            expect([one, isOwn(one) || carriers.has(one[2])]).toEqual([one, true])
        }),
        tries,
      ),
    timeoutMs,
  )

  test(
    "[DOC64] runs lie one behind the other from the first place of the text to the last, neighbours of different keys",
    () =>
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
        tries,
      ),
    timeoutMs,
  )

  test(
    "[DOC64] characters that compose are counted as the text counts them",
    () =>
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
        tries,
      ),
    timeoutMs,
  )
})

/** The server's own first words in the clause: digits. */
function beginning(): AuthoredUpdate {
  const server = client(7)
  server.doc.transact(() => writeFragment(fragmentIn(server.doc, "c3"), text("0123456789 0123456789.")))
  return { seq: 2, author: "server", at: new Date(2000), bytes: server.take() }
}
