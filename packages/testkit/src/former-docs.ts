import { type Anchor, clauseFragment, loadDoc, makeAnchor, newDoc } from "@alternat/document"
import type { NewDoc } from "@alternat/store"
import * as Y from "yjs"
import { CAST } from "./cast.ts"

const SERVER = 11
const TYPIST = 77

/** A plan and both caucuses as the layout before the present one wrote them, with an anchor on the words “often”. */
export function formerDocs(): { readonly docs: readonly NewDoc[]; readonly anchor: Anchor } {
  const { doc, anchor } = formerPlan()
  return { docs: [doc, formerCaucus("US"), formerCaucus("RU")], anchor }
}

/** A plan as it was written before: whole fields and whole years, rows withdrawn by a mark; one clause by two hands. */
function formerPlan(): { readonly doc: NewDoc; readonly anchor: Anchor } {
  const doc = newDoc("plan")
  doc.clientID = SERVER
  doc.transact(() => {
    doc.getMap("meta").set("schema", 1)
    doc.getMap("meta").set("planId", "small")
    const clause = new Y.Map<unknown>([
      ["section", "s1"],
      ["order", "a0"],
      ["en", paragraph("The sides meet.")],
      ["ru", paragraph("Стороны встречаются.")],
      ["proposals", new Y.Map()],
    ])
    doc.getMap("clauses").set("s1.c1", clause)
    doc
      .getMap("sections")
      .set("s1", { kind: "section", number: 1, mandatory: true, heading: { en: "1", ru: "1" }, order: "a0" })
    doc.getMap("t:cost_lines").set("L01", formerLine("a0"))
    doc.getMap("t:cost_lines").set("L02", formerLine("a1", true))
  })
  const first = Y.encodeStateAsUpdate(doc)
  const typist = loadDoc("plan", [first])
  typist.clientID = TYPIST
  const sent: Uint8Array[] = []
  typist.on("update", (update: Uint8Array) => sent.push(update))
  const fragment = clauseFragment(typist, "s1.c1", "en") as Y.XmlFragment
  ;((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(9, " often")
  const anchor = makeAnchor(fragment, 10, 15)
  const own: NewDoc = {
    space: "plan" as const,
    party: null,
    schemaVersion: 1,
    updates: [
      { bytes: first, author: "server" },
      { bytes: sent[0] as Uint8Array, author: CAST.drafterUs.userId },
    ],
    clients: [
      { clientId: SERVER, author: "server" },
      { clientId: TYPIST, author: CAST.drafterUs.userId },
    ],
  }
  return { doc: own, anchor }
}

export const FORMER_YEAR = {
  plan_year: 2010,
  total_usd_cents: 3,
  us_share_bp: 6667,
  us_usd_cents: 2,
  ru_usd_equiv_cents: 1,
  ru_rub_kopecks: 30,
}

const formerLine = (order: string, isGone = false) =>
  new Y.Map<unknown>([
    ["order", order],
    ["title", { en: "Maintenance", ru: "Обслуживание" }],
    ["sf424a_class", "f"],
    ["subject_to_handover", true],
    ["kind_us", "cash"],
    ["kind_ru", "cash"],
    ["year:2010", FORMER_YEAR],
    ...(isGone ? [["deleted", true] as const] : []),
  ])

function paragraph(words: string): Y.XmlFragment {
  const fragment = new Y.XmlFragment()
  const element = new Y.XmlElement("paragraph")
  element.insert(0, [new Y.XmlText(words)])
  fragment.insert(0, [element])
  return fragment
}

/** Notes and reasons as strings. */
function formerCaucus(party: string): NewDoc {
  const doc = newDoc("caucus")
  doc.clientID = SERVER
  const common = { clauseId: "s1.c1", role: "head", at: "2009-11-05T00:00:00Z", marking: "internal" }
  doc.transact(() => {
    doc.getMap("meta").set("schema", 1)
    doc
      .getMap("notes")
      .set(
        "n1",
        new Y.Map(
          Object.entries({ ...common, kind: "red_line", refersTo: [], text: `Never ${party}.\nNever.`, data: null }),
        ),
      )
    const draft = new Y.Map<unknown>(
      Object.entries({ ...common, kind: "replace", note: { en: `${party} because`, ru: "потому" } }),
    )
    draft.set("en", paragraph("Sixty days."))
    draft.set("ru", paragraph("Шестьдесят дней."))
    doc.getMap("drafts").set("d1", draft)
  })
  const update = { bytes: Y.encodeStateAsUpdate(doc), author: "server" }
  return {
    space: "caucus" as const,
    party,
    schemaVersion: 1,
    updates: [update],
    clients: [{ clientId: SERVER, author: "server" }],
  }
}
