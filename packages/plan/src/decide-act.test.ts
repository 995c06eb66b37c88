import { expect, test } from "vitest"
import { clausePlaces } from "./clause-number.ts"
import { conformityOf, editRulesOf, shownState } from "./clause-standing.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { parseText } from "./parse-text.ts"
import {
  clauseItem,
  clauseOf,
  clausesOf,
  consentItem,
  decide,
  demoWorld,
  lineItem,
  pairOf,
  person,
  play,
  RU,
  tableConsentItem,
  type,
  US,
  type World,
} from "./play.test-data.ts"
import { preflight } from "./preflight.ts"
import { tableProposalBase } from "./table-proposals.ts"

/**
 * All acts on one plan, by their rules. Longer than most files: later rules begin in worlds that earlier acts have
 * made.
 */

const codeOf = (world: World, ...args: [Parameters<typeof decide>[1], Parameters<typeof decide>[2]]) => {
  const decided = decide(world, ...args)
  return decided.ok ? null : { status: decided.error.status, code: decided.error.code }
}
const words = (en: string, ru: string) => ({ en: parseText(en), ru: parseText(ru) })
const table = (world: World, clauseId: string, en: string, ru: string, kind: "replace" | "insert_after" = "replace") =>
  ({ act: "table_proposal", clauseId, kind, base: pairOf(world, clauseId), ...words(en, ru) }) as const

test("[PLAN70] who has no delegation, or not the role, may not act", () => {
  const act = { act: "park", clauses: [clauseItem(demoWorld, "s12.c3")], reason: "later" } as const
  expect(codeOf(demoWorld, act, person(null, "head"))).toEqual({ status: 403, code: "not_your_role" })
  expect(codeOf(demoWorld, act, person("FR", "head"))?.status).toBe(403)
  expect(codeOf(demoWorld, act, person("US", "drafter"))?.status).toBe(403)
  expect(codeOf(demoWorld, table(demoWorld, "s12.c3", "A", "Б"), person("US", "head"))?.status).toBe(403)
  expect(codeOf(demoWorld, act, person("US", "head"))).toBeNull()
})

test("[PLAN71] tabling puts the exact words beside the text, takes the draft away and opens a tabled clause", () => {
  const texts = words("New words.", "Новые слова.")
  const draft = { id: "d1", clauseId: "s17.c6", kind: "replace", marking: "none", ...texts, note: null } as const
  const act = { ...table(demoWorld, "s17.c6", "New words.", "Новые слова."), draftId: "d1" }
  const decided = decide({ ...demoWorld, caucus: { drafts: [draft], threads: [] } }, act, person("RU", "releasing"))
  if (!decided.ok) throw new Error(decided.error.code)
  expect(decided.value.created).toEqual({ type: "proposal", id: "new-0-0" })
  expect(decided.value.text.map((one) => one.type)).toEqual(["put_proposal", "remove_draft"])
  expect(decided.value.text[1]).toEqual({ type: "remove_draft", party: "RU", draftId: "d1" })
  expect(decided.value.standing).toMatchObject([{ clauseId: "s17.c6", standing: { state: "under_negotiation" } }])
  expect(decided.value.events[0]?.summary.en).toBe("RF: proposal on clause 17.6 tabled")
})

test("[PLAN71] a proposal on an older text, an empty one and one that changes nothing are refused", () => {
  const moved = type(demoWorld, "s12.c3", words("Moved.", "Изменено."))
  expect(codeOf(moved, table(demoWorld, "s12.c3", "A", "Б"), US)).toEqual({ status: 409, code: "stale_hash" })
  expect(codeOf(demoWorld, table(demoWorld, "s12.c3", " ", ""), US)).toEqual({ status: 422, code: "empty_text" })
  const same = {
    act: "table_proposal",
    clauseId: "s12.c3",
    kind: "replace",
    base: pairOf(demoWorld, "s12.c3"),
    en: clauseOf(demoWorld, "s12.c3").en,
    ru: clauseOf(demoWorld, "s12.c3").ru,
  } as never
  expect(codeOf(demoWorld, same, US)).toEqual({ status: 422, code: "no_change" })
  expect(codeOf(demoWorld, table(demoWorld, "s12.c3", "30\u202e days", "Б"), US)).toEqual({
    status: 422,
    code: "bad_characters",
  })
  const gone = { ...table(demoWorld, "s12.c3", "A", "Б"), clauseId: "s99.c1" }
  expect(codeOf(demoWorld, gone, US)).toEqual({ status: 409, code: "unknown_clause" })
})

test("[PLAN72] the other side's consent makes a proposal the text; one over the same words stays open and waits for its owner", () => {
  const world = play(
    demoWorld,
    { act: "consent_proposal", items: [consentItem(demoWorld, "p-17.2-ru")] },
    person("US", "drafter"),
  )
  expect(JSON.stringify(clauseOf(world, "s17.c2").en)).toContain("45 days")
  const status = (id: string) => world.live.proposals.find((one) => one.id === id)?.status
  expect(status("p-17.2-ru")).toBe("accepted")
  expect(status("p-17.2-us")).toBe("open")
  expect(codeOf(world, { act: "consent_proposal", items: [consentItem(world, "p-17.2-us")] }, RU)).toEqual({
    status: 409,
    code: "same_words_moved",
  })
  const closed = play(
    world,
    { act: "withdraw_proposal", proposalId: "p-17.2-us", hash: consentItem(world, "p-17.2-us").hash },
    US,
  )
  expect(closed.live.proposals.find((one) => one.id === "p-17.2-us")?.status).toBe("withdrawn")
})

test("[PLAN72] nobody consents for the other side, withdraws or revises the other's proposal", () => {
  const item = consentItem(demoWorld, "p-17.2-us")
  expect(codeOf(demoWorld, { act: "consent_proposal", items: [item] }, US)).toEqual({
    status: 409,
    code: "own_proposal",
  })
  expect(codeOf(demoWorld, { act: "withdraw_proposal", proposalId: "p-17.2-us", hash: item.hash }, RU)?.status).toBe(
    403,
  )
  expect(
    codeOf(demoWorld, { act: "revise_proposal", proposalId: "p-17.2-us", hash: item.hash, ...words("A", "Б") }, RU)
      ?.status,
  ).toBe(403)
  const stale = { ...item, hash: "0".repeat(64) }
  expect(codeOf(demoWorld, { act: "consent_proposal", items: [stale] }, RU)).toEqual({
    status: 409,
    code: "stale_hash",
  })
})

test("[PLAN72] a revised proposal starts from the text as it is, and its old hash is no longer good", () => {
  const item = consentItem(demoWorld, "p-17.2-us")
  const moved = type(demoWorld, "s17.c2", words("Typed since.", "Изменено."))
  const world = play(
    moved,
    { act: "revise_proposal", proposalId: "p-17.2-us", hash: item.hash, ...words("40 days.", "40 дней.") },
    US,
  )
  expect(codeOf(world, { act: "consent_proposal", items: [item] }, RU)?.status).toBe(409)
  const done = play(world, { act: "consent_proposal", items: [consentItem(world, "p-17.2-us")] }, RU)
  expect(clauseOf(done, "s17.c2").en).toEqual(parseText("40 days."))
})

test("[PLAN73] an accepted insertion makes a clause, an accepted deletion withdraws one and closes what was open on it", () => {
  const inserted = play(demoWorld, { act: "consent_proposal", items: [consentItem(demoWorld, "p-17.7-us")] }, RU)
  expect(clausePlaces(inserted.live.plan).get("new-0-0")?.number).toBe("17.7")
  expect(inserted.standing.clauses["new-0-0"]?.state).toBe("under_negotiation")
  expect(codeOf(demoWorld, { act: "consent_proposal", items: [consentItem(demoWorld, "p-21.2-ru")] }, US)).toEqual({
    status: 409,
    code: "clause_closed",
  })
  const unparked = play(demoWorld, { act: "unpark", clauses: [clauseItem(demoWorld, "s21.c2")], reason: "settled" }, RU)
  const rival = play(unparked, table(unparked, "s21.c2", "Other.", "Иное."), US)
  const gone = play(rival, { act: "consent_proposal", items: [consentItem(rival, "p-21.2-ru")] }, US)
  expect(gone.standing.clauses["s21.c2"]?.state).toBe("withdrawn")
  expect(clausesOf(gone).some((clause) => clause.id === "s21.c2")).toBe(false)
  expect(
    gone.live.proposals
      .filter((one) => one.clauseId === "s21.c2")
      .map((one) => one.status)
      .toSorted(),
  ).toEqual(["accepted", "superseded"])
})

test("[PLAN74] a bulk act is one unit: one bad item refuses all and is named", () => {
  const items = [consentItem(demoWorld, "p-15.3-ru"), { ...consentItem(demoWorld, "p-18.4-us"), hash: "0".repeat(64) }]
  const decided = decide(demoWorld, { act: "consent_proposal", items }, US)
  expect(decided.ok).toBe(false)
  if (!decided.ok) {
    expect(decided.error.status).toBe(409)
    expect(decided.error.items?.map((one) => [one.id, one.code])).toEqual([["p-18.4-us", "own_proposal"]])
    expect(decided.error.items?.[0]?.message.ru).not.toBe("")
  }
  const both = [consentItem(demoWorld, "p-12.3-us"), consentItem(demoWorld, "p-12.3-us")]
  expect(codeOf(demoWorld, { act: "consent_proposal", items: both }, RU)).toEqual({ status: 422, code: "same_clause" })
})

/** s12.c3 settled: the Russian wording accepted, the U.S. one withdrawn, attested by one side. */
const settled = (): World => {
  let world = play(demoWorld, { act: "consent_proposal", items: [consentItem(demoWorld, "p-12.3-ru")] }, US)
  world = play(
    world,
    { act: "withdraw_proposal", proposalId: "p-12.3-us", hash: consentItem(world, "p-12.3-us").hash },
    US,
  )
  return play(world, { act: "attest", clauses: [clauseItem(world, "s12.c3")] }, RU)
}

test("[PLAN75] agreed ad referendum needs both heads on the same words, then both clearing officials", () => {
  let world = settled()
  const item = clauseItem(world, "s12.c3")
  world = play(world, { act: "agree_ad_referendum", clauses: [item] }, person("US", "head"))
  expect(world.standing.clauses["s12.c3"]?.state).toBe("under_negotiation")
  expect(codeOf(world, { act: "agree_ad_referendum", clauses: [item] }, US)).toEqual({
    status: 409,
    code: "already_consented",
  })
  world = play(world, { act: "agree_ad_referendum", clauses: [item] }, person("RU", "head"))
  expect(world.standing.clauses["s12.c3"]).toMatchObject({ state: "agreed_ad_ref", consents: [] })
  expect(editRulesOf(world.standing).closedClauses.has("s12.c3")).toBe(true)
  world = play(world, { act: "agree", clauses: [item] }, person("RU", "clearing"))
  expect(world.standing.clauses["s12.c3"]?.state).toBe("agreed_ad_ref")
  world = play(world, { act: "agree", clauses: [item] }, person("US", "clearing"))
  expect(world.standing.clauses["s12.c3"]?.state).toBe("agreed")
  world = play(world, { act: "reopen", clauses: [item], reason: "Capital has a question" }, person("RU", "head"))
  expect(world.standing.clauses["s12.c3"]).toMatchObject({ state: "under_negotiation", reopened: { party: "RU" } })
})

test("[PLAN75] a consent to words that have changed since counts for nothing", () => {
  let world = settled()
  world = play(world, { act: "agree_ad_referendum", clauses: [clauseItem(world, "s12.c3")] }, US)
  world = type(world, "s12.c3", words("Changed.", "Изменено."))
  world = play(world, { act: "attest", clauses: [clauseItem(world, "s12.c3")] }, US)
  world = play(world, { act: "agree_ad_referendum", clauses: [clauseItem(world, "s12.c3")] }, RU)
  expect(world.standing.clauses["s12.c3"]?.state).toBe("under_negotiation")
})

test.each([
  ["s17.c2", "agree_ad_referendum_refused"],
  ["s17.c6", "open_proposals"],
  ["s18.c2", "divergent"],
  ["s21.c2", "wrong_state"],
  ["s24.c3", "empty_ru"],
])("[PLAN75] %s can't be agreed yet", (id, code) => {
  const decided = decide(demoWorld, { act: "agree_ad_referendum", clauses: [clauseItem(demoWorld, id)] }, US)
  expect(decided.ok).toBe(false)
  if (!decided.ok && !code.endsWith("refused")) expect(decided.error.items?.map((one) => one.code)).toContain(code)
})

test("[PLAN75] a placeholder, an open bracket and an unlifted reserve stand in the way", () => {
  const item = clauseItem(demoWorld, "s17.c4")
  expect(codeOf(demoWorld, { act: "agree", clauses: [item] }, US)).toEqual({ status: 422, code: "reserve" })
  const reserveId = demoWorld.standing.clauses["s17.c4"]!.reserves[0]!.id
  expect(codeOf(demoWorld, { act: "lift_reserve", reserveId }, US)?.status).toBe(403)
  const lifted = play(demoWorld, { act: "lift_reserve", reserveId }, person("RU", "legal"))
  expect(codeOf(lifted, { act: "agree", clauses: [item] }, US)).toBeNull()
  expect(codeOf(lifted, { act: "lift_reserve", reserveId }, RU)?.status).toBe(409)
  const made = play(
    lifted,
    { act: "make_reserve", ...item, kind: "legal", reason: { en: "r", ru: "о" } },
    person("US", "legal"),
  )
  expect(codeOf(made, { act: "agree", clauses: [item] }, RU)).toEqual({ status: 422, code: "reserve" })
})

test("[PLAN76] conformity: two sides attest one pair, an edit of one character unsays it, a flag only its own side takes away", () => {
  const conformity = (world: World, id: string) =>
    conformityOf(clauseOf(world, id), world.standing.clauses[id]!, pairOf(world, id))
  let world = demoWorld
  expect(conformity(world, "s18.c2")).toBe("divergent")
  world = play(world, { act: "attest", clauses: [clauseItem(world, "s18.c2")] }, person("US", "translator"))
  expect(conformity(world, "s18.c2")).toBe("divergent")
  const flag = { act: "flag_divergence", ...clauseItem(world, "s18.c2"), note: "mine" } as const
  expect(codeOf(world, flag, US)).toEqual({ status: 409, code: "already_flagged" })
  world = play(world, { act: "attest", clauses: [clauseItem(world, "s18.c2")] }, person("RU", "translator"))
  expect(conformity(world, "s18.c2")).toBe("in_sync")
  expect(codeOf(world, { act: "attest", clauses: [clauseItem(world, "s18.c2")] }, RU)).toEqual({
    status: 409,
    code: "already_attested",
  })
  world = type(world, "s18.c2", { en: parseText("x"), ru: clauseOf(world, "s18.c2").ru })
  expect(conformity(world, "s18.c2")).toBe("en_changed")
  world = play(world, { act: "flag_divergence", ...clauseItem(world, "s18.c2"), note: "now" }, US)
  expect(conformity(world, "s18.c2")).toBe("divergent")
  expect(codeOf(world, { act: "attest", clauses: [clauseItem(world, "s24.c3")] }, US)).toEqual({
    status: 422,
    code: "empty_text",
  })
})

test("[PLAN77] bracketed and conformed are derived", () => {
  const own = demoWorld.standing.clauses["s17.c2"]!
  expect(shownState(own, 2, "unconfirmed")).toBe("bracketed")
  expect(shownState(own, 0, "unconfirmed")).toBe("under_negotiation")
  expect(shownState({ ...own, state: "agreed" }, 0, "in_sync")).toBe("conformed")
  expect(shownState({ ...own, state: "agreed" }, 1, "confirmed_one")).toBe("agreed")
})

test("[PLAN51] consent to a table proposal writes the cells; the rival's base is stale; a closed line stays closed", () => {
  expect(codeOf(demoWorld, { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "CP3")] }, RU)).toEqual(
    { status: 409, code: "line_closed" },
  )
  const world = play(
    demoWorld,
    { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "CP2")] },
    person("US", "budget"),
  )
  const l01 = world.live.plan.tables.cost_lines[0]!.years[0]
  expect(l01).toEqual({
    plan_year: 2010,
    total_usd_cents: 240000000,
    us_share_bp: 8000,
    us_usd_cents: 192000000,
    ru_usd_equiv_cents: 48000000,
    ru_rub_kopecks: 1440000000,
  })
  expect(codeOf(world, { act: "consent_table_proposal", items: [tableConsentItem(world, "CP1")] }, RU)).toEqual({
    status: 409,
    code: "stale_base",
  })
  expect(codeOf(demoWorld, { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "CP1")] }, US)).toEqual(
    { status: 409, code: "own_proposal" },
  )
  expect(
    codeOf(
      demoWorld,
      { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "CP1")] },
      person("RU", "expert"),
    )?.code,
  ).toBe("not_your_role")
})

test("[PLAN51] a new line comes into the table and its workstream; a joint order must stay an order", () => {
  const lined = play(demoWorld, { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "CP4")] }, US)
  expect(lined.live.plan.tables.cost_lines.at(-1)?.id).toBe("L14")
  expect(lined.live.plan.tables.workstreams.at(-1)?.line_ids).toContain("L14")
  const ranked = play(
    demoWorld,
    { act: "consent_table_proposal", items: [tableConsentItem(demoWorld, "JP1")] },
    person("RU", "expert"),
  )
  expect(ranked.live.plan.tables.priorities.find((one) => one.id === "P7")?.joint_rank).toBe(3)
  const value = { ranks: { P1: 2 } }
  const base = tableProposalBase(demoWorld.live.plan, { kind: "joint_rank", value }, fakeHashes)
  expect(codeOf(demoWorld, { act: "table_table_proposal", kind: "joint_rank", value, base }, US)).toEqual({
    status: 422,
    code: "not_a_permutation",
  })
})

/** Everything the story still has open, settled by both sides as the journey does it. */
const finished = (): World => {
  let world = demoWorld
  const both = (act: (w: World) => Parameters<typeof play>[1]) => {
    const input = act(world)
    world = play(world, input, US)
    world = play(world, input, RU)
  }
  const withdraw = (id: string) => {
    const proposal = world.live.proposals.find((one) => one.id === id)!
    world = play(
      world,
      { act: "withdraw_proposal", proposalId: id, hash: fakeHashes.proposalHash(proposal) },
      person(proposal.party),
    )
  }
  world = play(world, { act: "unpark", clauses: [clauseItem(world, "s21.c2")], reason: "settled" }, RU)
  world = play(
    world,
    {
      act: "consent_proposal",
      items: ["p-12.3-ru", "p-15.3-ru", "p-17.2-ru", "p-17.3-ru", "p-21.2-ru"].map((id) => consentItem(world, id)),
    },
    US,
  )
  world = play(
    world,
    { act: "consent_proposal", items: ["p-17.7-us", "p-18.4-us"].map((id) => consentItem(world, id)) },
    RU,
  )
  for (const id of ["p-12.3-us", "p-17.2-us"]) withdraw(id)
  world = type(world, "s17.c6", words("Requests go by post.", "Запросы направляются почтой."))
  world = type(world, "s24.c3", { en: clauseOf(world, "s24.c3").en, ru: parseText("Русский текст.") })
  const reserveId = world.standing.clauses["s17.c4"]!.reserves[0]!.id
  world = play(world, { act: "lift_reserve", reserveId }, RU)
  world = play(
    world,
    {
      act: "consent_table_proposal",
      items: [tableConsentItem(world, "CP4"), tableConsentItem(world, "JP2"), tableConsentItem(world, "CP1")].slice(
        0,
        1,
      ),
    },
    US,
  )
  world = play(world, { act: "consent_table_proposal", items: [tableConsentItem(world, "CP1")] }, RU)
  world = play(world, { act: "consent_table_proposal", items: [tableConsentItem(world, "JP2")] }, US)
  for (const [id, actor] of [
    ["CP2", RU],
    ["CP3", US],
    ["JP1", US],
  ] as const) {
    world = play(
      world,
      { act: "withdraw_table_proposal", proposalId: id, hash: tableConsentItem(world, id).hash },
      actor,
    )
  }
  for (const actor of [US, RU]) {
    const missing = clausesOf(world).filter((clause) => {
      const own = world.standing.clauses[clause.id]!
      return (
        conformityOf(clause, own, pairOf(world, clause.id)) === "divergent" ||
        !own.attestations.some(
          (one) => one.party === actor.party && JSON.stringify(one.hash) === JSON.stringify(pairOf(world, clause.id)),
        )
      )
    })
    world = play(world, { act: "attest", clauses: missing.map((clause) => clauseItem(world, clause.id)) }, actor)
  }
  const inState = (...states: string[]) =>
    clausesOf(world)
      .filter((clause) => states.includes(world.standing.clauses[clause.id]!.state))
      .map((clause) => clauseItem(world, clause.id))
  const linesIn = (state: string) =>
    world.live.plan.tables.cost_lines
      .filter((line) => world.standing.lines[line.id]!.state === state)
      .map((line) => lineItem(world, line.id))
  both(() => ({
    act: "agree_ad_referendum",
    clauses: inState("tabled", "under_negotiation"),
    lines: linesIn("under_negotiation"),
  }))
  both(() => ({ act: "agree", clauses: inState("agreed_ad_ref"), lines: linesIn("agreed_ad_ref") }))
  return world
}

test("[PLAN78] the preflight of the demo names all that blocks; once all is settled only the warning is left", () => {
  const items = preflight(demoWorld.live, demoWorld.standing, fakeHashes)
  const codes = new Set(items.map((one) => one.code))
  for (const code of [
    "open_proposals",
    "placeholders",
    "divergent",
    "empty_ru",
    "reserve",
    "clause_not_agreed",
    "not_conformed",
    "not_attested",
    "line_not_agreed",
    "open_table_proposal",
  ]) {
    expect(codes, code).toContain(code)
  }
  expect(items.find((one) => one.code === "placeholders")).toMatchObject({
    subject: { type: "clause", id: "s17.c6" },
    message: { en: "Clause 17.6: A place in it is still to be filled in." },
  })
  expect(items.every((one) => one.message.en !== "" && one.message.ru !== "")).toBe(true)
  const world = finished()
  expect(preflight(world.live, world.standing, fakeHashes).map((one) => [one.code, one.severity])).toEqual([
    ["C22", "warning"],
  ])
})

test("[PLAN79] freeze locks everything; nothing moves until both heads unlock; then a new version starts", () => {
  const ready = finished()
  expect(codeOf(demoWorld, { act: "freeze", planHash: fakeHashes.planHash(demoWorld.live.plan) }, US)).toEqual({
    status: 422,
    code: "freeze_refused",
  })
  expect(codeOf(ready, { act: "freeze", planHash: "0".repeat(64) }, US)).toEqual({ status: 409, code: "stale_hash" })
  let world = play(ready, { act: "freeze", planHash: fakeHashes.planHash(ready.live.plan) }, person("US", "head"))
  expect(world.standing.status).toBe("frozen")
  expect(new Set(clausesOf(world).map((clause) => world.standing.clauses[clause.id]?.state))).toEqual(
    new Set(["locked"]),
  )
  const manifestHash = "a".repeat(64)
  world = { ...world, standing: { ...world.standing, version: { number: 1, signedBy: [], manifestHash } } }
  expect(codeOf(world, table(world, "s12.c3", "A", "Б"), US)).toEqual({ status: 409, code: "frozen" })
  expect(codeOf(world, { act: "unlock", version: 1, manifestHash: "b".repeat(64), reason: "r" }, US)?.code).toBe(
    "stale_hash",
  )
  const unlock = { act: "unlock", version: 1, manifestHash, reason: "A mistake in 17.2" } as const
  world = play(world, unlock, US)
  expect(world.standing.status).toBe("frozen")
  expect(codeOf(world, unlock, US)).toEqual({ status: 409, code: "already_consented" })
  world = play(world, unlock, RU)
  expect(world.standing.status).toBe("negotiation")
  expect(world.standing.clauses["s12.c3"]?.state).toBe("agreed")
  const again = decide(world, { act: "freeze", planHash: fakeHashes.planHash(world.live.plan) }, RU)
  expect(again.ok && again.value.created).toEqual({ type: "version", id: "2" })
  const forgotten = { ...world, standing: { ...world.standing, version: null, lastVersion: 1 } }
  const later = decide(forgotten, { act: "freeze", planHash: fakeHashes.planHash(world.live.plan) }, RU)
  expect(later.ok && later.value.created).toEqual({ type: "version", id: "2" })
})
