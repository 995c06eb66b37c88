import type { CommentThread } from "@alternat/plan"
import { useId, useState } from "react"
import { stampOf, useThreadPages } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { ShowEarlier, UNFOLDED } from "../../threads/index.ts"
import { CellThread, type CellThreadProps } from "./CellThread.tsx"
import { cellTarget, countsAt, type Place } from "./cost-grid.ts"

interface CellThreadsProps extends Pick<CellThreadProps, "desk" | "acts" | "canWrite"> {
  readonly place: Place
}

/** The threads of a cell: open ones, the latest last; behind a button those that are resolved. */
export function CellThreads(props: CellThreadsProps) {
  const { desk, place } = props
  const t = useT()
  const list = useId()
  const [showsResolved, setShowsResolved] = useState(false)
  const counts = countsAt(desk.threadCounts, desk.parties, place)
  const resolved = counts.reduce((sum, count) => sum + count.resolved, 0)
  if (counts.length === 0) return <p className="soft">{t("costs.comments.empty")}</p>
  return (
    <>
      <Threads {...props} status="open" />
      {resolved > 0 && (
        <p>
          <button
            type="button"
            className="link"
            aria-expanded={showsResolved}
            aria-controls={list}
            onClick={() => setShowsResolved(!showsResolved)}
          >
            {t("th.resolvedThreads", { count: resolved })}
          </button>
        </p>
      )}
      <div id={list}>{showsResolved && <Threads {...props} status="resolved" />}</div>
    </>
  )
}

function Threads({ status, place, ...props }: CellThreadsProps & { readonly status: CommentThread["status"] }) {
  const { desk } = props
  const [unfolded, setUnfolded] = useState<string | null>(null)
  const counts = countsAt(desk.threadCounts, desk.parties, place)
  const total = counts.reduce((sum, count) => sum + count[status], 0)
  const { table, rowId } = cellTarget(place, desk.parties)
  const cell = counts.flatMap((count) => (count.place.type === "cell" ? [count.place.cell] : []))
  const filter = { table, row: rowId, cell: [...new Set(cell)].sort(), status }
  const pages = useThreadPages(desk.planId, filter, total === 0 ? null : stampOf(counts))
  return (
    <div className="th-list">
      <ShowEarlier
        hidden={pages.hasEarlier ? Math.max(0, total - pages.items.length) : 0}
        isReading={pages.isReading}
        onShow={pages.readEarlier}
      />
      {pages.items.map((thread) => {
        const isUnfolded = thread.id === unfolded
        const onToggle = () => setUnfolded(isUnfolded ? null : thread.id)
        return (
          <CellThread
            key={thread.id}
            thread={thread}
            {...props}
            fold={total > UNFOLDED ? { isUnfolded, onToggle } : null}
          />
        )
      })}
    </div>
  )
}
