import type { CommentEntry } from "@alternat/plan"
import { expect, test } from "vitest"
import { foldEntries, TAIL } from "./fold.ts"

const entry = (i: number): CommentEntry => ({
  id: `e${String(i).padStart(4, "0")}`,
  at: new Date(Date.UTC(2009, 10, 5, 12, i)).toISOString(),
  text: `${i}`,
  author: { userId: null, name: null, party: "US", role: "head" },
})
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => entry(from + i))
const words = ({ first, hidden, tail }: ReturnType<typeof foldEntries>) => [
  first?.text ?? null,
  hidden,
  tail.map((one) => one.text).join(" "),
]

test("[WEB132] a long thread shows its first entry and its latest, and says how many stand between", () => {
  const short = { entries: entries(0, 8), entryCount: 8 }
  expect(words(foldEntries(short, [], TAIL))).toEqual(["0", 0, "1 2 3 4 5 6 7"])
  const long = { entries: [entry(0), ...entries(71, 120)], entryCount: 120 }
  expect(words(foldEntries(long, [], TAIL))).toEqual(["0", 114, "115 116 117 118 119"])
  expect(words(foldEntries({ entries: [], entryCount: 0 }, [], TAIL))).toEqual([null, 0, ""])
  expect(words(foldEntries({ entries: [entry(0)], entryCount: 1 }, [], TAIL))).toEqual(["0", 0, ""])
})

test("[WEB132] entries that came in pages stand once, in order, beside those that came with the thread", () => {
  const long = { entries: [entry(0), ...entries(71, 120)], entryCount: 120 }
  const some = foldEntries(long, entries(20, 120), 200)
  expect(some.hidden).toBe(19)
  expect(some.tail.map((one) => one.text)).toEqual(entries(20, 120).map((one) => one.text))
  const all = foldEntries(long, entries(0, 120), 200)
  expect([all.hidden, all.tail.length, all.first?.text]).toEqual([0, 119, "0"])
})
