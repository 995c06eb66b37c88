import { type CaucusDraft, draftFragment, removeDraft, setDraftField } from "@alternat/document"
import { ClauseEditor, INTERFACE_ORIGIN, type PasteReport, RedlineText, type TextMark } from "@alternat/editor"
import { isEmptyText, LANGS, type Lang, may, outgoingOf } from "@alternat/plan"
import { clauseExtensions, mergeTexts, redline } from "@alternat/text"
import { useMemo, useState } from "react"
import { formatMoment, formatTime } from "../../i18n/index.ts"
import { useSessionState } from "../../live/index.ts"
import { ShowEarlier, ThreadWords } from "../../threads/index.ts"
import { Button, Mark, PartyMark, sideOf } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"
import { LivePlain } from "./LivePlain.tsx"
import { PasteNotice } from "./PasteNotice.tsx"
import { SavingWord } from "./SavingWord.tsx"
import type { ClauseCount } from "./threads.ts"
import type { Caucus } from "./use-caucus.ts"
import { useClauseThreads } from "./use-clause-threads.ts"
import { authorOf } from "./words.ts"

const NO_MARKS: readonly TextMark[] = []
const NO_TEXT = [] as const

/** One wording being drafted, both languages side by side, live among the delegation. */
export function DraftCard({ draft }: { readonly draft: CaucusDraft }) {
  const page = usePlanText()
  const { say, caucus, setHand, actor, view } = page
  if (caucus === null) return null
  const { doc } = caucus.session
  const clause = view.byId.get(draft.clauseId)
  const name = clause === undefined ? draft.clauseId : nameOf(clause, say)
  const title = draft.kind === "insert_after" ? "" : name
  return (
    <section className="draft" aria-label={`${title} ${say(`pt.caucus.kind.${draft.kind}`, { number: name })}`.trim()}>
      <div className="dh">
        <h3>
          <Mark name="draft" label={say("pt.state.draft")} /> {title}{" "}
          <span>{say(`pt.caucus.kind.${draft.kind}`, { number: name })}</span>
        </h3>
        <DraftSaved caucus={caucus} draftId={draft.id} />
      </div>
      {draft.kind !== "delete" && (
        <div className="pair">
          {LANGS.map((lang) => (
            <DraftText key={lang} draft={draft} lang={lang} name={name} />
          ))}
        </div>
      )}
      <div className="row">
        <label>
          {say("pt.caucus.marking.label")}{" "}
          <select
            value={draft.marking === "none" ? "none" : "internal"}
            onChange={(event) => setDraftField(doc, draft.id, "marking", event.currentTarget.value, INTERFACE_ORIGIN)}
          >
            <option value="none">{say("pt.caucus.marking.none")}</option>
            <option value="internal">{say("pt.caucus.marking.internal")}</option>
          </select>
        </label>
        <Button look="link" onPress={() => removeDraft(doc, draft.id, INTERFACE_ORIGIN)}>
          {say("pt.caucus.removeDraft")}
        </Button>
      </div>
      <Reasons draft={draft} />
      <Beside clauseId={draft.clauseId} />
      <div className="row">
        {may(actor, "table_proposal") ? (
          <Button look="ink" small onPress={() => setHand({ sheet: { type: "release", draftId: draft.id } })}>
            {say("pt.caucus.prepare")} <kbd className="inv">T</kbd>
          </Button>
        ) : (
          <p className="dim">{say("pt.caucus.releasing")}</p>
        )}
        <Button
          small
          onPress={() =>
            setHand({
              caucus: "comments",
              composing: { target: { type: "clause", clauseId: draft.clauseId }, audience: "own" },
            })
          }
        >
          {say("pt.act.comment")}
        </Button>
      </div>
    </section>
  )
}

interface DraftTextProps {
  readonly draft: CaucusDraft
  readonly lang: Lang
  readonly name: string
}

function DraftText({ draft, lang, name }: DraftTextProps) {
  const page = usePlanText()
  const { say, caucus, caucusUndo, display, parties, actor, setHand } = page
  const doc = caucus?.session.doc
  const fragment = doc === undefined ? null : draftFragment(doc, draft.id, lang)
  const clause = page.view.byId.get(draft.clauseId)?.clause
  // at rest a draft reads as it would leave: what it changes, made in the text as it stands now
  const made = useMemo(() => {
    const working = draft.kind === "insert_after" || clause === undefined ? NO_TEXT : clause[lang]
    return redline(working, clause === undefined ? draft[lang] : outgoingOf(draft, clause, mergeTexts)[lang])
  }, [clause, draft, lang])
  const [pasted, setPasted] = useState<PasteReport | null>(null)
  if (caucusUndo === null || actor.party === null) return null
  const atRest = isEmptyText(draft[lang]) ? (
    <span className="awaits">{say.in(lang, `pt.wait.${lang}`)}</span>
  ) : made.hunks.length > 0 ? (
    <RedlineText redline={made} lang={lang} author={sideOf(parties, actor.party)} display={display[lang]} />
  ) : undefined
  return (
    <div className="tx" lang={lang}>
      <ClauseEditor
        fragment={fragment}
        text={draft[lang]}
        lang={lang}
        label={say(`pt.draftEditor.${lang}`, { number: name })}
        closed={page.mode === "read" ? say("mode.draftText.read") : null}
        extensions={clauseExtensions}
        undo={caucusUndo}
        marks={page.draftCarets[`${draft.id}:${lang}`] ?? NO_MARKS}
        display={display[lang]}
        atRest={atRest}
        ref={page.editorRef(`draft:${draft.id}`, lang)}
        onSelect={(selection) => page.onSelect(`draft:${draft.id}`, lang, selection)}
        onFocusChange={(focused) => {
          // who writes here writes for the own delegation alone, and the bar says so
          if (focused && page.mode === "draft") page.choose("propose")
          page.onFocus(`draft:${draft.id}`, lang, focused)
        }}
        onLeave={(leave) => leave === "other" && page.enter(`draft:${draft.id}`, lang === "en" ? "ru" : "en")}
        onTable={
          may(actor, "table_proposal") ? () => setHand({ sheet: { type: "release", draftId: draft.id } }) : undefined
        }
        onFieldMenu={() => page.openFieldMenu(`draft:${draft.id}`, lang)}
        onRefused={page.refusePaste}
        onPasted={setPasted}
      />
      <PasteNotice report={pasted} onClose={() => setPasted(null)} />
    </div>
  )
}

function DraftSaved({ caucus, draftId }: { readonly caucus: Caucus; readonly draftId: string }) {
  const { say } = usePlanText()
  const state = useSessionState(caucus.session)
  const waits = state.unsaved.has(`draft:${draftId}`)
  return (
    <span className="saved" data-saved={!waits}>
      <Mark name={waits ? "draft" : "ok"} />
      {waits ? (
        <SavingWord state={state} />
      ) : state.lastSavedAt === null ? (
        say("pt.clauseSaved")
      ) : (
        say("pt.saved", { time: formatTime(say.lang, state.lastSavedAt) })
      )}
    </span>
  )
}

/** Reasons go across the table with the text; they are written apart from it, in both languages. */
function Reasons({ draft }: { readonly draft: CaucusDraft }) {
  const { say } = usePlanText()
  return (
    <div className="two cnote">
      {LANGS.map((lang) => {
        const label = say(lang === "en" ? "pt.caucus.reasonEn" : "pt.caucus.reasonRu")
        return (
          <LivePlain
            key={lang}
            of="reasons"
            id={draft.id}
            lang={lang}
            text={draft.note?.[lang] ?? ""}
            label={label}
            placeholder={label}
          />
        )
      })}
    </div>
  )
}

/** What the delegation has said about this clause, and its red lines, beside the draft they bind. */
function Beside({ clauseId }: { readonly clauseId: string }) {
  const page = usePlanText()
  const { say, caucus, actor } = page
  if (caucus === null || actor.party === null) return null
  const count = page.threadCounts.own.get(clauseId) ?? null
  const notes = caucus.content.notes.filter((note) => note.clauseId === clauseId && note.kind !== "scenario")
  return (
    <>
      {count !== null && <SaidBeside count={count} party={actor.party} />}
      {notes.length > 0 && (
        <div className="two">
          {notes.map((note) => (
            <div key={note.id}>
              <h4>{say(`pt.caucus.note.${note.kind}`)}</h4>
              <p className="red">{note.text}</p>
            </div>
          ))}
        </div>
      )}
    </>
  )
}

function SaidBeside({ count, party }: { readonly count: ClauseCount; readonly party: string }) {
  const page = usePlanText()
  const { threads, pages } = useClauseThreads(count, party)
  return (
    <div className="th-list">
      <ShowEarlier
        hidden={pages.hasEarlier ? Math.max(0, count.open - threads.length) : 0}
        isReading={pages.isReading}
        onShow={pages.readEarlier}
      />
      {threads.map(({ thread }) => (
        <ThreadWords
          key={thread.id}
          planId={page.planId}
          thread={thread}
          entry={(entry) => (
            <div key={entry.id} className="said">
              <div className="mh">
                {entry.author.party !== null && <PartyMark code={entry.author.party} />}
                <b>{authorOf(entry, page)}</b>
                <span className="dim">{formatMoment(page.say.lang, entry.at)}</span>
              </div>
              <p>{entry.text}</p>
            </div>
          )}
        />
      ))}
    </div>
  )
}
