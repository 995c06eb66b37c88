import { noteFragment, reasonsFragment } from "@alternat/document"
import { ClauseEditor, type PasteReport, type TextMark } from "@alternat/editor"
import type { ClauseText, Lang } from "@alternat/plan"
import { plainExtensions } from "@alternat/text"
import { useMemo, useState } from "react"
import { usePlanText } from "./context.ts"
import { PasteNotice } from "./PasteNotice.tsx"
import { publishCaret } from "./use-carets.ts"

const NO_MARKS: readonly TextMark[] = []

interface LivePlainProps {
  /** whose text it is: of a note, or of the reasons of a draft */
  readonly of: "note" | "reasons"
  readonly id: string
  readonly lang: Lang
  readonly text: string
  readonly label: string
  /** stands there while nobody has written anything */
  readonly placeholder: string
}

/** Free text of the caucus, live among the delegation: several people type in it at once, and see each other's carets. */
export function LivePlain({ of, id, lang, text, label, placeholder }: LivePlainProps) {
  const { caucus, caucusUndo, draftCarets, display, refusePaste, mode, choose, say } = usePlanText()
  const lines = useMemo((): ClauseText => text.split("\n").map((line) => ({ p: line === "" ? [] : [line] })), [text])
  const [pasted, setPasted] = useState<PasteReport | null>(null)
  if (caucus === null || caucusUndo === null) return null
  const { session } = caucus
  const fragment = of === "note" ? noteFragment(session.doc, id) : reasonsFragment(session.doc, id, lang)
  const place = `${of}:${id}:${lang}`
  return (
    <div className="tx free" lang={lang}>
      <ClauseEditor
        fragment={fragment}
        text={lines}
        lang={lang}
        label={label}
        closed={mode === "read" ? say("mode.draftText.read") : null}
        extensions={plainExtensions}
        undo={caucusUndo}
        marks={draftCarets[place] ?? NO_MARKS}
        display={display[lang]}
        atRest={text === "" ? <span className="awaits">{placeholder}</span> : undefined}
        onSelect={(selection) => publishCaret(session, place, fragment, selection.to)}
        onFocusChange={(focused) => {
          if (focused && mode === "draft") choose("propose")
          if (!focused) publishCaret(session, "", null, null)
        }}
        onLeave={(leave) => leave === "row" && blur()}
        onRefused={refusePaste}
        onPasted={setPasted}
      />
      <PasteNotice report={pasted} onClose={() => setPasted(null)} />
    </div>
  )
}

const blur = () => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
