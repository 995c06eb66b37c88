import { clauseFragment, readClauseText, writeFragment } from "@alternat/document"
import { CLAUSE_LIMIT, INTERFACE_ORIGIN, RedlineText } from "@alternat/editor"
import { isClosedClause } from "@alternat/plan"
import type { OfferedDraft } from "@alternat/room/client"
import { cleanClauseText, flatText, isSameText, plainText, redline } from "@alternat/text"
import { formatInteger } from "../../i18n/index.ts"
import { useSessionState } from "../../live/index.ts"
import { Button, Mark, Notice, useToast } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"

/** What has just happened, at the top of the paper until it is put away. */
export function Notices() {
  const { session, acts, hand } = usePlanText()
  const state = useSessionState(session)
  return (
    <div className="notices">
      {hand.sheet === null && acts.outcome !== null && <OutcomeNotice />}
      {state.offered.map(
        (draft) => draft.clause !== null && <Refused key={draft.id} draft={draft} isSynced={state.synced} />,
      )}
    </div>
  )
}

/** What came of the last act: what happened, and what to do about it. */
export function OutcomeNotice() {
  const page = usePlanText()
  const { acts, say } = page
  const { outcome } = acts
  if (outcome === null) return null
  if (outcome.type === "done") {
    const words =
      outcome.act === "table_proposal" || outcome.act === "revise_proposal"
        ? say("pt.done.tabled")
        : outcome.reply.completed
          ? NEEDS_BOTH.has(outcome.act)
            ? say("pt.done.completed")
            : say("pt.done.ok")
          : say("pt.done.recorded")
    return (
      <div className="ntc done" role="status">
        <p>
          <Mark name="ok" /> <b>{words}</b>
        </p>
        <Button look="link" onPress={acts.clear}>
          {say("pt.close")}
        </Button>
      </div>
    )
  }
  const { problem, clauseIds } = outcome
  const lead =
    problem.status === 409
      ? "pt.error.409"
      : problem.status === 403
        ? "pt.error.403"
        : problem.status === 422
          ? "pt.error.422"
          : "pt.error.other"
  const first = clauseIds[0]
  return (
    <Notice
      live
      alarm={problem.status !== 409}
      actions={
        <>
          {problem.status === 409 && first !== undefined && (
            <Button
              small
              look="ink"
              onPress={() => {
                acts.clear()
                page.setHand({ sheet: null })
                page.goTo(first)
              }}
            >
              {say("pt.error.read")}
            </Button>
          )}
          <Button small onPress={acts.clear}>
            {say("pt.close")}
          </Button>
        </>
      }
    >
      <p>
        <b>{say(lead)}</b> {problem.detail}
      </p>
      {problem.status === 409 && <p className="soft">{say("pt.error.409.do")}</p>}
      {problem.items !== undefined && problem.items.length > 0 && (
        <ul>
          {problem.items.map((item) => {
            const view = page.view.byId.get(item.id)
            return (
              <li key={`${item.id}${item.code}`}>
                <button type="button" className="link" onClick={() => page.goTo(item.id)}>
                  {view === undefined ? item.id : nameOf(view, say)}
                </button>{" "}
                {say.pick(item.message)}
              </li>
            )
          })}
        </ul>
      )}
    </Notice>
  )
}

const NEEDS_BOTH: ReadonlySet<string> = new Set([
  "agree_ad_referendum",
  "agree",
  "consent_proposal",
  "attest",
  "unlock",
])

/** Why these words are here: what happened to the plan, not what the server calls it. */
function titleOf({ why, reason }: OfferedDraft, isTooLong: boolean) {
  if (why === "epoch") return "pt.restored.title"
  if (isTooLong) return "pt.refused.long"
  if (reason === "bad_characters") return "pt.refused.characters"
  return CLOSED.has(reason) ? "pt.refused.title" : "pt.refused.other"
}
const CLOSED: ReadonlySet<string> = new Set(["clause_closed", "frozen"])

/** An edit the server did not take: the words, and three ways on. */
function Refused({ draft, isSynced }: { readonly draft: OfferedDraft; readonly isSynced: boolean }) {
  const page = usePlanText()
  const toast = useToast()
  const { say, session, display } = page
  const { clause } = draft
  if (clause === null) return null
  const view = page.view.byId.get(clause.clauseId)
  const lang = clause.language
  const now = view?.clause[lang] ?? readClauseText(session.doc, clause.clauseId, lang) ?? []
  const dismiss = () => session.dismissOffered(draft.id)
  // of what was refused together one may have been too long, and the others were not
  const isTooLong = flatText(clause.text).length >= CLAUSE_LIMIT
  const isOpen = view !== undefined && !isClosedClause(view.standing.state) && page.standing.status === "negotiation"
  return (
    <Notice
      alarm
      live
      actions={
        <>
          <Button
            small
            onPress={() =>
              void navigator.clipboard
                .writeText(plainText(clause.text, lang, display[lang].resolve))
                .then(() => toast(say("pt.refused.copied")))
            }
          >
            {say("pt.refused.copy")}
          </Button>
          {isOpen && !isTooLong && (
            <Button
              small
              // the document that replaces a refused one has no clause yet to put them in
              isDisabled={!isSynced}
              onPress={() => {
                const fragment = clauseFragment(session.doc, clause.clauseId, lang)
                if (fragment === null || !page.shared.mayWrite()) return
                session.doc.transact(() => writeFragment(fragment, cleanClauseText(clause.text)), INTERFACE_ORIGIN)
                dismiss()
              }}
            >
              {say("pt.refused.reapply")}
            </Button>
          )}
          {!isOpen && page.caucus !== null && view !== undefined && (
            <Button
              small
              onPress={() => {
                page.propose(view, "replace", { [lang]: clause.text })
                dismiss()
              }}
            >
              {say("pt.refused.draft")}
            </Button>
          )}
          <Button small onPress={dismiss}>
            {say("pt.refused.dismiss")}
          </Button>
        </>
      }
    >
      <p>
        <span className="alarm">
          <Mark name="fail" />
        </span>{" "}
        <b>
          {say(titleOf(draft, isTooLong), {
            number: view === undefined ? clause.clauseId : nameOf(view, say),
            most: formatInteger(say.lang, CLAUSE_LIMIT),
          })}
        </b>{" "}
        {say("pt.refused.body")}
      </p>
      {/* long words scroll, by the keyboard too */}
      <div className="tx" lang={lang} tabIndex={0}>
        {isSameText(now, clause.text) ? (
          plainText(clause.text, lang, display[lang].resolve)
        ) : (
          <RedlineText redline={redline(now, clause.text)} lang={lang} author="n" display={display[lang]} />
        )}
      </div>
    </Notice>
  )
}
