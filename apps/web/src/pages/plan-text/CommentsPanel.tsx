import { clauseFragment, resolveAnchor } from "@alternat/document"
import type { CommentEntry, CommentThread } from "@alternat/plan"
import { useEffect, useRef, useState } from "react"
import { useCommentActs } from "../../api/index.ts"
import { useForm } from "../../half-written/index.ts"
import { formatDate, formatMoment } from "../../i18n/index.ts"
import { StatusLine, saidIn } from "../../threads/index.ts"
import { Button, Mark, PartyMark } from "../../ui/index.ts"
import { BegunComments } from "./BegunComments.tsx"
import type { NumberedThread } from "./ClauseRow.tsx"
import { Compose } from "./Compose.tsx"
import { nameOf, type PlanText, usePlanText } from "./context.ts"
import { authorOf } from "./words.ts"

/** Shared threads of the section one is in, those of the active clause first in view. */
export function CommentsPanel() {
  const page = usePlanText()
  const { say, hand, view, numbered } = page
  const [showsResolved, setShowsResolved] = useState(false)
  const active = hand.active === null ? null : (view.byId.get(hand.active) ?? null)
  const section = active?.section ?? null
  const here = numbered.filter(({ thread }) => isIn(thread, section?.id ?? null, page))
  const open = here.filter(({ thread }) => thread.status === "open" || thread.id === hand.thread)
  const resolved = here.filter((item) => !open.includes(item))
  return (
    <>
      <p className="rn">{say("pt.shared")}</p>
      {hand.composing !== null && hand.composing.audience === "shared" && <Compose composing={hand.composing} />}
      <BegunComments audience="shared" />
      {open.map((item) => (
        <Thread key={item.thread.id} {...item} />
      ))}
      {open.length === 0 && hand.composing === null && (
        <div className="em">
          <h3>{say("pt.noThreads")}</h3>
          {page.actor.party !== null && <p>{say("pt.noThreads.hint")}</p>}
          {active !== null && page.actor.party !== null && (
            <Button
              small
              onPress={() =>
                page.setHand({ composing: { target: { type: "clause", clauseId: active.id }, audience: "shared" } })
              }
            >
              {say("pt.commentOn", { number: nameOf(active, say) })}
            </Button>
          )}
        </div>
      )}
      {resolved.length > 0 && (
        <p className="rn">
          <button type="button" className="link" onClick={() => setShowsResolved(!showsResolved)}>
            {say("pt.showResolved", { count: resolved.length })}
          </button>
        </p>
      )}
      {showsResolved && resolved.map((item) => <Thread key={item.thread.id} {...item} />)}
    </>
  )
}

function isIn(thread: CommentThread, sectionId: string | null, page: PlanText): boolean {
  if (thread.audience !== "shared" || thread.target.type === "cell") return false
  return sectionId === null || page.view.byId.get(thread.target.clauseId)?.section.id === sectionId
}

/** One thread: the words it is about, what was said, and the answer. */
export function Thread({ thread, number }: NumberedThread) {
  const page = usePlanText()
  const { say, hand, setHand } = page
  const { target } = thread
  const isActive = hand.thread === thread.id || (target.type !== "cell" && hand.active === target.clauseId)
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    if (hand.thread === thread.id) ref.current?.scrollIntoView({ block: "nearest" })
  }, [hand.thread, thread.id])
  if (target.type === "cell") return null
  const view = page.view.byId.get(target.clauseId)
  const name = view === undefined ? target.clauseId : nameOf(view, say)
  return (
    <section
      ref={ref}
      className={isActive ? "th on" : "th"}
      id={`t-${thread.id}`}
      aria-label={say("pt.thread", { number, clause: name })}
    >
      <div className="tq">
        <span className={isActive ? "t on" : "t"}>{number}</span>
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
        {thread.status === "resolved" && <span className="due">{say("pt.resolved")}</span>}
      </div>
      <Entries thread={thread} isActive={isActive} />
      {isActive && page.actor.party !== null && <Reply thread={thread} />}
    </section>
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

function Entries({ thread, isActive }: { readonly thread: CommentThread; readonly isActive: boolean }) {
  const { say } = usePlanText()
  const [first, ...rest] = thread.entries
  const last = thread.statusChanges.at(-1)
  if (isActive) {
    return saidIn(thread).map((said) =>
      said.type === "entry" ? (
        <Entry key={said.entry.id} entry={said.entry} />
      ) : (
        <StatusLine key={said.change.at} change={said.change} />
      ),
    )
  }
  return (
    <>
      {first !== undefined && <Entry entry={first} />}
      {rest.length > 0 && <div className="replies">{say("pt.replies", { count: rest.length })}</div>}
      {thread.status === "resolved" && last !== undefined && <StatusLine change={last} />}
    </>
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
            onPress={() => setStatus.mutate({ threadId: thread.id, status: isResolved ? "open" : "resolved" })}
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
