import { initialPlanUpdate } from "@alternat/document"
import { emptyTables, type LivePlan } from "@alternat/plan"

const pair = (en: string, ru = en) => ({ en, ru })
const party = (code: string) => ({
  code,
  names: {
    en: { full: code, short: code, adjective: code, side: code },
    ru: { full: code, short: code, adjective: code, cases: { nom: "", gen: "", dat: "", acc: "", ins: "", pre: "" } },
  },
})

const live = (clauses: Readonly<Record<string, string>>): LivePlan => ({
  plan: {
    format: "alternat-plan/1",
    id: "plan",
    title: pair("Plan"),
    shortTitle: pair("Plan"),
    titlePage: { marking: pair(""), character: pair(""), fiction: null },
    parties: [party("US"), party("RU")],
    terms: {
      plan_year_basis: "calendar",
      start: "2010-01-01",
      end: "2014-12-31",
      handover_complete_by: "2013-01-01",
      fx: { base: "USD", quote: "RUB", rate: "30.0000", rate_type: "fixed", agreed_on: "2009-12-15", source: "demo" },
      caps: { us_usd_cents: null, ru_rub_kopecks: null },
      min_ru_share_bp_final_year: null,
      binding: false,
    },
    sections: [
      {
        id: "s1",
        kind: "section",
        number: 1,
        mandatory: true,
        heading: pair("One"),
        clauses: Object.entries(clauses).map(([id, text]) => ({ id, en: [{ p: [text] }], ru: [{ p: [text] }] })),
      },
    ],
    signature: {
      labels: { post: pair(""), organisation: pair(""), place: pair(""), date: pair(""), acting: pair("") },
    },
    tables: {
      ...emptyTables(),
      sites: [{ id: "S1", label: pair("Site one"), fictional: true }],
    },
  },
  proposals: [],
  tableProposals: [],
  seq: 1,
})

/** A plan's document with these clauses (the same words in both languages) and one site, for tests. */
export const smallDocument = (clauses: Readonly<Record<string, string>>): Uint8Array =>
  initialPlanUpdate(live(clauses), { epoch: 1, clientId: 1 })
