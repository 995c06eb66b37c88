import { expect, test } from "vitest"
import type { ClauseText } from "./clause-text.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { followProposal, overlapLangs } from "./follow-proposal.ts"
import {
  clauseOf,
  consentItem,
  decide,
  demoWorld,
  mergeBlocks,
  pairOf,
  play,
  RU,
  type,
  US,
  type World,
} from "./play.test-data.ts"

/** Proposals beside a working text that moves on: what is shown, what a consent names, and what the owner can do. */

const text = (...paragraphs: readonly string[]): ClauseText => paragraphs.map((words) => ({ p: [words] }))
const both = (...paragraphs: readonly string[]) => ({ en: text(...paragraphs), ru: text(...paragraphs) })
const CLAUSE = "s12.c3"

/** One clause of three paragraphs with a U.S. and a Russian proposal on different ones. */
const start = (): World => {
  const world = type({ ...demoWorld, live: { ...demoWorld.live, proposals: [] } }, CLAUSE, both("one", "two", "three"))
  const table = (from: World, texts: ReturnType<typeof both>, actor: typeof US) =>
    play(
      from,
      { act: "table_proposal", clauseId: CLAUSE, kind: "replace", base: pairOf(from, CLAUSE), ...texts },
      actor,
    )
  return table(table(world, both("US one", "two", "three"), US), both("one", "two", "RU three"), RU)
}
const [US_PROPOSAL, RU_PROPOSAL] = ["new-0-0", "new-1-0"] as const
const followed = (world: World, id: string) => {
  const proposal = world.live.proposals.find((one) => one.id === id)!
  return followProposal(proposal, clauseOf(world, CLAUSE), pairOf(world, CLAUSE), mergeBlocks)
}
const consent = (world: World, id: string, hash = fakeHashes.proposalHash(followed(world, id).proposal)) =>
  ({ act: "consent_proposal", items: [{ proposalId: id, hash, base: pairOf(world, CLAUSE) }] }) as const
const codeOf = (...args: Parameters<typeof decide>) => {
  const decided = decide(...args)
  return decided.ok ? null : { status: decided.error.status, code: decided.error.code }
}

test("[PLAN110] whatever either side types elsewhere in the clause, a tabled proposal can be consented to", () => {
  const world = type(start(), CLAUSE, both("one", "two!", "three"))
  expect(followed(world, US_PROPOSAL)).toMatchObject({ moved: true, proposal: both("US one", "two!", "three") })
  const done = play(world, consent(world, US_PROPOSAL), RU)
  expect(clauseOf(done, CLAUSE)).toMatchObject(both("US one", "two!", "three"))
  expect(done.live.proposals.find((one) => one.id === US_PROPOSAL)?.status).toBe("accepted")
})

test("[PLAN110] an accepted sibling on other words disables nothing: both proposals become the text, in either order", () => {
  const results = [
    [US_PROPOSAL, RU_PROPOSAL],
    [RU_PROPOSAL, US_PROPOSAL],
  ].map((ids) => ids.reduce((world, id) => play(world, consent(world, id), id === US_PROPOSAL ? RU : US), start()))
  for (const world of results) expect(clauseOf(world, CLAUSE)).toMatchObject(both("US one", "two", "RU three"))
})

test("[PLAN111] a consent names what was shown: the merge and the text beside it, or the tabled wording and that text", () => {
  const world = type(start(), CLAUSE, both("one", "two!", "three"))
  expect(codeOf(world, consent(world, RU_PROPOSAL, consentItem(world, RU_PROPOSAL).hash), US)).toBeNull()
  expect(codeOf(world, consent(world, RU_PROPOSAL), US)).toBeNull()
  const shownBefore = consent(start(), RU_PROPOSAL)
  expect(codeOf(world, shownBefore, US)).toEqual({ status: 409, code: "stale_hash" })
})

test("[PLAN112] where the same words moved nobody can consent until the owner holds, rewrites or withdraws", () => {
  const world = type(start(), CLAUSE, both("one, since", "two", "three"))
  const now = followed(world, US_PROPOSAL)
  expect(overlapLangs(now)).toEqual(["en", "ru"])
  expect(codeOf(world, consent(world, US_PROPOSAL), RU)).toEqual({ status: 409, code: "same_words_moved" })
  expect(codeOf(world, consent(world, RU_PROPOSAL), US), "the other one is about other words").toBeNull()
  const { en, ru } = now.proposal
  const hold = {
    act: "revise_proposal",
    proposalId: US_PROPOSAL,
    hash: consentItem(world, US_PROPOSAL).hash,
    base: pairOf(world, CLAUSE),
    en,
    ru,
  } as const
  const held = play(world, hold, US)
  expect(overlapLangs(followed(held, US_PROPOSAL))).toEqual([])
  const done = play(held, consent(held, US_PROPOSAL), RU)
  expect(clauseOf(done, CLAUSE)).toMatchObject(both("US one", "two", "three"))
})

test("[PLAN113] a revision that names a text which has changed since is refused", () => {
  const world = start()
  const revision = {
    act: "revise_proposal",
    proposalId: US_PROPOSAL,
    hash: consentItem(world, US_PROPOSAL).hash,
    base: pairOf(world, CLAUSE),
    ...both("US, again", "two", "three"),
  } as const
  const moved = type(world, CLAUSE, both("one", "two!", "three"))
  expect(codeOf(moved, revision, US)).toEqual({ status: 409, code: "stale_hash" })
  const revised = play(world, revision, US)
  expect(followed(type(revised, CLAUSE, both("one", "two!", "three")), US_PROPOSAL)).toMatchObject({
    proposal: both("US, again", "two!", "three"),
    overlaps: { en: [], ru: [] },
  })
})

test("[PLAN114] a deletion is of the clause, whatever is typed in it; a proposal without a kept base waits for its owner", () => {
  const world = start()
  const tabled = play(
    world,
    { act: "table_proposal", clauseId: CLAUSE, kind: "delete", base: pairOf(world, CLAUSE), en: [], ru: [] },
    US,
  )
  const moved = type(tabled, CLAUSE, both("one!", "two", "three"))
  const done = play(moved, consent(moved, "new-2-0"), RU)
  expect(done.standing.clauses[CLAUSE]?.state).toBe("withdrawn")
  const { baseText: _dropped, ...older } = world.live.proposals.find((one) => one.id === US_PROPOSAL)!
  const before = { ...world, live: { ...world.live, proposals: [older] } }
  expect(codeOf(before, consent(before, US_PROPOSAL), RU)).toBeNull()
  const since = type(before, CLAUSE, both("one", "two!", "three"))
  expect(codeOf(since, consent(since, US_PROPOSAL), RU)).toEqual({ status: 409, code: "same_words_moved" })
})
