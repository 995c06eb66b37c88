// The product's own drafting parts: its live store, its plan reader, its clause editors, one fragment per clause.
import { clauseFragment, newDoc } from "@alternat/document"
import { ClauseEditor, createSharedUndo, type FieldDisplay, type SharedUndo } from "@alternat/editor"
import { type Clause, LANGS, type Lang, resolveField, type Section } from "@alternat/plan"
import { clauseExtensions, formatFieldValue } from "@alternat/text"
import { memo, useSyncExternalStore } from "react"
import { createRoot } from "react-dom/client"
import * as Y from "yjs"
import { createLiveStore } from "../../../apps/web/src/live/live-store.ts"
import { loadBytes, startMeter } from "./page-meter.ts"

const doc = newDoc("plan")
Y.applyUpdate(doc, await loadBytes("ours"))
const store = createLiveStore(doc)
const undo: SharedUndo = createSharedUndo(doc, {
  placesOf: () => new Set(),
  isEditable: () => true,
  onWent: () => undefined,
})
const displays = Object.fromEntries(LANGS.map((lang) => [lang, display(lang)])) as Record<Lang, FieldDisplay>
const ids = store.current.plan.sections.flatMap((section) => section.clauses.map((clause) => clause.id))
const typedIn = ids[2] ?? ""

function display(lang: Lang): FieldDisplay {
  const resolve: FieldDisplay["resolve"] = (field) => resolveField(store.current.plan, field)
  return {
    resolve,
    show: (field) => ({ text: formatFieldValue(resolve(field), lang), source: null, title: field.key, kind: "value" }),
  }
}

const Row = memo(function Row({ clause }: { readonly clause: Clause }) {
  return (
    <article className="row" data-clause={clause.id}>
      {LANGS.map((lang) => (
        <ClauseEditor
          key={lang}
          fragment={clauseFragment(doc, clause.id, lang)}
          text={clause[lang]}
          lang={lang}
          label={`${clause.id} ${lang}`}
          closed={null}
          extensions={clauseExtensions}
          undo={undo}
          marks={NONE}
          display={displays[lang]}
        />
      ))}
    </article>
  )
})
const NONE: readonly never[] = []

const SectionBox = memo(function SectionBox({ section }: { readonly section: Section }) {
  return (
    <section className="secbox">
      {section.clauses.map((clause) => (
        <Row key={clause.id} clause={clause} />
      ))}
    </section>
  )
})

function Page() {
  const { plan } = useSyncExternalStore(store.subscribe, () => store.current)
  return plan.sections.map((section) => <SectionBox key={section.id} section={section} />)
}

const host = document.querySelector("#host")
if (!host) throw new Error("broken invariant: the page has its host")
createRoot(host).render(<Page />)

const elementOf = (id: string) => host.querySelector<HTMLElement>(`[data-clause="${id}"]`)
await startMeter({
  doc,
  textOf: (from, clause) => {
    const paragraph = clauseFragment(from, ids[clause] ?? "", "en")?.get(0) as Y.XmlElement
    return paragraph.get(0) as Y.XmlText
  },
  shownOf: (clause) => elementOf(ids[clause] ?? "")?.textContent ?? "",
  focused: () => {
    if (document.activeElement?.classList.contains("live") === true) return true
    elementOf(typedIn)?.querySelector<HTMLElement>(".tx-rest")?.focus()
    return false
  },
})
