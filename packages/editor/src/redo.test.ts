import { changedKeys, createDraft, draftFragment, newDoc, readFragment } from "@alternat/document"
import { effort } from "@alternat/document/test-support"
import { LANGS, type Lang } from "@alternat/plan"
import { clauseSchema, flatText } from "@alternat/text"
import { Transform } from "@tiptap/pm/transform"
import { initProseMirrorDoc, updateYFragment, ySyncPluginKey } from "@tiptap/y-tiptap"
import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { createSharedUndo, INTERFACE_ORIGIN } from "./undo.ts"

const { runs, timeoutMs } = effort({ short: 60, long: 10_000 })

/**
 * A person at two texts and a colleague at the same, through the binding that the live editor uses: it compares the whole
 * text at every state of the editor and opens a transaction for each, also for a selection, a caret or a mark.
 */
function desk() {
  const docs = [newDoc("caucus"), newDoc("caucus")] as const
  docs.forEach((doc, index) => {
    doc.clientID = index + 1
  })
  const [own, other] = docs
  const [en, ru] = [[{ p: ["some words"] }], [{ p: ["more words"] }]]
  const values = {
    clauseId: "s1.c1",
    kind: "replace",
    role: "drafter",
    at: "2009-11-05T00:00:00Z",
    marking: "none",
  } as const
  createDraft(own, { id: "d", ...values, en, ru, note: null })
  const exchange = () => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(own), "remote")
    Y.applyUpdate(own, Y.encodeStateAsUpdate(other), "remote")
  }
  exchange()
  const history = createSharedUndo(own, { placesOf: changedKeys, isEditable: () => true, onWent: () => {} })
  const bind = (doc: Y.Doc, lang: Lang, change: (edit: Transform) => Transform) => {
    const fragment = draftFragment(doc, "d", lang)
    if (fragment === null) throw new Error("the draft is gone")
    const { doc: node, mapping } = initProseMirrorDoc(fragment, clauseSchema)
    const next = change(new Transform(node)).doc
    doc.transact(() => updateYFragment(doc, fragment, next, { mapping, isOMark: new Map() }), ySyncPluginKey)
  }
  const read = (lang: Lang) => {
    const fragment = draftFragment(own, "d", lang)
    return fragment === null ? "" : flatText(readFragment(fragment))
  }
  return {
    history,
    exchange,
    read,
    /** what the person wrote, without the colleague's capitals */
    ownWords: () => LANGS.map((lang) => read(lang).replace(/[A-Z]/g, "")).join("|"),
    type: (doc: 0 | 1, lang: Lang, at: number, words: string) => {
      bind(docs[doc], lang, (edit) =>
        edit.insert(1 + Math.floor(at * edit.doc.child(0).content.size), clauseSchema.text(words)),
      )
      history.cut()
    },
    erase: (lang: Lang, at: number) => {
      const place = [...read(lang).matchAll(/[a-z]/g)].at(Math.floor(at * read(lang).length))?.index
      if (place === undefined) return false
      bind(own, lang, (edit) => edit.delete(1 + place, 2 + place))
      history.cut()
      return true
    },
    /** a caret moves, a comment's mark is drawn, a clause is opened or closed: the editor's state is new, its text is not */
    look: (lang: Lang) => bind(own, lang, (edit) => edit),
    mark: (value: string) =>
      own.transact(() => own.getMap<Y.Map<unknown>>("drafts").get("d")?.set("marking", value), INTERFACE_ORIGIN),
  }
}

const lang = fc.constantFrom(...LANGS)
const at = fc.double({ min: 0, max: 0.999, noNaN: true })
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("type" as const), lang, at, words: fc.stringMatching(/^[a-z]{1,4}$/) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("erase" as const), lang, at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("undo" as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("redo" as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("look" as const), lang }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("remote" as const), lang, at, words: fc.stringMatching(/^[A-Z]{1,3}$/) }),
  },
)

test(
  "[EDIT45] redo gives back what undo took, whatever was selected, opened or written by others in between",
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), (steps) => {
        const one = desk()
        const past: string[] = []
        const future: string[] = []
        let now = one.ownWords()
        const edited = () => {
          past.push(now)
          future.length = 0
          now = one.ownWords()
        }
        for (const next of steps) {
          if (next.do === "type") {
            one.type(0, next.lang, next.at, next.words)
            edited()
          } else if (next.do === "erase") {
            if (one.erase(next.lang, next.at)) edited()
          } else if (next.do === "look") one.look(next.lang)
          else if (next.do === "remote") {
            one.type(1, next.lang, next.at, next.words)
            one.exchange()
          } else {
            const [from, to] = next.do === "undo" ? [past, future] : [future, past]
            const wanted = from.pop()
            expect(one.history[next.do]()).toBe(wanted !== undefined)
            if (wanted !== undefined) {
              to.push(now)
              now = wanted
            }
          }
          expect(one.ownWords()).toBe(now)
        }
      }),
      runs,
    )
  },
  timeoutMs,
)

test("[EDIT45] a value changed outside the text editors is redone too", () => {
  const one = desk()
  one.mark("internal")
  one.history.undo()
  one.look("en")
  expect(one.history.redo()).toBe(true)
})
