import { expect, test } from "vitest"
import type { ActInput } from "./acts.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import type { OwnCaucus, ReleaseDraft } from "./own-caucus.ts"
import { parseText } from "./parse-text.ts"
import { clauseOf, consentItem, decide, demoWorld, pairOf, person, type, US, type World } from "./play.test-data.ts"

const CLAUSE = "s12.c3"
const words = (en: string, ru: string) => ({ en: parseText(en), ru: parseText(ru) })
const working = clauseOf(demoWorld, CLAUSE)
const draft: ReleaseDraft = {
  id: "d1",
  clauseId: CLAUSE,
  kind: "replace",
  marking: "none",
  ...words("Ours.", "Наше."),
  note: { en: "why", ru: "почему" },
  base: { en: working.en, ru: working.ru },
}
const holding = (caucus: Partial<OwnCaucus>): World => ({
  ...demoWorld,
  caucus: { drafts: [draft], threads: [], ...caucus },
})
const tabling = (more: Partial<Extract<ActInput, { act: "table_proposal" }>> = {}) =>
  ({
    act: "table_proposal",
    clauseId: CLAUSE,
    kind: "replace",
    base: pairOf(demoWorld, CLAUSE),
    en: draft.en,
    ru: draft.ru,
    note: draft.note,
    draftId: "d1",
    draftHash: fakeHashes.draftHash(draft),
    ...more,
  }) as const
const revising = (more: object = {}) => {
  const { clauseId: _clause, kind: _kind, ...rest } = tabling()
  const { hash } = consentItem(demoWorld, "p-12.3-us")
  return { ...rest, act: "revise_proposal", proposalId: "p-12.3-us", hash, ...more } as const
}
const codeOf = (world: World, act: ActInput) => {
  const decided = decide(world, act, US)
  return decided.ok ? null : { status: decided.error.status, code: decided.error.code }
}

test("[PLAN115] a draft with a marking that isn't releasable is refused, tabled or put into a tabled proposal", () => {
  expect(codeOf(holding({}), tabling())).toBeNull()
  expect(codeOf(holding({}), revising())).toBeNull()
  for (const marking of ["internal", "ДСП", "SBU", ""]) {
    const marked = { ...draft, marking }
    const draftHash = fakeHashes.draftHash(marked)
    for (const act of [tabling({ draftHash }), revising({ draftHash }), tabling({ draftHash: null })]) {
      expect(codeOf(holding({ drafts: [marked] }), act)).toEqual({ status: 422, code: "not_releasable" })
    }
  }
})

test("[PLAN115] nor do its words leave as somebody's own: without the draft's name, or in one language", () => {
  const world = holding({ drafts: [{ ...draft, marking: "internal" }] })
  const unnamed = { draftId: null, draftHash: null }
  expect(codeOf(world, tabling(unnamed))).toEqual({ status: 422, code: "not_releasable" })
  expect(codeOf(world, tabling({ ...unnamed, ru: [] }))).toEqual({ status: 422, code: "not_releasable" })
  expect(codeOf(world, tabling({ ...unnamed, ...words("Other.", "Иное.") }))).toBeNull()
})

test("[PLAN116] the act names the draft as it was shown: changed words, reasons or marking are a 409", () => {
  const stale = { status: 409, code: "stale_draft" }
  expect(codeOf(holding({ drafts: [] }), tabling())).toEqual(stale)
  expect(codeOf(holding({ drafts: [{ ...draft, en: parseText("Ours, since.") }] }), tabling())).toEqual(stale)
  expect(codeOf(holding({ drafts: [{ ...draft, marking: "internal" }] }), tabling())).toEqual(stale)
  expect(codeOf(holding({}), tabling({ en: parseText("Smuggled.") }))).toEqual(stale)
  expect(codeOf(holding({}), tabling({ note: { en: "other", ru: "иное" }, draftHash: null }))).toEqual(stale)
  expect(codeOf(holding({}), { ...tabling(), kind: "insert_after" })).toEqual(stale)
})

test("[PLAN117] open private comments on the clause are named as staying, or the draft does not leave", () => {
  const world = holding({
    threads: [
      { id: "t1", clauseId: CLAUSE },
      { id: "t2", clauseId: "s17.c2" },
    ],
  })
  expect(codeOf(world, tabling())).toEqual({ status: 422, code: "private_thread" })
  expect(codeOf(world, revising())).toEqual({ status: 422, code: "private_thread" })
  expect(codeOf(world, tabling({ staying: ["t1"] }))).toBeNull()
  const refused = decide(world, tabling(), person("US", "releasing"))
  expect(refused.ok ? [] : refused.error.items?.map((one) => [one.id, one.message.ru.includes("(1)")])).toEqual([
    [CLAUSE, true],
  ])
})

test("[PLAN117] nor do the words leave without the draft's name while private comments hang on its clause", () => {
  const world = holding({ threads: [{ id: "t1", clauseId: CLAUSE }] })
  const unnamed = { draftId: null, draftHash: null, note: null }
  expect(codeOf(world, tabling(unnamed))).toEqual({ status: 422, code: "private_thread" })
  expect(codeOf(world, tabling({ ...unnamed, ...words("Other.", "Иное.") }))).toBeNull()
  expect(codeOf(world, tabling({ ...unnamed, staying: ["t1"] }))).toBeNull()
})

test("[PLAN115] nor do they leave put to another place, or in a note", () => {
  const world = holding({ drafts: [{ ...draft, marking: "internal" }] })
  const unnamed = { draftId: null, draftHash: null, note: null }
  const refused = { status: 422, code: "not_releasable" }
  expect(codeOf(world, { ...tabling(unnamed), kind: "insert_after" })).toEqual(refused)
  const other = { clauseId: "s17.c3", base: pairOf(demoWorld, "s17.c3") }
  expect(codeOf(world, tabling({ ...unnamed, ...other }))).toEqual(refused)
  const noted = { ...unnamed, ...words("Other.", "Иное."), note: { en: "As in: Ours.", ru: "" } }
  expect(codeOf(world, tabling(noted))).toEqual(refused)
})

test("[PLAN115] a language that an internal draft leaves as it stands holds nobody's proposal back", () => {
  const drafts = [{ ...draft, marking: "internal", en: working.en }]
  const own = { draftId: null, draftHash: null, note: null, en: working.en, ru: parseText("Иное.") }
  expect(codeOf(holding({ drafts }), tabling(own))).toBeNull()
})

test("[PLAN118] a draft that was begun before an edit of the working text leaves with its own changes only", () => {
  const twoLines = (first: string, second: string) => {
    const text = [...parseText(first), ...parseText(second)]
    return { en: text, ru: text }
  }
  const begun = { ...draft, base: twoLines("one", "two"), ...twoLines("one", "two, ours") }
  const world = { ...type(demoWorld, CLAUSE, twoLines("one, since", "two")), caucus: { drafts: [begun], threads: [] } }
  const act = tabling({
    base: pairOf(world, CLAUSE),
    draftHash: fakeHashes.draftHash(begun),
    ...twoLines("one", "two, ours"),
  })
  expect(codeOf(world, act), "these would take the edit back").toEqual({ status: 409, code: "stale_draft" })
  const followed = decide(world, { ...act, ...twoLines("one, since", "two, ours") }, US)
  expect(followed.ok).toBe(true)
})
