import { type Bilingual, LANGS, type Lang, type PlanDocument, type Result } from "@alternat/plan"
import { planBytes } from "@alternat/seal"
import { type DocumentModel, type PrintClause, wordsOf } from "../model.ts"
import { languageOf } from "../order.ts"
import { annexName } from "../render-model.ts"
import { running } from "../running.ts"
import { WORDS } from "../words.ts"
import { linesAtMost, partClosing } from "./closing.ts"
import { withGaps } from "./gaps.ts"
import { PLAN_TEMPLATE } from "./template.ts"
import { type PdfError, type PdfOptions, typeset } from "./typeset.ts"

/** A plan as PDF/A-3b with its `plan.json` embedded. */
export function renderPdf(
  model: DocumentModel,
  plan: PlanDocument,
  options: PdfOptions = {},
): Promise<Result<Uint8Array, PdfError>> {
  const json = new TextDecoder().decode(planBytes(plan))
  const attach =
    '#pdf.attach("/plan.json", bytes(sys.inputs.plan), relationship: "source", mime-type: "application/json", description: "The plan as data; its SHA-256 stands on the title page")\n'
  return typeset(
    {
      template: attach + PLAN_TEMPLATE,
      inputs: { model: JSON.stringify(templateData(model, plan)), plan: json },
      at: model.at,
    },
    options,
  )
}

/** What the template reads: the model, and what it would otherwise have to work out. */
function templateData(model: DocumentModel, plan: PlanDocument) {
  return {
    ...model,
    date: model.at.slice(0, 10).split("-").map(Number),
    versionShort: { en: `Version ${model.version?.number ?? ""}`, ru: `Версия ${model.version?.number ?? ""}` },
    declared: plan.parties.map((party) => party.code),
    words: { contents: WORDS.contents, planHash: WORDS.planHash, signature: WORDS.signature },
    runningTitle: both((lang) => running(model.shortTitle[lang])),
    runningMarking: both((lang) => running(model.marking[lang])),
    planHash: model.planHash.replace(/(.{8})(?!$)/g, "$1 "),
    sections: model.sections.map((section) => ({
      ...section,
      clauses: section.clauses.map(setClause),
      label: section.number === null ? section.heading : annexName(section.number),
    })),
    signatures: model.signatures.map((signature) => ({ ...signature, lang: languageOf(plan, signature.party) })),
  }
}

const both = <T>(of: (lang: Lang) => T): Bilingual<T> => ({ en: of("en"), ru: of("ru") })

/** A clause as the template sets it, whole and parted for the sheet of signatures. */
function setClause(clause: PrintClause) {
  const ready = (one: PrintClause) => ({
    ...one,
    blocks: both((lang) => one.blocks[lang].map(withGaps)),
    words: both((lang) => one.blocks[lang].map((block) => wordsOf(block.runs)).join(" ")),
    short: LANGS.every((lang) => one.notes.length === 0 && linesAtMost(one.blocks[lang]) < 20),
  })
  const { front, tail } = partClosing(clause)
  return { ...ready(clause), front: front === null ? null : ready(front), tail: ready(tail) }
}
