import type { CommentEntry, CommentThread } from "@alternat/plan"
import { type FormEvent, type ReactNode, useState } from "react"
import { useCommentActs } from "../../api/index.ts"
import { useForm } from "../../half-written/index.ts"
import { formatDate, formatMoment, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { StatusLine, saidIn } from "../../threads/index.ts"
import { Button, Dialog, PartyMark, ProblemNotice, partyOf, partyShort } from "../../ui/index.ts"
import { cellTarget, type Place, placeKey, threadsAt } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** The threads of one cell: read by both delegations, or inside the lattice by one's own alone. */
export function CellComments({
  desk,
  place,
  onClose,
}: {
  readonly desk: CostDesk
  readonly place: Place
  readonly onClose: () => void
}) {
  const t = useT()
  const { me } = usePlanSession()
  const acts = useCommentActs(desk.planId)
  const [audience, setAudience] = useState("shared")
  const threads = threadsAt(desk.threads, desk.parties, place)
  const party = desk.parties[place.side === "us" ? 0 : 1]
  const error = acts.open.error ?? acts.reply.error ?? acts.setStatus.error
  return (
    <Dialog
      title={t("costs.comments.title", { line: place.line, year: place.year, party: partyShort(party, t.lang) })}
      isOpen
      onClose={onClose}
    >
      {error ? <ProblemNotice error={error} /> : null}
      {threads.length === 0 ? <p className="soft">{t("costs.comments.empty")}</p> : null}
      {threads.map((thread) => (
        <Thread
          key={thread.id}
          thread={thread}
          desk={desk}
          canWrite={me.party !== null}
          onReply={(text, sent) => void acts.reply.mutateAsync({ threadId: thread.id, text }).then(sent, shownAbove)}
          isBusy={acts.reply.isPending}
          onStatus={(status) => acts.setStatus.mutate({ threadId: thread.id, status })}
        />
      ))}
      {me.party === null ? null : (
        <Write
          place={`comment:${audience === "shared" ? "shared" : "own"}:cost:${placeKey(place)}`}
          isBusy={acts.open.isPending}
          label={t("costs.comments.write")}
          send={t("costs.comments.send")}
          onText={(text, sent) => {
            const target = cellTarget(place, desk.parties)
            void acts.open.mutateAsync({ target, audience, text }).then(sent, shownAbove)
          }}
        >
          <label className="inline">
            {t("costs.comments.audience")}{" "}
            <select value={audience} onChange={(event) => setAudience(event.target.value)}>
              <option value="shared">{t("costs.comments.shared")}</option>
              <option value={me.party}>{t("costs.comments.own")}</option>
            </select>
          </label>
        </Write>
      )}
    </Dialog>
  )
}

interface ThreadProps {
  readonly thread: CommentThread
  readonly desk: CostDesk
  readonly canWrite: boolean
  readonly isBusy: boolean
  readonly onReply: WriteProps["onText"]
  readonly onStatus: (status: CommentThread["status"]) => void
}

function Thread({ thread, desk, canWrite, isBusy, onReply, onStatus }: ThreadProps) {
  const t = useT()
  const isOpen = thread.status === "open"
  const body = (
    <section className="thread">
      {saidIn(thread).map((said) =>
        said.type === "entry" ? (
          <Entry key={said.entry.id} entry={said.entry} desk={desk} />
        ) : (
          <StatusLine key={said.change.at} change={said.change} />
        ),
      )}
      <p className="note dim">
        {thread.due ? t("costs.comments.due", { date: formatDate(t.lang, thread.due) }) : ""}{" "}
        {isOpen ? "" : t("costs.comments.resolved")}
      </p>
      {canWrite ? (
        <>
          {isOpen ? (
            <Write
              place={`reply:${thread.id}`}
              isBusy={isBusy}
              label={t("costs.comments.reply")}
              send={t("costs.comments.sendReply")}
              onText={onReply}
            />
          ) : null}
          <Button look="link" onPress={() => onStatus(isOpen ? "resolved" : "open")}>
            {t(isOpen ? "costs.comments.resolve" : "costs.comments.reopen")}
          </Button>
        </>
      ) : null}
    </section>
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

function Write({ place, isBusy, label, send, onText, children }: WriteProps) {
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
