import type { CommentEntry, CommentThread } from "@alternat/plan"
import { type ReactNode, useRef } from "react"
import { useT } from "../i18n/index.ts"
import { StatusLine } from "./StatusLine.tsx"
import { saidIn } from "./said.ts"
import { useEntries } from "./use-entries.ts"

export interface ThreadWordsProps {
  readonly planId: string
  readonly thread: CommentThread
  readonly entry: (entry: CommentEntry) => ReactNode
}

/** The entries of a thread and the changes of its status, in order; a long thread folds its middle. */
export function ThreadWords({ planId, thread, entry }: ThreadWordsProps) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const { first, hidden, tail, showMore } = useEntries(planId, thread)
  const from = tail[0]?.at ?? ""
  // what changed among folded entries is folded with them
  const statusChanges = hidden === 0 ? thread.statusChanges : thread.statusChanges.filter((change) => change.at >= from)
  return (
    <div ref={place} tabIndex={-1} className="th-words">
      {hidden > 0 && first !== null && entry(first)}
      {hidden > 0 && (
        <p className="th-more">
          <button
            type="button"
            className="link"
            onClick={() => {
              showMore()
              // the button may go; the thread that grows keeps the focus
              place.current?.focus({ preventScroll: true })
            }}
          >
            {t("th.showReplies", { count: hidden })}
          </button>
        </p>
      )}
      {saidIn({ entries: hidden > 0 || first === null ? tail : [first, ...tail], statusChanges }).map((said) =>
        said.type === "entry" ? entry(said.entry) : <StatusLine key={said.change.at} change={said.change} />,
      )}
    </div>
  )
}
