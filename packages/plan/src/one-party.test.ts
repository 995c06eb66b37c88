import fc from "fast-check"
import { expect, test } from "vitest"
import type { ActInput } from "./acts.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { parseText } from "./parse-text.ts"
import {
  after,
  clauseItem,
  clausesOf,
  consentItem,
  decide,
  demoWorld,
  lineItem,
  RU,
  tableConsentItem,
  type,
  US,
  type World,
} from "./play.test-data.ts"
import { tableProposalBase } from "./table-proposals.ts"

/** The demo before anybody has proposed anything, cut to the sections in play: what is accepted now, one side accepted. */
const SECTIONS = new Set(["s2", "s5", "s12", "s17", "s18", "s21"])
const { plan } = demoWorld.live
const start: World = {
  ...demoWorld,
  live: {
    ...demoWorld.live,
    plan: { ...plan, sections: plan.sections.filter((section) => SECTIONS.has(section.id)) },
    proposals: [],
    tableProposals: [],
  },
}

/** A clause or line in play: some are open, some ad referendum, some agreed. */
const CLAUSES = ["s12.c3", "s17.c2", "s17.c4", "s17.c6", "s12.c1", "s5.c1", "s21.c2", "s18.c2", "s2.c1"] as const
const LINES = ["L01", "L08", "L10"] as const

type Step = readonly [string, number, number]
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(
    "type",
    "table",
    "delete",
    "insert",
    "revise",
    "withdraw",
    "consent",
    "amount",
    "consent_table",
    "ad_ref",
    "agree",
    "reopen",
    "park",
    "unpark",
    "attest",
    "flag",
    "reserve",
    "lift",
    "freeze",
    "unlock",
  ),
  fc.nat(),
  fc.nat(),
)

const inputOf = (world: World, [name, pick, seed]: Step): ActInput | null => {
  const ids = CLAUSES.filter((id) => clausesOf(world).some((clause) => clause.id === id))
  const id = ids[pick % ids.length]!
  const item = clauseItem(world, id)
  const line = lineItem(world, LINES[seed % LINES.length]!)
  const texts = { en: parseText(`Words ${seed}.`), ru: parseText(`Слова ${seed}.`) }
  const proposal = world.live.proposals[pick % Math.max(1, world.live.proposals.length)]
  const tabled = world.live.tableProposals[pick % Math.max(1, world.live.tableProposals.length)]
  const value = { line_id: line.lineId, plan_year: 2011, party: "US", us_usd_cents: seed % 1_000_000 }
  switch (name) {
    case "table":
      return { act: "table_proposal", clauseId: id, kind: "replace", base: item.hash, ...texts }
    case "delete":
      return { act: "table_proposal", clauseId: id, kind: "delete", base: item.hash, en: [], ru: [] }
    case "insert":
      return { act: "table_proposal", clauseId: id, kind: "insert_after", base: item.hash, ...texts }
    case "revise":
      return proposal
        ? { act: "revise_proposal", proposalId: proposal.id, hash: fakeHashes.proposalHash(proposal), ...texts }
        : null
    case "withdraw":
      return proposal
        ? { act: "withdraw_proposal", proposalId: proposal.id, hash: fakeHashes.proposalHash(proposal) }
        : null
    case "consent":
      return proposal && ids.includes(proposal.clauseId as never)
        ? { act: "consent_proposal", items: [consentItem(world, proposal.id)] }
        : null
    case "amount":
      return {
        act: "table_table_proposal",
        kind: "amount",
        value,
        base: tableProposalBase(world.live.plan, { kind: "amount", value }, fakeHashes),
      }
    case "consent_table":
      return tabled ? { act: "consent_table_proposal", items: [tableConsentItem(world, tabled.id)] } : null
    case "ad_ref":
      return seed % 3 === 0
        ? { act: "agree_ad_referendum", lines: [line] }
        : { act: "agree_ad_referendum", clauses: [item] }
    case "agree":
      return seed % 3 === 0 ? { act: "agree", lines: [line] } : { act: "agree", clauses: [item] }
    case "reopen":
      return seed % 3 === 0
        ? { act: "reopen", lines: [line], reason: "r" }
        : { act: "reopen", clauses: [item], reason: "r" }
    case "park":
    case "unpark":
      return { act: name, clauses: [item], reason: "r" }
    case "attest":
      return { act: "attest", clauses: [item] }
    case "flag":
      return { act: "flag_divergence", ...item, note: "n" }
    case "reserve":
      return { act: "make_reserve", ...item, kind: "legal", reason: { en: "r", ru: "о" } }
    case "lift":
      return { act: "lift_reserve", reserveId: world.standing.clauses[id]?.reserves[0]?.id ?? "none" }
    case "freeze":
      return { act: "freeze", planHash: fakeHashes.planHash(world.live.plan) }
    default:
      return { act: "unlock", version: 1, manifestHash: "a".repeat(64), reason: "r" }
  }
}

const HEIGHT = {
  withdrawn: 9,
  locked: 3,
  agreed: 2,
  agreed_ad_ref: 1,
  under_negotiation: 0,
  tabled: 0,
  parked: 0,
} as const

const expectNothingWon = (world: World): void => {
  expect(world.live.proposals.filter((one) => one.status === "accepted" || one.status === "superseded")).toEqual([])
  expect(world.live.tableProposals.filter((one) => one.status === "accepted")).toEqual([])
  expect(world.standing.status).toBe("negotiation")
  for (const [id, own] of Object.entries(world.standing.clauses)) {
    expect(HEIGHT[own.state], `${id} ${own.state}`).toBeLessThanOrEqual(
      HEIGHT[start.standing.clauses[id]?.state ?? "tabled"],
    )
  }
  for (const [id, own] of Object.entries(world.standing.lines)) {
    expect(HEIGHT[own.state], `${id} ${own.state}`).toBeLessThanOrEqual(
      HEIGHT[start.standing.lines[id]?.state ?? "under_negotiation"],
    )
  }
}

const run = (
  world: World,
  steps: readonly Step[],
  actor: typeof US,
): { readonly world: World; readonly done: number } =>
  steps.reduce(
    (sofar, one) => {
      if (one[0] === "type") {
        const id = CLAUSES[one[1] % 4]!
        return {
          ...sofar,
          world: type(sofar.world, id, { en: parseText(`Typed ${one[2]}.`), ru: parseText(`Набрано ${one[2]}.`) }),
        }
      }
      const input = inputOf(sofar.world, one)
      const decided = input === null ? null : decide(sofar.world, input, actor)
      return decided?.ok ? { world: after(sofar.world, decided.value), done: sofar.done + 1 } : sofar
    },
    { world, done: 0 },
  )

test.each([
  ["US", US],
  ["RU", RU],
] as const)(
  "[PLAN80] no sequence of acts by %s alone agrees, accepts, withdraws or locks anything",
  (_name, actor) => {
    let acts = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 12, maxLength: 30 }), (steps) => {
        const { world, done } = run(start, steps, actor)
        acts += done
        expectNothingWon(world)
      }),
      { numRuns: 80 },
    )
    expect(acts).toBeGreaterThan(100)
  },
  120_000,
)

test("[PLAN80] and what one side has agreed, nothing but the other side's own consent to the same words completes", () =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), fc.array(step, { maxLength: 15 }), (first, second) => {
      const one = run(start, first, US).world
      const both = run(one, second, RU).world
      for (const [id, own] of Object.entries(both.standing.clauses)) {
        if (HEIGHT[own.state] <= HEIGHT[start.standing.clauses[id]?.state ?? "tabled"]) continue
        // Something was won: then each side has acted towards it.
        const isTowards = (name: string) =>
          ["ad_ref", "agree", "table", "delete", "insert", "revise", "consent"].includes(name)
        expect(first.some(([name]) => isTowards(name)) && second.some(([name]) => isTowards(name))).toBe(true)
      }
    }),
    { numRuns: 40 },
  ))
