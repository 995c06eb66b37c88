import { expect, test } from "vitest"
import { demoLive, demoStandingAt } from "./demo/demo-files.test-data.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import type { LivePlan, PlanDocument } from "./plan-document.ts"
import { preflight } from "./preflight.ts"
import { unprintableItems } from "./preflight-characters.ts"

const found = (plan: PlanDocument) => {
  const live: LivePlan = { ...demoLive, plan }
  return preflight(live, demoStandingAt(), fakeHashes).filter((item) => item.code === "bad_characters")
}
const { plan } = demoLive
const withClause = (id: string, part: object): PlanDocument => ({
  ...plan,
  sections: plan.sections.map((section) => ({
    ...section,
    clauses: section.clauses.map((clause) => (clause.id === id ? { ...clause, ...part } : clause)),
  })),
})

test("[PLAN94] the preflight of the demo finds no character that a plan may not hold", () => {
  expect(found(plan)).toEqual([])
})

test("[PLAN94] it names the clause and the language, and blocks", () => {
  const items = found(withClause("s17.c2", { ru: [{ p: ["в течение ", { em: "\u202e06\u202c" }, " дней"] }] }))
  expect(items).toEqual([
    {
      code: "bad_characters",
      severity: "blocks",
      subject: { type: "clause", id: "s17.c2" },
      message: {
        en: "Clause 17.2, Russian text: take out U+202E, an invisible character that changes the direction of reading.",
        ru: "Пункт 17.2, русский текст: удалите U+202E, невидимый символ, меняющий направление чтения.",
      },
    },
  ])
})

test("[PLAN94] it names titles, headings, parties, terms and signatures", () => {
  const bad = "a😀"
  const [section, ...sections] = plan.sections
  const [us, ru] = plan.parties
  const broken: PlanDocument = {
    ...plan,
    title: { ...plan.title, en: bad },
    parties: [us, { ...ru, names: { ...ru.names, ru: { ...ru.names.ru, short: bad } } }],
    terms: { ...plan.terms, fx: { ...plan.terms.fx, source: bad } },
    sections: [{ ...section!, heading: { ...section!.heading, ru: bad } }, ...sections],
    signature: { ...plan.signature, labels: { ...plan.signature.labels, post: { en: bad, ru: "" } } },
  }
  expect(found(broken).map(({ message }) => message.en.split(":")[0])).toEqual([
    "Title page, column “title”, English text",
    "Names of the parties, column “names.ru.short”",
    "Terms of the plan, column “fx.source”",
    `Heading “${section!.heading.en}”, Russian text`,
    "Signature block, column “labels.post”, English text",
  ])
})

test("[PLAN94] it names the table, the row and the column", () => {
  const [milestone, ...milestones] = plan.tables.milestones
  const [line, ...lines] = plan.tables.cost_lines
  const items = found({
    ...plan,
    tables: {
      ...plan.tables,
      milestones: [{ ...milestone!, evidence: { ...milestone!.evidence, text: { en: "", ru: "漢" } } }, ...milestones],
      cost_lines: [{ ...line!, title: { en: "\u0000", ru: "" } }, ...lines],
    },
  })
  expect(items.map(({ subject, message }) => [subject, message.ru])).toEqual([
    [
      { type: "table", id: "milestones" },
      `Приложение № 1, контрольные этапы, строка ${milestone!.id}, графа «evidence.text», русский текст: удалите «漢» (U+6F22), знак, отсутствующий в шрифтах документа.`,
    ],
    [
      { type: "line", id: line!.id },
      `Приложение № 3, финансовый план, строка ${line!.id}, графа «title», английский текст: удалите U+0000, невидимый управляющий символ.`,
    ],
  ])
})

test("[PLAN95] the places of a text that could not be printed are named", () => {
  const broken = withClause("s17.c2", { en: [{ p: ["a ☐ sign"] }] })
  expect(unprintableItems(broken, "☐")).toMatchObject([{ subject: { type: "clause", id: "s17.c2" } }])
  expect(unprintableItems(broken, "☐")[0]?.message.en).toContain("Clause 17.2, English text")
})
