import { clauseFragment, resolveAnchor } from "@alternat/document"
import type { CommentEntry, CommentThread } from "@alternat/plan"
import { useEffect, useId, useRef } from "react"
import { useCommentActs } from "../../api/index.ts"
import { useForm } from "../../half-written/index.ts"
import { formatDate, formatMoment } from "../../i18n/index.ts"
import { StatusLine, ThreadWords } from "../../threads/index.ts"
import { Button, Mark, PartyMark } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"
import type { NumberedThread } from "./threads.ts"
import { authorOf } from "./words.ts"

export interface ThreadProps extends NumberedThread {
  /** one of many on its clause: it unfolds by itself alone, not with its clause */
  readonly isCrowded: boolean
}

/** One thread: the words it is about, what was said, and the answer. Folded it shows how it began and how long it is. */
export function Thread({ thread, number, isCrowded }: ThreadProps) {
  const page = usePlanText()
  const { say, hand, setHand } = page
  const { target } = thread
  const words = useId()
  const ref = useRef<HTMLElement>(null)
  const fold = useRef<HTMLButtonElement>(null)
  const isChosen = hand.thread === thread.id
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: "nearest" })
  }, [isChosen])
  if (target.type === "cell") return null
  const isUnfolded = isChosen || (!isCrowded && hand.active === target.clauseId)
  const view = page.view.byId.get(target.clauseId)
  const name = view === undefined ? target.clauseId : nameOf(view, say)
  const isResolved = thread.status === "resolved"
  const label =
    number !== null
      ? say("pt.thread", { number, clause: name })
      : say(isResolved ? "th.resolvedThread" : "th.thread", { clause: name })
  const toggle = () => {
    setHand({ thread: isChosen ? null : thread.id })
    fold.current?.focus({ preventScroll: true })
  }
  return (
    <article ref={ref} className={isUnfolded ? "th on" : "th"} id={`t-${thread.id}`} aria-label={label}>
      <div className="tq">
        <button
          ref={fold}
          type="button"
          className={isUnfolded ? "t th-number on" : "t th-number"}
          aria-expanded={isUnfolded}
          aria-controls={words}
          aria-label={label}
          onClick={toggle}
        >
          {number ?? (isResolved ? <Mark name="ok" /> : "…")}
        </button>
        <a
          href={`#c-${target.clauseId}`}
          onClick={(event) => {
            event.preventDefault()
            page.goTo(target.clauseId)
            setHand({ thread: thread.id, panel: null })
          }}
        >
          {name}
        </a>
        {target.type === "selection" && <Quote target={target} />}
        {thread.due !== null && (
          <span className="due">{say("pt.due", { date: formatDate(say.lang, thread.due, "short") })}</span>
        )}
        {isResolved && <span className="due">{say("pt.resolved")}</span>}
      </div>
      <div id={words}>
        {isUnfolded ? (
          <ThreadWords planId={page.planId} thread={thread} entry={(entry) => <Entry key={entry.id} entry={entry} />} />
        ) : (
          <Folded thread={thread} onUnfold={toggle} />
        )}
      </div>
      {isUnfolded && page.actor.party !== null && <Reply thread={thread} />}
    </article>
  )
}

function Folded({ thread, onUnfold }: { readonly thread: CommentThread; readonly onUnfold: () => void }) {
  const { say, actor } = usePlanText()
  const [first] = thread.entries
  const last = thread.statusChanges.at(-1)
  const replies = Math.max(0, thread.entryCount - 1)
  return (
    <>
      {first !== undefined && <Entry entry={first} />}
      {thread.status === "resolved" && last !== undefined && <StatusLine change={last} />}
      {(replies > 0 || actor.party !== null) && (
        <button type="button" className="link replies" onClick={onUnfold}>
          {say("th.unfold", { count: replies })}
        </button>
      )}
    </>
  )
}

/** The quoted words, kept even when the text has lost them. */
function Quote({ target }: { readonly target: Extract<CommentThread["target"], { type: "selection" }> }) {
  const { session, say } = usePlanText()
  const fragment = clauseFragment(session.doc, target.clauseId, target.lang)
  const isGone = fragment === null || resolveAnchor(fragment, target.anchor, target.quote) === null
  return (
    <q lang={target.lang} className={isGone ? "orphan" : undefined} title={isGone ? say("pt.orphan") : undefined}>
      {target.quote}
    </q>
  )
}

export function Entry({ entry }: { readonly entry: CommentEntry }) {
  const page = usePlanText()
  return (
    <div className="msg">
      <div className="mh">
        {entry.author.party !== null && <PartyMark code={entry.author.party} />}
        <b>{authorOf(entry, page)}</b>
        <span className="dim">{formatMoment(page.say.lang, entry.at)}</span>
      </div>
      <p lang={/[а-яё]/i.test(entry.text) ? "ru" : "en"}>{mentioned(entry.text)}</p>
    </div>
  )
}

/** Names after an @ stand out. */
const mentioned = (text: string) =>
  text.split(/(@[\p{L}.-]+(?: [\p{Lu}][\p{L}.-]*)?)/u).map((part, index) =>
    part.startsWith("@") ? (
      <span key={String(index)} className="at-name">
        {part}
      </span>
    ) : (
      part
    ),
  )

function Reply({ thread }: { readonly thread: CommentThread }) {
  const { planId, say } = usePlanText()
  const { reply, setStatus } = useCommentActs(planId)
  const {
    values: { text },
    change,
    clear,
  } = useForm(`reply:${thread.id}`, { text: "" })
  const isShared = thread.audience === "shared"
  const send = () => {
    if (text.trim() === "" || reply.isPending) return
    reply.mutateAsync({ threadId: thread.id, text: text.trim() }).then(clear, shownBelow)
  }
  const isResolved = thread.status === "resolved"
  return (
    <div className="rp">
      <div className="box">
        <textarea
          rows={1}
          value={text}
          placeholder={say(isShared ? "pt.reply" : "pt.replyOwn")}
          aria-label={say(isShared ? "pt.reply" : "pt.replyOwn")}
          onChange={(event) => change({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send()
          }}
        />
        {text.trim() === "" && (
          <Button
            look="link"
            isDisabled={setStatus.isPending}
            onPress={({ target }) => {
              setStatus.mutate({ threadId: thread.id, status: isResolved ? "open" : "resolved" })
              // the thread goes to another list, the button with it
              target.closest<HTMLElement>("[role=tabpanel], .env")?.focus({ preventScroll: true })
            }}
          >
            {say(isResolved ? "pt.reopenThread" : "pt.resolve")}
          </Button>
        )}
      </div>
      {text.trim() !== "" && (
        <Button small isDisabled={reply.isPending} onPress={send}>
          {say("pt.send")}
        </Button>
      )}
      {(reply.isError || setStatus.isError) && (
        <span className="alarm" role="alert">
          <Mark name="fail" /> {say("pt.error.other")}
        </span>
      )}
    </div>
  )
}

/** The error stands under the field, and the words stay in it. */
const shownBelow = () => undefined
