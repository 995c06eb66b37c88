import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import {
  createDraft,
  Guard,
  initialCaucusUpdate,
  loadDoc,
  noteFragment,
  putNote,
  readCaucus,
  reasonsFragment,
  SCHEMA_VERSION,
  upgradeUpdate,
  writePlain,
} from "./index.ts"
import { newDoc } from "./layout.ts"
import { drafterUs, openRules, SERVER_CLIENT, text } from "./test-support/fixture.ts"
import { rejected } from "./test-support/guarding.ts"

const note = {
  id: "n1",
  kind: "note" as const,
  clauseId: null,
  refersTo: [],
  role: "head",
  at: "2009-11-05T00:00:00Z",
  marking: "internal",
  text: "First line.\n\nThird line.",
  data: null,
}
const draft = {
  id: "d1",
  clauseId: "c1",
  kind: "replace" as const,
  role: "drafter",
  at: "2009-11-05T00:00:00Z",
  marking: "none",
  en: text("Thirty days."),
  ru: text("Тридцать дней."),
  note: { en: "because", ru: "потому" },
  base: null,
}
const content = { drafts: [draft], notes: [note] }
const first = initialCaucusUpdate(content, { planId: "p1", epoch: 1, clientId: SERVER_CLIENT })

function person(clientId: number, state: Uint8Array = first) {
  const doc = loadDoc("caucus", [state])
  doc.clientID = clientId
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => sent.push(update))
  return { doc, take: () => Y.mergeUpdates([Uint8Array.of(0, 0), ...sent.splice(0)]) }
}

const guardOf = () =>
  new Guard({ space: "caucus", party: "US", state: [first], authors: new Map([[SERVER_CLIENT, "server"]]) })

/** Types at the end of the last line, letter by letter, as an editor does. */
function typeLetters(fragment: Y.XmlFragment | null, words: string): void {
  const paragraph = fragment?.get(fragment.length - 1) as Y.XmlElement
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()])
  const leaf = paragraph.get(0) as Y.XmlText
  for (const letter of words) leaf.insert(leaf.length, letter)
}

describe("free text of more than one line", () => {
  test("[DOC78] head and drafter type in one note, or in one draft's reasons, at the same moment: each one's words stay whole", () => {
    for (const of of ["note", "reasons"] as const) {
      const head = person(21)
      const drafter = person(22)
      const guard = guardOf()
      const fragmentIn = (doc: Y.Doc) => (of === "note" ? noteFragment(doc, "n1") : reasonsFragment(doc, "d1", "en"))
      const log = [first]
      typeLetters(fragmentIn(head.doc), " HEAD-WORDS")
      typeLetters(fragmentIn(drafter.doc), " BY-DRAFTER")
      for (const [update, userId] of [
        [head.take(), "u-head"],
        [drafter.take(), "u-us"],
      ] as const) {
        expect(guard.judge(update, { ...drafterUs, userId }, openRules())).toMatchObject({ type: "ok" })
        log.push(update)
      }
      const read = readCaucus(loadDoc("caucus", log))
      const words = of === "note" ? read.notes[0]?.text : read.drafts[0]?.note?.en
      expect(words).toContain(" HEAD-WORDS")
      expect(words).toContain(" BY-DRAFTER")
    }
  })

  test("[DOC79] a text of lines is read as it was written, and written over line by line", () => {
    const { doc } = person(21)
    expect(readCaucus(doc)).toEqual(content)
    const kept = noteFragment(doc, "n1")?.get(0)
    putNote(doc, { ...note, text: "First line.\nSecond line.\n\nThird line." })
    expect(readCaucus(doc).notes[0]?.text).toBe("First line.\nSecond line.\n\nThird line.")
    expect(noteFragment(doc, "n1")?.get(0)).toBe(kept)
    writePlain(noteFragment(doc, "n1") as Y.XmlFragment, "")
    expect(readCaucus(doc).notes[0]?.text).toBe("")
    createDraft(doc, { ...draft, id: "d2", note: null })
    expect(readCaucus(doc).drafts.map((one) => one.note)).toEqual([draft.note, null])
  })

  test("[DOC80] the guard keeps such a text to bare lines of bounded length, and nobody puts another text in its place", () => {
    const held = (doc: Y.Doc, root: string, id: string) => doc.getMap<Y.Map<unknown>>(root).get(id) as Y.Map<unknown>
    const attempts: readonly [(doc: Y.Doc) => void, "bad_value" | "bad_text"][] = [
      [(doc) => held(doc, "notes", "n1").set("text", "a string again"), "bad_value"],
      [(doc) => held(doc, "notes", "n1").set("text", new Y.XmlFragment()), "bad_value"],
      [(doc) => held(doc, "notes", "n1").delete("text"), "bad_value"],
      [(doc) => held(doc, "drafts", "d1").set("en", new Y.XmlFragment()), "bad_value"],
      [(doc) => held(doc, "drafts", "d1").set("note", { en: "x", ru: "" }), "bad_value"],
      [(doc) => noteFragment(doc, "n1")?.insert(0, [new Y.XmlElement("orderedList")]), "bad_text"],
      [
        (doc) =>
          (((noteFragment(doc, "n1") as Y.XmlFragment).get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, {
            em: {},
          }),
        "bad_text",
      ],
      [(doc) => writePlain(reasonsFragment(doc, "d1", "ru") as Y.XmlFragment, "x".repeat(8001)), "bad_text"],
    ]
    for (const [at, [attempt, reason]] of attempts.entries()) {
      const us = person(100 + at)
      attempt(us.doc)
      expect([at, guardOf().judge(us.take(), drafterUs, openRules())]).toEqual([at, rejected(reason)])
    }
  })
})

describe("a stored document of the former layout", () => {
  /** As caucuses were written before: free text as strings. */
  function formerCaucus(): Uint8Array {
    const doc = newDoc("caucus")
    doc.clientID = SERVER_CLIENT
    const fresh = loadDoc("caucus", [first])
    doc.transact(() => {
      doc.getMap("meta").set("schema", 1)
      doc.getMap("meta").set("epoch", 1)
      const { id, ...values } = note
      doc.getMap("notes").set(id, new Y.Map(Object.entries(values)))
      const map = new Y.Map<unknown>(Object.entries({ ...draft, id: undefined, en: undefined, ru: undefined }))
      for (const lang of ["en", "ru"] as const) {
        const held = fresh.getMap<Y.Map<unknown>>("drafts").get("d1")?.get(lang) as Y.XmlFragment
        map.set(lang, held.clone())
      }
      for (const key of ["id"]) map.delete(key)
      doc.getMap("drafts").set("d1", map)
    })
    return Y.encodeStateAsUpdate(doc)
  }

  test("[DOC81] is read as it is, is brought to the present layout by one update, and reads the same after; a second time changes nothing", () => {
    const former = formerCaucus()
    expect(readCaucus(loadDoc("caucus", [former]))).toEqual(content)
    const { update, clientId } = upgradeUpdate("caucus", [former], 2)
    if (update === null) throw new Error("nothing to upgrade")
    expect([...Y.parseUpdateMeta(update).from.keys()]).toEqual([clientId])
    const doc = loadDoc("caucus", [former, update])
    expect(readCaucus(doc)).toEqual(content)
    expect(doc.getMap("meta").toJSON()).toMatchObject({ schema: SCHEMA_VERSION, epoch: 2 })
    expect(upgradeUpdate("caucus", [former, update], 2).update).toBeNull()
    const guard = new Guard({
      space: "caucus",
      party: "US",
      state: [former, update],
      authors: new Map([
        [SERVER_CLIENT, "server"],
        [clientId, "server"],
      ]),
    })
    const us = person(11, Y.mergeUpdates([former, update]))
    typeLetters(noteFragment(us.doc, "n1"), " And on.")
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok", touched: ["note:n1"] })
  })
})
