import type { AuthorInfo, ClauseAuthorship, EventEntry, Parties } from "@alternat/plan"
import { expect, test } from "vitest"
import { formatMoment, type Translate, translate } from "../../i18n/index.ts"
import { authorshipView } from "./authorship-view.ts"

const party = (code: string, en: string, ru: string) => ({ code, names: { en: { short: en }, ru: { short: ru } } })
const parties = [party("US", "US", "США"), party("RU", "RF", "РФ")] as unknown as Parties
const say = Object.assign((key: Parameters<Translate>[0], values = {}) => translate("en", key, values), {
  lang: "en",
  pick: (both: { readonly en: string }) => both.en,
}) as unknown as Translate
const reader = { userId: "u1", parties, say }

const at = (minute: number) => `2026-11-26T10:0${minute}:00.000Z`
const person = (code: string, userId: string | null): AuthorInfo => ({
  kind: "person",
  party: code,
  role: "drafter",
  userId,
  name: userId === null ? null : { en: "Ann Drafter", ru: "Энн Драфтер" },
})
const event: EventEntry = {
  seq: 9,
  at: at(0),
  kind: "proposal_accepted",
  party: "US",
  role: "head",
  subject: null,
  summary: { en: "consent", ru: "согласие" },
  hash: "h",
}
const run = (from: number, to: number, author: string, minute = 0) => ({
  from,
  to,
  author,
  since: at(minute),
  until: at(minute),
})
const reply = (authors: ClauseAuthorship["authors"], en: ClauseAuthorship["en"]): ClauseAuthorship => ({
  clauseId: "c1",
  version: null,
  seq: 1,
  at: at(9),
  en,
  ru: { text: [], runs: [] },
  authors,
})

test("[EDIT18] authors are numbered as they come, what the plan began with is not, and a number stands before a word", () => {
  const view = authorshipView(
    reply(
      { a1: { kind: "loaded" }, a2: person("US", "u1"), a3: person("RU", null) },
      {
        text: [{ p: ["One two three."] }],
        runs: [run(0, 3, "a1"), run(3, 7, "a2", 1), run(7, 8, "a3", 2), run(8, 14, "a2", 3)],
      },
    ),
    reader,
  )
  expect(view.lines.map((line) => [line.tag, line.side, line.party])).toEqual([
    ["1", "a", "US"],
    ["2", "b", "RU"],
    [null, "both", null],
  ])
  expect(view.runs.en.map(({ from, to, tag }) => [from, to, tag])).toEqual([
    [0, 3, null],
    [4, 7, "1"],
    [8, 14, "1"],
  ])
  expect(view.lines[0]?.when).toBe(`${formatMoment("en", at(1))} to ${formatMoment("en", at(3))}`)
  expect([view.isAllLoaded, view.isEmpty]).toEqual([false, false])
})

test("[EDIT18] a clause that nobody has typed into, and one without a text, say so", () => {
  const loaded = reply({ a1: { kind: "loaded" } }, { text: [{ p: ["One."] }], runs: [run(0, 4, "a1")] })
  expect(authorshipView(loaded, reader)).toMatchObject({ isAllLoaded: true, isEmpty: false })
  expect(authorshipView(reply({}, { text: [], runs: [] }), reader)).toMatchObject({ isAllLoaded: false, isEmpty: true })
})

test("[EDIT19] every kind of author has its words", () => {
  const authors: readonly AuthorInfo[] = [
    person("US", "u1"),
    person("US", "u2"),
    person("RU", null),
    { kind: "person", party: null, role: null, userId: null, name: null },
    { kind: "act", event, proposedBy: "RU" },
    { kind: "act", event: { ...event, kind: "unlocked" }, proposedBy: null },
    { kind: "server" },
  ]
  const text = [{ p: ["abcdefg"] }]
  const runs = authors.map((_author, index) => run(index, index + 1, `a${index}`))
  const named = Object.fromEntries(authors.map((author, index) => [`a${index}`, author]))
  expect(authorshipView(reply(named, { text, runs }), reader).lines.map((line) => line.who)).toEqual([
    "Ann Drafter, drafter (you)",
    "Ann Drafter, drafter",
    "RF, drafter",
    "Somebody who has no seat any more",
    "Wording of RF, accepted by US",
    "By an act: consent",
    "By an act that the log does not name",
  ])
})
