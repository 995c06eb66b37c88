import { initialPlanUpdate } from "@alternat/document"
import { type Clause, type ClauseText, emptyTables, type LivePlan, resolveField, type Section } from "@alternat/plan"
import { plainText } from "@alternat/text"
import * as Y from "yjs"
import { readDemo } from "../harness/demo.ts"

const CLAUSES = 400
const PER_SECTION = 14

/** The same 400 clauses as either page keeps them: the demo's sentences, without fields and lists, over and over. */
export function makePlans(): { readonly ours: Uint8Array; readonly peer: Uint8Array; readonly words: number } {
  const { plan } = readDemo()
  const words = (text: ClauseText, lang: "en" | "ru") =>
    plainText(text, lang, (field) => resolveField(plan, field)).replaceAll(/\s+/g, " ")
  const pairs = plan.sections
    .flatMap((section) => section.clauses)
    .map((clause) => ({ en: words(clause.en, "en"), ru: words(clause.ru, "ru") }))
    .filter(({ en, ru }) => en !== "" && ru !== "")
  const clauses = Array.from({ length: CLAUSES }, (_, i): Clause => {
    const { en, ru } = pairs[i % pairs.length] ?? { en: "", ru: "" }
    return { id: `x.c${i}`, en: [{ p: [en] }], ru: [{ p: [ru] }] }
  })
  const sections = Array.from({ length: Math.ceil(CLAUSES / PER_SECTION) }, (_, i): Section => {
    const number = i + 1
    const heading = { en: `Section ${number}`, ru: `Раздел ${number}` }
    const own = clauses.slice(i * PER_SECTION, (i + 1) * PER_SECTION)
    return { id: `s${number}`, kind: "section", number, mandatory: true, heading, clauses: own }
  })
  const live: LivePlan = {
    plan: { ...plan, sections, tables: { ...emptyTables(), sites: plan.tables.sites } },
    proposals: [],
    tableProposals: [],
    seq: 0,
  }
  const count = clauses.reduce((sum, { en, ru }) => sum + wordsIn(en) + wordsIn(ru), 0)
  return { ours: initialPlanUpdate(live, { epoch: 1, clientId: 1 }), peer: stockDocument(clauses), words: count }
}

/** these clauses are one paragraph of bare words each */
const firstLine = (text: ClauseText): string => {
  const [block] = text
  const [words] = block && "p" in block ? block.p : []
  return typeof words === "string" ? words : ""
}
const wordsIn = (text: ClauseText): number => firstLine(text).split(" ").length

function stockDocument(clauses: readonly Clause[]): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.transact(() => {
    for (const lang of ["en", "ru"] as const) {
      const paragraphs = clauses.map((clause) => {
        const paragraph = new Y.XmlElement("paragraph")
        paragraph.insert(0, [new Y.XmlText(firstLine(clause[lang]))])
        return paragraph
      })
      doc.getXmlFragment(lang).insert(0, paragraphs)
    }
  })
  return Y.encodeStateAsUpdate(doc)
}
