import type { CaucusDraft } from "@alternat/document"
import { ClauseText, RedlineText } from "@alternat/editor"
import { isEmptyText, isReleasable, LANGS, type Lang, may, outgoingOf, type Proposal } from "@alternat/plan"
import { canonicalBytes, draftHash, groupHex, proposalHash } from "@alternat/seal"
import { isSameText, mergeTexts, plainText, redline } from "@alternat/text"
import { useEffect } from "react"
import { useThreadPages } from "../../api/index.ts"
import { Button, Mark, PartyTag, partyOf, sideOf } from "../../ui/index.ts"
import { nameOf, otherParty, type PlanText, usePlanText } from "./context.ts"
import { OutcomeNotice } from "./Notices.tsx"
import type { ClauseView } from "./plan-view.ts"
import { SheetFrame } from "./SheetFrame.tsx"
import { sharesWords } from "./shares-words.ts"
import { roleName } from "./words.ts"

/** The last look before the table: on the left everything that leaves, on the right what stays. */
export function ReleaseSheet({ draftId }: { readonly draftId: string }) {
  const page = usePlanText()
  const draft = page.caucus?.content.drafts.find((one) => one.id === draftId)
  const clause = draft === undefined ? undefined : page.view.byId.get(draft.clauseId)
  if (draft === undefined || clause === undefined || page.actor.party === null) return null
  return <Release draft={draft} clause={clause} own={page.actor.party} />
}

interface ReleaseProps {
  readonly draft: CaucusDraft
  readonly clause: ClauseView
  readonly own: string
}

function Release({ draft, clause, own }: ReleaseProps) {
  const page = usePlanText()
  const { say, setHand, parties, acts } = page
  const name = nameOf(clause, say)
  const hanging = useHanging(clause.id)
  const checks = checksOf(draft, clause, page)
  const isBarred = checks.some((check) => check.bars)
  const close = () => setHand({ sheet: null })
  const tabled = [...clause.proposals, ...clause.inserts].findLast(
    (one) => one.party === own && one.kind === draft.kind,
  )
  const revise = (proposal: Proposal) =>
    void acts.run({ ...revisionOf(proposal), ...released(draft, clause, hanging.ids) }).then((isDone) => {
      if (isDone) setHand({ sheet: null, caucus: null, rail: "proposals" })
    })
  const table = () =>
    void acts.run({ ...tablingOf(draft), ...released(draft, clause, hanging.ids) }).then((isDone) => {
      if (isDone) setHand({ sheet: null, caucus: null, rail: "proposals" })
    })
  return (
    <SheetFrame
      title={say("pt.release.title", {
        party: partyOf(parties, otherParty(parties, own)).names.en.adjective,
        dat: partyOf(parties, otherParty(parties, own)).names.ru.cases.dat,
      })}
      lead={say("pt.release.lead", {
        subject: say(draft.kind === "insert_after" ? "pt.release.after" : "pt.release.clause", { number: name }),
        kind: say(`pt.release.kind.${draft.kind}`),
        own: say.lang === "en" ? partyOf(parties, own).names.en.side : partyOf(parties, own).names.ru.cases.nom,
      })}
      closeLabel={say("pt.release.back")}
      onClose={close}
    >
      <div className="halves">
        <Leaves draft={draft} clause={clause} own={own} />
        <Stays draft={draft} />
      </div>
      <footer>
        <ul>
          {checks.map((check) => (
            <li key={check.words} className={check.holds ? undefined : check.bars ? "no" : "soft"}>
              <Mark name={check.holds ? "ok" : check.bars ? "fail" : "warn"} /> {check.words}
            </li>
          ))}
        </ul>
        {acts.outcome?.type === "refused" && <OutcomeNotice />}
        <div className="fin">
          <p>{say("pt.release.noUntable")}</p>
          <Button onPress={close}>{say("pt.release.back")}</Button>
          {tabled !== undefined && draft.kind !== "delete" && may(page.actor, "revise_proposal") && (
            <Button isDisabled={isBarred || acts.isBusy || !hanging.isWhole} onPress={() => revise(tabled)}>
              {say("pt.release.revise")}
            </Button>
          )}
          {may(page.actor, "table_proposal") ? (
            <Button look="ink" isDisabled={isBarred || acts.isBusy || !hanging.isWhole} onPress={table}>
              {say("pt.release.do")}
            </Button>
          ) : (
            <p>{say("pt.release.notYours")}</p>
          )}
        </div>
      </footer>
    </SheetFrame>
  )
}

/** Exactly what leaves, against which text, out of which draft, and which private threads stay: the sheet shows all of it. */
function released(draft: CaucusDraft, clause: ClauseView, staying: readonly string[]) {
  const { en, ru } = outgoingOf(draft, clause.clause, mergeTexts)
  return structuredClone({
    base: clause.hash,
    en,
    ru,
    note: draft.note,
    draftId: draft.id,
    draftHash: draftHash(draft),
    staying,
  })
}

const tablingOf = ({ clauseId, kind }: CaucusDraft) => ({ act: "table_proposal", clauseId, kind }) as const

/** Puts the draft's words in place of what this side has tabled already; consents to the older wording fall. */
const revisionOf = (proposal: Proposal) =>
  ({ act: "revise_proposal", proposalId: proposal.id, hash: proposalHash(proposal) }) as const

/** Open private threads on the clause, all of them: they stay, and whoever tables has seen how many. */
function useHanging(clauseId: string): { readonly ids: readonly string[]; readonly isWhole: boolean } {
  const { planId, actor, threadCounts } = usePlanText()
  const count = threadCounts.own.get(clauseId) ?? null
  const filter = { clause: clauseId, audience: actor.party ?? "", status: "open" } as const
  const { items, hasEarlier, isReading, readEarlier } = useThreadPages(
    planId,
    filter,
    count === null || count.open === 0 ? null : count.stamp,
    { first: 200, more: 200 },
  )
  useEffect(() => {
    if (hasEarlier && !isReading) readEarlier()
  }, [hasEarlier, isReading, readEarlier])
  const ids = items.map((thread) => thread.id)
  return { ids, isWhole: ids.length === (count?.open ?? 0) }
}

function Leaves({ draft, clause, own }: ReleaseProps) {
  const page = usePlanText()
  const { say, display, parties } = page
  const name = nameOf(clause, say)
  const { moved, overlaps, ...texts } = outgoingOf(draft, clause.clause, mergeTexts)
  const isOverlapping = LANGS.some((lang) => overlaps[lang].length > 0)
  const bytes = canonicalBytes({ en: texts.en, note: draft.note, ru: texts.ru }).length
  const hash = proposalHash({ clauseId: draft.clauseId, party: own, kind: draft.kind, base: clause.hash, ...texts })
  return (
    <div className="goes">
      <h3>
        <Mark name="up" /> {say("pt.release.leaves")}
      </h3>
      <div className="out">
        {draft.kind === "delete" && <p>{say("pt.release.deleted")}</p>}
        {draft.kind !== "delete" &&
          LANGS.map((lang) => (
            <div key={lang}>
              <p className="lab">{say(lang === "en" ? "pt.release.english" : "pt.release.russian")}</p>
              <div className="tx" lang={lang}>
                {isEmptyText(texts[lang]) ? (
                  <span className="awaits">{say.in(lang, `pt.wait.${lang}`)}</span>
                ) : (
                  <ClauseText text={texts[lang]} lang={lang} marks={[]} display={display[lang]} />
                )}
              </div>
            </div>
          ))}
        {draft.note !== null &&
          LANGS.map((lang) => (
            <div key={lang}>
              <p className="lab">{say(lang === "en" ? "pt.release.reasonEn" : "pt.release.reasonRu")}</p>
              <p lang={lang}>{draft.note?.[lang]}</p>
            </div>
          ))}
      </div>
      <dl className="release-facts">
        <dt>{say("pt.release.shownAs")}</dt>
        <dd>
          <PartyTag code={own} /> {say("pt.release.shownAs.v", { number: name, role: roleName("releasing", say) })}
        </dd>
        <dt>{say("pt.release.marking")}</dt>
        <dd>
          {isReleasable(draft) ? (
            say("pt.release.marking.v")
          ) : (
            <>
              <Mark name="fail" /> {say("pt.caucus.marking.internal")}
            </>
          )}
        </dd>
        <dt>{say("pt.release.size")}</dt>
        <dd>{say("pt.release.size.v", { bytes: bytes.toLocaleString(say.lang) })}</dd>
        <dt>{say("pt.release.hash")}</dt>
        <dd className="mono" title={hash}>
          {groupHex(hash.slice(0, 20))} … {groupHex(hash.slice(-8))}
        </dd>
      </dl>
      {draft.kind === "replace" && (
        <details className="redl" open={moved || draft.base == null}>
          <summary>{say("pt.release.redline")}</summary>
          {moved && (
            <p className="follows">
              <Mark name={isOverlapping ? "warn" : "ok"} />{" "}
              {say(isOverlapping ? "pt.release.overEarlier" : "pt.release.follows")}
            </p>
          )}
          {LANGS.map((lang) => (
            <div key={lang} className="tx" lang={lang}>
              <RedlineText
                redline={redline(clause.clause[lang], texts[lang])}
                lang={lang}
                author={sideOf(parties, own)}
                display={display[lang]}
              />
            </div>
          ))}
        </details>
      )}
    </div>
  )
}

function Stays({ draft }: { readonly draft: CaucusDraft }) {
  const page = usePlanText()
  const { say, caucus } = page
  const threads = page.threadCounts.own.get(draft.clauseId)
  const notes = (caucus?.content.notes ?? []).filter((note) => note.clauseId === draft.clauseId)
  const red = notes.filter((note) => note.kind === "red_line").length
  return (
    <div className="stays">
      <div className="stays-in">
        <h3>
          <Mark name="env" /> {say("pt.release.stays")}
        </h3>
        <ul>
          <li>{say("pt.release.threads", { count: (threads?.open ?? 0) + (threads?.resolved ?? 0) })}</li>
          <li>{say("pt.release.history")}</li>
          <li>{say("pt.release.notes", { red, notes: notes.length - red })}</li>
          <li>{say("pt.release.names")}</li>
        </ul>
        {!isReleasable(draft) && (
          <div className="blk">
            <Mark name="fail" />
            <div>
              <b>{say("pt.release.check.markingNot")}</b>
            </div>
          </div>
        )}
      </div>
    </div>
  )
}

interface Check {
  readonly holds: boolean
  readonly bars: boolean
  readonly words: string
}

function checksOf(draft: CaucusDraft, clause: ClauseView, page: PlanText): readonly Check[] {
  const { say, caucus, display } = page
  const check = (holds: boolean, bars: boolean, name: "both" | "marking" | "changed" | "private"): Check => ({
    holds,
    bars: bars && !holds,
    words: say(holds ? `pt.release.check.${name}` : `pt.release.check.${name}Not`),
  })
  const releasable = check(isReleasable(draft), true, "marking")
  const hanging = page.threadCounts.own.get(clause.id)?.open ?? 0
  const threads =
    hanging === 0 ? [] : [{ holds: false, bars: false, words: say("pt.release.check.threads", { count: hanging }) }]
  if (draft.kind === "delete") return [releasable, ...threads]
  const leaves = outgoingOf(draft, clause.clause, mergeTexts)
  const both = !isEmptyText(draft.en) && !isEmptyText(draft.ru)
  const differs = draft.kind === "insert_after" || LANGS.some((lang) => !isSameText(leaves[lang], clause.clause[lang]))
  const text = LANGS.map((lang: Lang) => plainText(leaves[lang], lang, display[lang].resolve)).join("\n")
  const red = (caucus?.content.notes ?? []).filter((note) => note.kind === "red_line")
  const leaks = red.some((note) => sharesWords(note.text, text))
  return [
    check(both, isEmptyText(draft.en) && isEmptyText(draft.ru), "both"),
    releasable,
    ...threads,
    check(differs, true, "changed"),
    check(!leaks, false, "private"),
  ]
}
