import { useId, useState } from "react"
import { useThread, useThreadPages } from "../../api/index.ts"
import { ShowEarlier, UNFOLDED } from "../../threads/index.ts"
import { usePlanText } from "./context.ts"
import { Thread } from "./Thread.tsx"
import { type ClauseCount, sumOf } from "./threads.ts"
import { useClauseThreads } from "./use-clause-threads.ts"

export interface ClauseThreadsProps {
  readonly count: ClauseCount
  readonly audience: string
}

/** The latest open threads of one clause, and the way to earlier ones. */
export function ClauseThreads({ count, audience }: ClauseThreadsProps) {
  const { threads, pages } = useClauseThreads(count, audience)
  if (count.open === 0) return null
  return (
    <div className="th-list">
      {threads.length > 0 && (
        <ShowEarlier
          hidden={pages.hasEarlier ? Math.max(0, count.open - threads.length) : 0}
          isReading={pages.isReading}
          onShow={pages.readEarlier}
        />
      )}
      {threads.map((item) => (
        <Thread key={item.thread.id} {...item} isCrowded={count.open > UNFOLDED} />
      ))}
    </div>
  )
}

/** Resolved threads stand folded under the open ones, behind one button that counts them. */
function ResolvedThreads({
  counts,
  audience,
  isShown,
  onShow,
}: ThreadsProps & { readonly isShown: boolean; readonly onShow: (isShown: boolean) => void }) {
  const { say } = usePlanText()
  const list = useId()
  const resolved = sumOf(counts, "resolved")
  if (resolved === 0) return null
  return (
    <>
      <p className="rn">
        <button
          type="button"
          className="link"
          aria-expanded={isShown}
          aria-controls={list}
          onClick={() => onShow(!isShown)}
        >
          {say("th.resolvedThreads", { count: resolved })}
        </button>
      </p>
      <div id={list}>
        {isShown && counts.map((count) => <ResolvedOnClause key={count.clauseId} count={count} audience={audience} />)}
      </div>
    </>
  )
}

function ResolvedOnClause({ count, audience }: ClauseThreadsProps) {
  const { planId } = usePlanText()
  const filter = { clause: count.clauseId, audience, status: "resolved" } as const
  const pages = useThreadPages(planId, filter, count.resolved > 0 ? count.stamp : null)
  return (
    <div className="th-list">
      <ShowEarlier
        hidden={pages.hasEarlier ? Math.max(0, count.resolved - pages.items.length) : 0}
        isReading={pages.isReading}
        onShow={pages.readEarlier}
      />
      {pages.items.map((thread) => (
        <Thread key={thread.id} thread={thread} number={null} isCrowded={count.resolved > UNFOLDED} />
      ))}
    </div>
  )
}

const FEW_CLAUSES = 12

interface ThreadsProps {
  readonly counts: readonly ClauseCount[]
  readonly audience: string
}

/** Threads of many clauses: those of the first, and the rest when they are asked for; under them those that are resolved. */
export function ThreadsByClause({ counts, audience }: ThreadsProps) {
  const { say } = usePlanText()
  const [showsResolved, setShowsResolved] = useState(false)
  const [shown, setShown] = useState(FEW_CLAUSES)
  const open = counts.filter((count) => count.open > 0)
  return (
    <>
      <Chosen counts={counts} audience={audience} showsResolved={showsResolved} />
      {open.slice(0, shown).map((count) => (
        <ClauseThreads key={count.clauseId} count={count} audience={audience} />
      ))}
      {open.length > shown && (
        <p className="rn">
          <button type="button" className="link" onClick={() => setShown(shown + FEW_CLAUSES)}>
            {say("th.moreClauses", { count: open.length - shown })}
          </button>
        </p>
      )}
      <ResolvedThreads counts={counts} audience={audience} isShown={showsResolved} onShow={setShowsResolved} />
    </>
  )
}

/** The thread that one has chosen, where the lists don't show it: among the earlier ones, or just resolved. */
function Chosen({ counts, audience, showsResolved }: ThreadsProps & { readonly showsResolved: boolean }) {
  const { planId, hand } = usePlanText()
  const { data: thread } = useThread(planId, hand.thread)
  const target = thread?.target
  const count = counts.find((one) => target?.type !== "cell" && one.clauseId === target?.clauseId) ?? null
  const { threads, pages } = useClauseThreads(count, audience)
  if (thread === undefined || thread.id !== hand.thread || thread.audience !== audience || count === null) return null
  const isListed = threads.some((one) => one.thread.id === thread.id)
  if (pages.isReading || isListed || (showsResolved && thread.status === "resolved")) return null
  return <Thread thread={thread} number={null} isCrowded />
}
