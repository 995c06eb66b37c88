import { type Row, rowToCells } from "@alternat/plan"
import { expect, test } from "vitest"
import type * as Y from "yjs"
import { addRow, Guard, LAST, readPlanState, setCell } from "./index.ts"
import { tableOf } from "./layout.ts"
import { client, drafterRu, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"

const guardOf = () =>
  new Guard({ space: "plan", party: null, state: [initial()], authors: new Map([[SERVER_CLIENT, "server"]]) })

test("[DOC75] both parties press Enter in one cell at the same moment, and both figures stay: 6 of 6", () => {
  for (const race of [0, 1, 2, 3, 4, 5]) {
    const us = client(race % 2 === 0 ? 11 : 21)
    const ru = client(race % 2 === 0 ? 21 : 11)
    const guard = guardOf()
    setCell(us.doc, "cost_lines", "L01", "year:2010.us", 60_000 + race)
    setCell(ru.doc, "cost_lines", "L01", "year:2010.ru", { ru_usd_equiv_cents: 45_000, ru_rub_kopecks: 1_350_000 })
    const updates = [
      { update: us.take(), bearer: drafterUs },
      { update: ru.take(), bearer: drafterRu },
    ]
    const inOrder = race < 3 ? updates : updates.toReversed()
    for (const { update, bearer } of inOrder)
      expect(guard.judge(update, bearer, openRules())).toMatchObject({ type: "ok" })
    const [line] = readPlanState([initial(), ...inOrder.map(({ update }) => update)], 3).plan.tables.cost_lines
    expect(line?.years[0]).toEqual({
      plan_year: 2010,
      total_usd_cents: 105_000 + race,
      us_share_bp: line?.years[0]?.us_share_bp,
      us_usd_cents: 60_000 + race,
      ru_usd_equiv_cents: 45_000,
      ru_rub_kopecks: 1_350_000,
    })
  }
})

test("[DOC76] the two texts of a pair and what each party states for itself are written apart, whole fields too", () => {
  const us = client(11)
  const ru = client(21)
  const row: Row = {
    id: "M1",
    title: { en: "One", ru: "Один" },
    due: "2010-06-30",
    owner: "joint",
    owner_posts: { US: "US-DIR" },
    evidence: { type: "survey_report", text: { en: "", ru: "" } },
    predecessors: [],
    priority_ids: [],
    status: "planned",
  }
  addRow(us.doc, "milestones", row, LAST)
  const first = us.take()
  ru.receive(first)
  setCell(us.doc, "milestones", "M1", "title", { en: "First", ru: "Один" })
  setCell(us.doc, "milestones", "M1", "evidence.text.en", "survey")
  setCell(us.doc, "milestones", "M1", "owner_posts.US", "US-SCI")
  setCell(ru.doc, "milestones", "M1", "title", { en: "One", ru: "Первый" })
  setCell(ru.doc, "milestones", "M1", "evidence", { type: "survey_report", text: { en: "", ru: "обзор" } })
  setCell(ru.doc, "milestones", "M1", "owner_posts.RU", "RU-DEP")
  const live = readPlanState([initial(), first, us.take(), ru.take()], 4)
  expect(live.plan.tables.milestones).toMatchObject([
    {
      title: { en: "First", ru: "Первый" },
      evidence: { text: { en: "survey", ru: "обзор" } },
      owner_posts: { US: "US-SCI", RU: "RU-DEP" },
    },
  ])
})

test("[DOC77] the guard takes no value under a name that stands for several cells", () => {
  const attempts: ((line: Y.Map<unknown>) => void)[] = [
    (line) => line.set("title", { en: "whole", ru: "целиком" }),
    (line) => line.set("year:2010", readPlanState([initial()], 1).plan.tables.cost_lines[0]?.years[0]),
    (line) => line.set("year:2010.us", "1000"),
    (line) => line.set("year:2010.ru", { ru_usd_equiv_cents: 1, ru_rub_kopecks: 30, more: 1 }),
    (line) => line.set("title.en.x", "deeper"),
    (line) => line.set("title.fr", "autre"),
  ]
  attempts.forEach((attempt, at) => {
    const us = client(100 + at)
    attempt(tableOf(us.doc, "cost_lines").get("L01") as Y.Map<unknown>)
    expect(guardOf().judge(us.take(), drafterUs, openRules())).toMatchObject({ reason: "bad_value" })
  })
  const [line] = readPlanState([initial()], 1).plan.tables.cost_lines
  const held = client(11).doc.getMap<Y.Map<unknown>>("t:cost_lines").get("L01")
  expect(Object.keys(rowToCells("cost_lines", line as Row)).every((field) => held?.has(field))).toBe(true)
})
