import { type ClauseText, type EditRules, emptyTables, type LivePlan, type Proposal, type Row } from "@alternat/plan"
import { parseNotation } from "@alternat/text"
import * as Y from "yjs"
import { initialPlanUpdate, loadDoc } from "../plan-space.ts"
import type { Bearer } from "../verdict.ts"

const pair = (en: string, ru: string) => ({ en, ru })
export const text = (source: string): ClauseText => parseNotation(source)

const costLine = (id: string): Row => ({
  id,
  title: pair("Maintenance", "Обслуживание"),
  sf424a_class: "f",
  subject_to_handover: true,
  kind_us: "cash",
  kind_ru: "cash",
  years: [2010, 2011].map((plan_year) => ({
    plan_year,
    total_usd_cents: 1000,
    us_share_bp: 7000,
    us_usd_cents: 700,
    ru_usd_equiv_cents: 300,
    ru_rub_kopecks: 9000,
  })),
})

export const proposal = (id: string, party: string, en: string): Proposal => ({
  id,
  clauseId: "c1",
  party,
  kind: "replace",
  base: pair("0", "0"),
  status: "open",
  en: text(en),
  ru: text("Ответ за 30 дней."),
  note: null,
  openedAt: "2009-11-01T00:00:00Z",
  closedAt: null,
})

/** Two sections, three clauses, two cost lines, one RACI activity, one proposal. */
export const smallLive = (): LivePlan => ({
  plan: {
    format: "alternat-plan/1",
    id: "p1",
    title: pair("Plan", "План"),
    shortTitle: pair("Plan", "План"),
    titlePage: { marking: pair("m", "м"), character: pair("c", "х"), fiction: null },
    parties: ["US", "RU"].map((code) => ({
      code,
      names: {
        en: { full: code, short: code === "US" ? "US" : "RF", adjective: code, side: `the ${code} side` },
        ru: {
          full: code,
          short: code === "US" ? "США" : "РФ",
          adjective: code,
          cases: { nom: "а", gen: "б", dat: "в", acc: "г", ins: "д", pre: "е" },
        },
      },
    })) as unknown as LivePlan["plan"]["parties"],
    terms: {
      plan_year_basis: "calendar",
      start: "2010-01-01",
      end: "2014-12-31",
      handover_complete_by: "2013-01-01",
      fx: {
        base: "USD",
        quote: "RUB",
        rate: "30.0000",
        rate_type: "fixed_planning",
        agreed_on: "2009-12-15",
        source: "demo",
      },
      caps: { us_usd_cents: 1300, ru_rub_kopecks: null },
      min_ru_share_bp_final_year: 9000,
      binding: false,
    },
    sections: [
      {
        id: "s1",
        kind: "section",
        number: 1,
        mandatory: true,
        heading: pair("One", "Один"),
        clauses: [
          {
            id: "c1",
            en: text("An answer comes within 60 days of {date:start}."),
            ru: text("Ответ за 60 дней с {date:start}."),
          },
          {
            id: "c2",
            en: text("The sides list:\n- sites\n- roles of {party:US|gen}"),
            ru: text("Стороны перечисляют:\n- объекты\n- роли"),
            alternat: { en: text("Other first."), ru: text("Сначала другая.") },
          },
        ],
      },
      {
        id: "s2",
        kind: "section",
        number: 2,
        mandatory: false,
        heading: pair("Two", "Два"),
        clauses: [{ id: "c3", en: [{ p: ["Plain ", { em: "and stressed" }, " words."] }], ru: [] }],
      },
    ],
    signature: { labels: {} as LivePlan["plan"]["signature"]["labels"] },
    tables: {
      ...emptyTables(),
      cost_lines: [costLine("L01"), costLine("L02")] as unknown as LivePlan["plan"]["tables"]["cost_lines"],
      raci: [
        {
          id: "A1",
          workstream_id: "WS1",
          text: pair("Act", "Дело"),
          scope: "both",
          cells: { "US-DIR": "A", "RU-DEP": "R" },
        },
      ],
    },
  },
  proposals: [proposal("p-us", "US", "An answer comes within 30 days of {date:start}.")],
  tableProposals: [],
  seq: 1,
})

export const SERVER_CLIENT = 1
export const initial = (): Uint8Array => initialPlanUpdate(smallLive(), { epoch: 1, clientId: SERVER_CLIENT })

export const openRules = (closed: readonly string[] = [], lines: readonly string[] = []): EditRules => ({
  rev: 1,
  frozen: false,
  closedClauses: new Set(closed),
  closedLines: new Set(lines),
})

export const drafterUs: Bearer = { userId: "u-us", party: "US", roles: ["drafter"], mayEdit: true }
export const drafterRu: Bearer = { userId: "u-ru", party: "RU", roles: ["drafter"], mayEdit: true }
export const translatorUs: Bearer = { userId: "u-tr", party: "US", roles: ["translator"], mayEdit: true }
export const observer: Bearer = { userId: "u-ob", party: null, roles: ["observer"], mayEdit: false }

/** A client with the document, which collects what it would send. */
export function client(clientId: number, state: readonly Uint8Array[] = [initial()]) {
  const doc = loadDoc("plan", state)
  doc.clientID = clientId
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "remote") sent.push(update)
  })
  return {
    doc,
    receive: (update: Uint8Array) => Y.applyUpdate(doc, update, "remote"),
    /** what was done since the last call, as one update */
    take: (): Uint8Array => Y.mergeUpdates(sent.splice(0)),
  }
}
