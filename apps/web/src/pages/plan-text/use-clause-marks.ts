import { resolveAnchor } from "@alternat/document"
import { bracketMarks, type TextMark } from "@alternat/editor"
import { type ClauseText, isClosedClause, type Lang } from "@alternat/plan"
import { brackets, flatText, lintClause } from "@alternat/text"
import { useDeferredValue, useMemo } from "react"
import type * as Y from "yjs"
import { useDesk } from "./context.ts"
import type { ClauseView } from "./plan-view.ts"
import type { NumberedThread } from "./threads.ts"

/** What is drawn over one text: comments where their words are now, lints, colleagues' carets. */
export function useClauseMarks(
  view: ClauseView,
  lang: Lang,
  fragment: Y.XmlFragment | null,
  threads: readonly NumberedThread[],
  active: string | null,
  carets: readonly TextMark[],
): readonly TextMark[] {
  const { lintContext, say } = useDesk()
  const comments = useMemo(
    () => commentMarks(view.clause[lang], lang, fragment, threads, active),
    [view.clause, lang, fragment, threads, active],
  )
  // a word being typed need not be judged before it is drawn
  const settled = useDeferredValue(view.clause)
  const lints = useMemo(() => {
    if (isClosedClause(view.standing.state)) return []
    return lintClause(settled, lintContext)
      .filter((finding) => finding.lang === lang && finding.to > finding.from)
      .map(
        (finding): TextMark => ({
          kind: "lint",
          from: finding.from,
          to: finding.to,
          severity: finding.severity,
          message: say("pt.lint", { message: say.pick(finding.message) }),
        }),
      )
  }, [settled, view.standing.state, lang, lintContext, say])
  return useMemo(() => [...comments, ...lints, ...carets], [comments, lints, carets])
}

function commentMarks(
  text: ClauseText,
  lang: Lang,
  fragment: Y.XmlFragment | null,
  threads: readonly NumberedThread[],
  active: string | null,
): readonly TextMark[] {
  if (fragment === null) return []
  const { length } = flatText(text)
  return threads.flatMap(({ thread }): readonly TextMark[] => {
    const { target } = thread
    if (target.type !== "selection" || target.lang !== lang || thread.status === "resolved") return []
    const found = resolveAnchor(fragment, target.anchor, target.quote)
    // the fragment may be a frame ahead of the text that is drawn
    if (found === null || found.to <= found.from || found.to > length) return []
    return [{ kind: "comment", from: found.from, to: found.to, threadId: thread.id, active: thread.id === active }]
  })
}

const NONE: readonly TextMark[] = []

/** What stands for the brackets while somebody types into the working text. */
export function useLiveMarks(view: ClauseView, lang: Lang): readonly TextMark[] {
  const { parties, display } = useDesk()
  return useMemo(
    () =>
      view.proposals.length === 0
        ? NONE
        : bracketMarks(brackets(view.clause[lang], view.proposals, lang, parties), lang, parties, display[lang]),
    [view.clause, view.proposals, lang, parties, display],
  )
}
