import { emptyTables, type PlanDocument, type SignStatement } from "@alternat/plan"
import { zlibSync } from "fflate"
import { canonicalBytes } from "./canonical.ts"
import { checksReport } from "./checks-report.ts"
import { planBytes } from "./hashes.ts"
import { buildManifest, type Manifest, manifestHash } from "./manifest.ts"
import type { PackFile } from "./pack-file.ts"
import { keyPairFromSeed, signStatement } from "./statement.ts"

/** A plan of two clauses and one cost line that holds all checks. */
export const plan: PlanDocument = {
  format: "alternat-plan/1",
  id: "small",
  title: { en: "A small plan", ru: "Небольшой план" },
  shortTitle: { en: "Small", ru: "Малый" },
  titlePage: {
    marking: { en: "Joint", ru: "Совместно" },
    character: { en: "Not binding", ru: "Не обязателен" },
    fiction: null,
  },
  parties: [
    {
      code: "US",
      names: {
        en: { full: "United States of America", short: "US", adjective: "U.S.", side: "the U.S. side" },
        ru: {
          full: "Соединенные Штаты Америки",
          short: "США",
          adjective: "американский",
          cases: {
            nom: "американская Сторона",
            gen: "американской Стороны",
            dat: "американской Стороне",
            acc: "американскую Сторону",
            ins: "американской Стороной",
            pre: "американской Стороне",
          },
        },
      },
    },
    {
      code: "RU",
      names: {
        en: { full: "Russian Federation", short: "RF", adjective: "Russian", side: "the Russian side" },
        ru: {
          full: "Российская Федерация",
          short: "РФ",
          adjective: "российский",
          cases: {
            nom: "российская Сторона",
            gen: "российской Стороны",
            dat: "российской Стороне",
            acc: "российскую Сторону",
            ins: "российской Стороной",
            pre: "российской Стороне",
          },
        },
      },
    },
  ],
  terms: {
    plan_year_basis: "calendar",
    start: "2010-01-01",
    end: "2010-12-31",
    handover_complete_by: "2010-12-31",
    fx: {
      base: "USD",
      quote: "RUB",
      rate: "30.0000",
      rate_type: "fixed_planning",
      agreed_on: "2009-12-15",
      source: "test",
    },
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
      heading: { en: "Purpose", ru: "Цель" },
      clauses: [
        {
          id: "c1",
          en: [{ p: ["The Sides of ", { field: "party", key: "US", case: "gen" }, " agree."] }],
          ru: [{ p: ["Стороны договорились."] }],
        },
        {
          id: "c2",
          en: [{ p: ["US and RF"] }],
          ru: [{ p: ["РФ и США"] }],
          alternat: { en: [{ p: ["RF and US"] }], ru: [{ p: ["США и РФ"] }] },
        },
      ],
    },
  ],
  signature: {
    labels: {
      post: { en: "Post", ru: "Должность" },
      organisation: { en: "Organization", ru: "Организация" },
      place: { en: "Place", ru: "Место" },
      date: { en: "Date", ru: "Дата" },
      acting: { en: "acting", ru: "ВРИО" },
    },
  },
  tables: {
    ...emptyTables(),
    cost_lines: [
      {
        id: "L01",
        title: { en: "Work", ru: "Работы" },
        sf424a_class: "f",
        subject_to_handover: false,
        kind_us: "cash",
        kind_ru: "cash",
        years: [
          {
            plan_year: 2010,
            total_usd_cents: 10000,
            us_share_bp: 5000,
            us_usd_cents: 5000,
            ru_usd_equiv_cents: 5000,
            ru_rub_kopecks: 150000,
          },
        ],
      },
    ],
  },
}

const text = (value: string) => new TextEncoder().encode(value)

/** A PDF with the outward form of ours: classic table, one catalogue, plan.json embedded and compressed. */
export function pdfWith(json: Uint8Array, title: string): Uint8Array {
  const data = zlibSync(json)
  const objects = [
    text(`1 0 obj\n<<\n  /Type /Pages\n  /Title (${title})\n>>\nendobj\n`),
    joined(
      text(
        `2 0 obj\n<<\n  /Length ${data.length}\n  /Type /EmbeddedFile\n  /Filter /FlateDecode\n  /Params <<\n    /Size ${json.length}\n  >>\n>>\nstream\n`,
      ),
      data,
      text("\nendstream\nendobj\n"),
    ),
    text(
      "3 0 obj\n<<\n  /Type /Catalog\n  /Pages 1 0 R\n  /Names <<\n    /EmbeddedFiles <<\n      /Names [(plan.json) 4 0 R]\n    >>\n  >>\n  /AF [4 0 R]\n>>\nendobj\n",
    ),
  ]
  const body = joined(text("%PDF-1.7\n"), ...objects)
  return joined(
    body,
    text(
      `xref\n0 5\ntrailer\n<<\n  /Size 5\n  /Root 3 0 R\n  /Info 1 0 R\n  /ID [(a) (a)]\n>>\nstartxref\n${body.length}\n%%EOF`,
    ),
  )
}

export const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

export const files: readonly PackFile[] = [
  { name: "plan.json", bytes: planBytes(plan) },
  { name: "checks.json", bytes: canonicalBytes(checksReport(plan)) },
  { name: "us-original.pdf", bytes: pdfWith(planBytes(plan), "US") },
  { name: "ru-original.pdf", bytes: pdfWith(planBytes(plan), "RU") },
  { name: "verify/README.txt", bytes: text("node verify.mjs\n") },
]

export const manifest: Manifest = buildManifest({
  plan,
  version: 1,
  frozenAt: "2009-12-15T17:40:00.000Z",
  previous: null,
  eventHead: null,
  originals: { US: "us-original.pdf", RU: "ru-original.pdf" },
  files,
})

export const usKey = keyPairFromSeed(new Uint8Array(32).fill(1))
export const ruKey = keyPairFromSeed(new Uint8Array(32).fill(2))

export const statement = (party: string, date = "2009-12-16", of: Manifest = manifest): SignStatement => ({
  format: "alternat-statement/1",
  manifest: manifestHash(of),
  party,
  post: { en: "Head of delegation", ru: "Глава делегации" },
  name: { en: "A. Head", ru: "А. Глава" },
  organisation: { en: "Department", ru: "Министерство" },
  acting: false,
  place: { en: "Washington", ru: "Вашингтон" },
  date,
})

export const signatures = [signStatement(statement("US"), usKey), signStatement(statement("RU", "2009-12-18"), ruKey)]
export const certificate = text("%PDF-1.7 certificate")
