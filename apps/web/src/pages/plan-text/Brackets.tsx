import { BracketedText, type TextMark } from "@alternat/editor"
import type { Lang } from "@alternat/plan"
import { brackets } from "@alternat/text"
import { useMemo } from "react"
import { useDesk } from "./context.ts"
import type { ClauseView } from "./plan-view.ts"

/** The working text with what each side wants of it. */
export function Brackets(props: {
  readonly view: ClauseView
  readonly lang: Lang
  readonly marks: readonly TextMark[]
}) {
  const { view, lang, marks } = props
  const { parties, display } = useDesk()
  const segments = useMemo(
    () => brackets(view.clause[lang], view.proposals, lang, parties),
    [view.clause, view.proposals, lang, parties],
  )
  return <BracketedText segments={segments} parties={parties} lang={lang} marks={marks} display={display[lang]} />
}
