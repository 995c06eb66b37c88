import { clauseFragment } from "@alternat/document"
import { ClauseEditor, type PasteReport, type TextMark } from "@alternat/editor"
import { isClosedClause, isEmptyText, type Lang, mayEdit } from "@alternat/plan"
import { clauseExtensions } from "@alternat/text"
import { memo, useRef, useState } from "react"
import { formatDate } from "../../i18n/index.ts"
import { conformityMark, Mark, PartyTag, partyOf, partyShort, stateMark } from "../../ui/index.ts"
import { AuthoredColumns } from "./AuthoredColumns.tsx"
import { Brackets } from "./Brackets.tsx"
import { ClauseFoot } from "./ClauseFoot.tsx"
import { type Authored, nameOf, useDesk } from "./context.ts"
import { PasteNotice } from "./PasteNotice.tsx"
import type { ClauseView } from "./plan-view.ts"
import type { ClauseCount, NumberedThread } from "./threads.ts"
import { useClauseMarks, useLiveMarks } from "./use-clause-marks.ts"
import { useClauseThreads, useNear } from "./use-clause-threads.ts"

export interface ClauseRowProps {
  readonly view: ClauseView
  readonly isActive: boolean
  readonly isPicking: boolean
  readonly isPicked: boolean
  /** open threads that both delegations read, counted; null: none hangs here */
  readonly threads: ClauseCount | null
  readonly thread: string | null
  readonly carets: Readonly<Record<Lang, readonly TextMark[]>> | null
  readonly frozen: number | null
  /** read for who wrote it instead of being typed into; null: as usual */
  readonly authored: Authored | null
}

/** One clause: number and state in the margin, the two texts, what the pair is worth between them. */
export const ClauseRow = memo(function ClauseRow(props: ClauseRowProps) {
  const { view, isActive } = props
  const { say, setHand, activate, enter, forgetSelection } = useDesk()
  const row = useRef<HTMLElement>(null)
  const { threads: read } = useClauseThreads(props.threads, "shared", useNear(row))
  const name = nameOf(view, say)
  const state = say(`pt.state.${view.state}`)
  const classes = [
    "cl",
    isActive ? "on" : "",
    props.isPicked ? "picked" : "",
    isClosedClause(view.standing.state) ? "closed" : "",
  ]
  return (
    <article
      ref={row}
      className={classes.filter(Boolean).join(" ")}
      id={`c-${view.id}`}
      data-clause={view.id}
      aria-label={say("pt.clause", { number: name })}
      aria-current={isActive ? "true" : undefined}
      tabIndex={-1}
      onFocus={(event) => {
        // while a button is down nothing may move under it; the click that follows makes the clause the active one
        if (!event.currentTarget.matches(":active")) activate(view.id)
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget) return
        event.preventDefault()
        enter(view.id, say.lang)
      }}
      onClick={(event) => {
        activate(view.id)
        // the acts take what is selected; a click beside words and acts is about the clause
        if (!(event.target as Element).closest(".tx,.ft")) forgetSelection(view.id)
      }}
    >
      <div className="cn">
        {props.isPicking ? (
          <input
            type="checkbox"
            checked={props.isPicked}
            aria-label={say("pt.selectClause", { number: name })}
            onChange={(event) => {
              const { checked } = event.currentTarget
              setHand((hand) => ({ picked: withMember(hand.picked, view.id, checked) }))
            }}
          />
        ) : (
          <Mark name={stateMark(view.state)} label={state} />
        )}
        <span>{view.number ?? ""}</span>
      </div>
      <Columns name={name} read={read} {...props} />
      {isActive && <ClauseFoot view={view} />}
    </article>
  )
})

interface ReadRowProps extends ClauseRowProps {
  readonly name: string
  /** the latest open threads */
  readonly read: readonly NumberedThread[]
}

/** The two texts with what the pair is worth between them, to be typed into or to be read for who wrote them. */
function Columns(props: ReadRowProps) {
  const { view, name } = props
  const { say } = useDesk()
  const conformity = (
    <div className={view.conformity === "divergent" ? "cf divergent" : "cf"}>
      <Mark name={conformityMark(view.conformity, "en")} label={say(`pt.conf.${view.conformity}`)} />
    </div>
  )
  const threads = <Threads {...props} />
  if (props.authored !== null)
    return (
      <AuthoredColumns view={view} name={name} authored={props.authored} conformity={conformity} threads={threads} />
    )
  return (
    <>
      <Text lang="en" {...props} />
      {conformity}
      <Text lang="ru" {...props} />
      {threads}
    </>
  )
}

/** How many numbers the margin shows before it folds the earlier ones into one. */
const IN_MARGIN = 4

/** The numbers come from the count, so that they stand before any thread is read; a crowd of them stays as low as a line or two. */
function Threads({ view, name, isActive, threads, thread: chosen, read }: ReadRowProps) {
  const { say, setHand } = useDesk()
  if (threads === null || threads.open === 0) return <div className="tk" />
  const shown = threads.open <= IN_MARGIN ? threads.open : IN_MARGIN - 1
  const folded = threads.open - shown
  const show = (thread: string | null) =>
    setHand({ thread, rail: "comments", caucus: null, active: view.id, panel: "rail" })
  return (
    <div className="tk">
      {folded > 0 && (
        <button
          type="button"
          className={isActive ? "t on more" : "t more"}
          aria-label={say("th.moreOn", { count: folded, clause: name })}
          onClick={() => show(null)}
        >
          +{folded}
        </button>
      )}
      {Array.from({ length: shown }, (_, index) => {
        const number = threads.before + folded + index + 1
        const id = read.find((one) => one.number === number)?.thread.id ?? null
        return (
          <button
            key={number}
            type="button"
            className={isActive || (id !== null && id === chosen) ? "t on" : "t"}
            aria-label={say("pt.thread", { number, clause: name })}
            onClick={() => show(id)}
          >
            {number}
          </button>
        )
      })}
    </div>
  )
}

export const withMember = (set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> => {
  const next = new Set(set)
  if (isIn) next.add(id)
  else next.delete(id)
  return next
}

function Text(props: ReadRowProps & { readonly lang: Lang }) {
  const { view, lang } = props
  const desk = useDesk()
  const { say, session } = desk
  // a look-up, not kept: after a refusal the document is another one, and at first empty
  const fragment = clauseFragment(session.doc, view.id, lang)
  const marks = useClauseMarks(view, lang, fragment, props.read, props.thread, props.carets?.[lang] ?? NONE)
  const liveMarks = useLiveMarks(view, lang)
  const [pasted, setPasted] = useState<PasteReport | null>(null)
  const closed = closedWords(props, desk)
  const { mode } = desk
  const isProposable = mode === "propose" && mayBeProposed(props)
  const barred = closed ?? (mode === "draft" ? null : modeWords(desk))
  const text = view.clause[lang]
  return (
    <div className={`tx ${lang}`} lang={lang}>
      <ClauseEditor
        fragment={fragment}
        text={text}
        lang={lang}
        label={say(`pt.editor.${lang}`, { number: props.name })}
        closed={isProposable ? modeWords(desk) : barred}
        extensions={clauseExtensions}
        undo={desk.undo}
        mayEdit={desk.shared.isOpenNow}
        areLettersKeys={mode === "read"}
        onBegin={isProposable ? (start) => desk.begin(view.id, lang, start) : undefined}
        onPoint={isProposable ? (at) => desk.point(view.id, lang, at) : undefined}
        onComment={desk.onCommentKey && (() => desk.onCommentKey?.(view.id))}
        onClosedKey={() => barred !== null && desk.onClosedKey(barred)}
        marks={marks}
        liveMarks={liveMarks}
        display={desk.display[lang]}
        atRest={atRest(props, marks)}
        ref={desk.editorRef(view.id, lang)}
        onFocusChange={(focused) => desk.onFocus(view.id, lang, focused)}
        onSelect={(selection) => desk.onSelect(view.id, lang, selection)}
        onLeave={(leave) => desk.onLeave(view.id, lang, leave)}
        onFieldMenu={() => desk.openFieldMenu(view.id, lang)}
        onRefused={desk.refusePaste}
        onPasted={setPasted}
      />
      <PasteNotice report={pasted} onClose={() => setPasted(null)} />
      <Reserves view={view} lang={lang} />
    </div>
  )
}

const NONE: readonly TextMark[] = []

function atRest(props: ClauseRowProps & { readonly lang: Lang }, marks: readonly TextMark[]) {
  const { view, lang } = props
  if (view.proposals.length > 0) return <Brackets view={view} lang={lang} marks={marks} />
  return isEmptyText(view.clause[lang]) ? <Awaited lang={lang} /> : undefined
}

/** A text that is still to come, said in its own language. */
export function Awaited({ lang }: { readonly lang: Lang }) {
  const { say } = useDesk()
  return <span className="awaits">{say.in(lang, `pt.wait.${lang}`)}</span>
}

function closedWords(props: ClauseRowProps, desk: ReturnType<typeof useDesk>): string | null {
  const { state } = props.view.standing
  const { say } = desk
  if (props.frozen !== null) return say("pt.closed.frozen", { number: props.frozen })
  if (
    state === "agreed_ad_ref" ||
    state === "agreed" ||
    state === "locked" ||
    state === "parked" ||
    state === "withdrawn"
  ) {
    return say(`pt.closed.${state}`)
  }
  return mayEdit(desk.actor, { type: "clause" }) ? null : say("pt.closed.role")
}

/** What the mode says of a text that is not typed into. */
function modeWords({ say, mode, parties, actor }: ReturnType<typeof useDesk>): string {
  if (mode !== "propose" || actor.party === null) return say("mode.text.read")
  const { names } = partyOf(parties, actor.party)
  return say("mode.text.propose", { party: say.lang === "en" ? names.en.adjective : names.ru.short })
}

/** An agreed clause too: anybody may propose to change it. */
const mayBeProposed = ({ view, frozen }: ClauseRowProps): boolean =>
  frozen === null && view.standing.state !== "locked" && view.standing.state !== "withdrawn"

/** Reserves stand under both texts, each in its language. */
function Reserves({ view, lang }: { readonly view: ClauseView; readonly lang: Lang }) {
  const { say, parties } = useDesk()
  return view.reserves.map((reserve) => (
    <span key={reserve.id} className="rs">
      <Mark name="res" />
      <span>
        <PartyTag code={reserve.party} lang={lang}>
          {say.in(lang, "pt.reserve.tag", { party: partyShort(partyOf(parties, reserve.party), lang) })}
        </PartyTag>{" "}
        {say.in(lang, `pt.reserve.${reserve.kind}`)}
        {reserve.due !== null && `, ${say.in(lang, "pt.reserve.dueOn", { date: formatDate(lang, reserve.due) })}`}
      </span>
    </span>
  ))
}
