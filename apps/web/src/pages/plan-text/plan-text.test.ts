import type { Actor, Clause, ClauseText, LivePlan, Proposal, Standing } from "@alternat/plan"
import { emptyTables, freshClauseStanding } from "@alternat/plan"
import { expect, test } from "vitest"
import { filledText } from "./filled-text.ts"
import { createPlanViewer, isReadyFor, pairOf } from "./plan-view.ts"
import { sharesWords } from "./shares-words.ts"

const p = (words: string): ClauseText => (words === "" ? [] : [{ p: [words] }])
const clause = (id: string, en: string, ru: string): Clause => ({ id, en: p(en), ru: p(ru) })
const head: Actor = { userId: "u", party: "US", roles: ["head"] }

const heading = { en: "Access", ru: "Доступ" }
function live(clauses: readonly Clause[], proposals: readonly Proposal[] = []): LivePlan {
  const section = {
    id: "s17",
    kind: "section",
    number: 17,
    mandatory: true,
    heading,
    clauses,
  }
  return {
    plan: { sections: [section], tables: emptyTables() },
    proposals,
    tableProposals: [],
    seq: 1,
  } as unknown as LivePlan
}
const standing = (clauses: Standing["clauses"]): Standing => ({
  planId: "demo",
  rulesRev: 1,
  status: "negotiation",
  clauses,
  lines: {},
  version: null,
})
const since = "2009-11-05T00:00:00Z"

test("[EDIT11] numbers follow the order of clauses that are not withdrawn", () => {
  const clauses = [clause("a", "A", "А"), clause("b", "B", "Б"), clause("c", "C", "В")]
  const view = createPlanViewer()(live(clauses), standing({ b: freshClauseStanding(since, "withdrawn") }))
  expect(view.order.map((id) => view.byId.get(id)?.number)).toEqual(["17.1", "17.2"])
})

test("[EDIT12] a clause nothing happened to keeps its view, so that it is not drawn again", () => {
  const viewer = createPlanViewer()
  const [a, b] = [clause("a", "A", "А"), clause("b", "B", "Б")]
  const state = standing({ a: freshClauseStanding(since), b: freshClauseStanding(since) })
  const first = viewer(live([a, b]), state)
  const second = viewer(live([a, clause("b", "B changed", "Б")]), state)
  expect(second.byId.get("a")).toBe(first.byId.get("a"))
  expect(second.byId.get("b")).not.toBe(first.byId.get("b"))
})

test("[EDIT13] agreement ad referendum is offered only for what could be agreed", () => {
  const whole = clause("a", "A", "А")
  const attested = { ...freshClauseStanding(since), attestations: [{ party: "US", hash: pairOf(whole), at: since }] }
  const view = createPlanViewer()(
    live([whole, clause("b", "B", ""), clause("c", "C", "В")]),
    standing({ a: attested, b: freshClauseStanding(since), c: freshClauseStanding(since) }),
  )
  const ready = view.order.filter((id) => isReadyFor("agree_ad_referendum", view.byId.get(id)!, head))
  expect(ready).toEqual(["a"])
  expect(view.byId.get("b")?.bars).toEqual(["missing"])
  expect(view.byId.get("c")?.bars).toEqual(["conformity"])
})

test("[EDIT14] a placeholder is replaced by the given words and by nothing else", () => {
  const text: ClauseText = [{ p: ["by ", { field: "placeholder", key: "channel", kind: "text" }, "."] }]
  expect(filledText(text, "channel", "e-mail")).toEqual([{ p: ["by ", "e-mail", "."] }])
  expect(filledText(text, "other", "e-mail")).toEqual(text)
})

test("[EDIT15] six words in a row of a private note are found in what would leave", () => {
  const note = "A return visit on more than 21 days’ notice is not acceptable."
  expect(sharesWords(note, "…return visit on more than 21 days before…")).toBe(true)
  expect(sharesWords(note, "A return visit takes 14 days’ notice.")).toBe(false)
})
