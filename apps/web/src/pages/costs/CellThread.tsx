import type { CommentEntry, CommentThread } from "@alternat/plan"
import { type FormEvent, type ReactNode, useId } from "react"
import type { useCommentActs } from "../../api/index.ts"
import { useForm } from "../../half-written/index.ts"
import { formatDate, formatMoment, useT } from "../../i18n/index.ts"
import { StatusLine, ThreadWords } from "../../threads/index.ts"
import { Button, PartyMark, partyOf, partyShort } from "../../ui/index.ts"
import type { CostDesk } from "./use-cost-desk.ts"

export interface CellThreadProps {
  readonly thread: CommentThread
  readonly desk: CostDesk
  readonly acts: ReturnType<typeof useCommentActs>
  readonly canWrite: boolean
  /** null: it is one of few, and stands open */
  readonly fold: { readonly isUnfolded: boolean; readonly onToggle: () => void } | null
}

/** One thread of a cell, inside the lattice if only one's own delegation reads it. */
export function CellThread({ thread, desk, acts, canWrite, fold }: CellThreadProps) {
  const t = useT()
  const words = useId()
  const isOpen = thread.status === "open"
  const isUnfolded = fold?.isUnfolded ?? true
  const [first] = thread.entries
  const last = thread.statusChanges.at(-1)
  const body = (
    <article className="thread">
      <div id={words}>
        {isUnfolded ? (
          <ThreadWords
            planId={desk.planId}
            thread={thread}
            entry={(entry) => <Entry key={entry.id} entry={entry} desk={desk} />}
          />
        ) : (
          <>
            {first !== undefined && <Entry entry={first} desk={desk} />}
            {!isOpen && last !== undefined && <StatusLine change={last} />}
          </>
        )}
      </div>
      {(thread.due !== null || !isOpen) && (
        <p className="note dim">
          {thread.due ? t("costs.comments.due", { date: formatDate(t.lang, thread.due) }) : ""}{" "}
          {isOpen ? "" : t("costs.comments.resolved")}
        </p>
      )}
      {fold !== null && (
        <button
          type="button"
          className="link th-number"
          aria-expanded={isUnfolded}
          aria-controls={words}
          onClick={fold.onToggle}
        >
          {isUnfolded ? t("th.fold") : t("th.unfold", { count: thread.entryCount - 1 })}
        </button>
      )}
      {canWrite && isUnfolded ? (
        <>
          {isOpen ? (
            <Write
              place={`reply:${thread.id}`}
              isBusy={acts.reply.isPending}
              label={t("costs.comments.reply")}
              send={t("costs.comments.sendReply")}
              onText={(text, sent) => void acts.reply.mutateAsync({ threadId: thread.id, text }).then(sent, shownAbove)}
            />
          ) : null}
          <Button
            look="link"
            isDisabled={acts.setStatus.isPending}
            onPress={() => acts.setStatus.mutate({ threadId: thread.id, status: isOpen ? "resolved" : "open" })}
          >
            {t(isOpen ? "costs.comments.resolve" : "costs.comments.reopen")}
          </Button>
        </>
      ) : null}
    </article>
  )
  if (thread.audience === "shared") return body
  return (
    <div className="env">
      <div className="env-in pad">
        <p className="private note">{t("costs.comments.own")}</p>
        {body}
      </div>
    </div>
  )
}

function Entry({ entry, desk }: { readonly entry: CommentEntry; readonly desk: CostDesk }) {
  const t = useT()
  const { name, party, role } = entry.author
  return (
    <article>
      <p className="by">
        {party ? <PartyMark code={party} named /> : null}
        <b>{name ? t.pick(name) : party ? partyShort(partyOf(desk.parties, party), t.lang) : ""}</b> ·{" "}
        {t(`shell.role.${role}`)} <span className="dim">{formatMoment(t.lang, entry.at)}</span>
      </p>
      <p>{entry.text}</p>
    </article>
  )
}

interface WriteProps {
  /** under which the words are kept until they are sent */
  readonly place: string
  readonly isBusy: boolean
  readonly label: string
  readonly send: string
  readonly onText: (text: string, sent: () => void) => void
  readonly children?: ReactNode
}

export function Write({ place, isBusy, label, send, onText, children }: WriteProps) {
  const {
    values: { text },
    change,
    clear,
  } = useForm(place, { text: "" })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === "" || isBusy) return
    onText(text.trim(), clear)
  }
  return (
    <form className="form" onSubmit={submit}>
      <label>
        {label}
        <textarea rows={2} maxLength={4000} value={text} onChange={(event) => change({ text: event.target.value })} />
      </label>
      <div className="row">
        {children}
        <Button small type="submit">
          {send}
        </Button>
      </div>
    </form>
  )
}

/** The error stands at the head of the dialog, and the words stay in their field. */
const shownAbove = () => undefined
