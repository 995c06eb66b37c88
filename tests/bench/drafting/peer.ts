// What everyone would build: one stock editor per language over one fragment that holds all clauses.
import { Editor } from "@tiptap/core"
import Collaboration from "@tiptap/extension-collaboration"
import StarterKit from "@tiptap/starter-kit"
import * as Y from "yjs"
import { loadBytes, startMeter } from "./page-meter.ts"

if (location.search.includes("cv")) document.documentElement.classList.add("cv")
const doc = new Y.Doc()
Y.applyUpdate(doc, await loadBytes("peer"))
const host = document.querySelector("#host")
host?.classList.add("row")
const editors = ["en", "ru"].map((lang) => {
  const element = document.createElement("div")
  element.lang = lang
  host?.append(element)
  return new Editor({
    element,
    extensions: [
      StarterKit.configure({ undoRedo: false, trailingNode: false }),
      Collaboration.configure({ fragment: doc.getXmlFragment(lang) }),
    ],
  })
})
const [english] = editors
await startMeter({
  doc,
  textOf: (from, clause) => (from.getXmlFragment("en").get(clause) as Y.XmlElement).get(0) as Y.XmlText,
  shownOf: (clause) => english?.view.dom.children[clause]?.textContent ?? "",
  focused: () => {
    if (english?.view.hasFocus() === true) return true
    const end = (english?.state.doc.child(0).nodeSize ?? 0) + (english?.state.doc.child(1).nodeSize ?? 0)
    english?.commands.setTextSelection(end + (english.state.doc.child(2).nodeSize - 1))
    english?.view.focus()
    return false
  },
})
