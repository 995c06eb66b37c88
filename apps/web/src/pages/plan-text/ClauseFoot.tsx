import { clausePlaces, isClosedClause, isEmptyText, may, mayEdit } from "@alternat/plan"
import type { ReactNode } from "react"
import { strokeLabel } from "../../keys/index.ts"
import { useSessionState } from "../../live/index.ts"
import { Button, Mark, Menu, MenuItem, PartyMark, stateMark } from "../../ui/index.ts"
import { type PlanText, usePlanText } from "./context.ts"
import { placeholderName } from "./fields.ts"
import { HowItFollows, ProposalActs, rankOf } from "./ProposalActs.tsx"
import { type BulkAct, type ClauseView, isReadyFor } from "./plan-view.ts"
import { SavingWord } from "./SavingWord.tsx"
import { barWords, dateOf, shortOf } from "./words.ts"

/** Under the active clause: how it stands, in words, and what this person can do about it. */
export function ClauseFoot({ view }: { readonly view: ClauseView }) {
  const page = usePlanText()
  const { say } = page
  const { standing } = view
  const bars = view.bars.filter((bar) => bar !== "reserve")
  const isOpenState = standing.state === "tabled" || standing.state === "under_negotiation"
  return (
    <div className="ft">
      <div className="st">
        <Mark name={stateMark(view.state)} /> <b>{say(`pt.state.${view.state}`)}</b>{" "}
        {say("pt.since", { date: dateOf(standing.since, say) })}
        {proposalWords(view, page)}
        {" · "}
        <span className={view.conformity === "divergent" ? "alarm" : undefined}>
          {say(`pt.conf.${view.conformity}`)}
        </span>
        <SavedWord view={view} />
        {isOpenState && bars.length > 0 && may(page.actor, "agree_ad_referendum") && (
          <span className="why">{say("pt.why.barred", { list: barWords(bars, view, say) })}</span>
        )}
        <History view={view} />
        {view.proposals.map((proposal) => (
          <HowItFollows key={proposal.id} view={view} proposal={proposal} rank={rankOf(proposal, view.proposals)} />
        ))}
      </div>
      <Actions view={view} />
    </div>
  )
}

/** "Saved" is said of a clause only when the log holds what was typed into it. */
function SavedWord({ view }: { readonly view: ClauseView }) {
  const { session, say } = usePlanText()
  const state = useSessionState(session)
  const waits = state.unsaved.has(`clause:${view.id}:en`) || state.unsaved.has(`clause:${view.id}:ru`)
  if (isClosedClause(view.standing.state) || (!waits && state.lastSavedAt === null)) return null
  return (
    <span data-saved={!waits}>
      {" · "}
      {waits ? <SavingWord state={state} /> : say("pt.clauseSaved")}
    </span>
  )
}

function proposalWords(view: ClauseView, page: PlanText): string {
  const { say, parties } = page
  const counts = parties.map((party) => view.proposals.filter((proposal) => proposal.party === party.code).length)
  if (view.proposals.length === 0) return ""
  if (counts.every((count) => count === 1)) return ` · ${say("pt.oneOfEach")}`
  const parts = parties.flatMap((party, index) =>
    (counts[index] ?? 0) > 0
      ? [say("pt.proposalsOf", { count: counts[index] ?? 0, party: shortOf(party.code, page) })]
      : [],
  )
  return ` · ${parts.join(", ")}`
}

/** Whose consent is given, why it was reopened, what a translator found. */
function History({ view }: { readonly view: ClauseView }) {
  const page = usePlanText()
  const { say } = page
  const { consents, reopened, divergence } = view.standing
  return (
    <>
      {consents.map((consent) => (
        <span key={`${consent.party}${consent.to}`} className="why">
          <PartyMark code={consent.party} /> {consent.to === "agreed" ? say("pt.act.agree") : say("pt.act.agreeAdRef")}:{" "}
          {say("pt.consentBy", { party: shortOf(consent.party, page) })}
        </span>
      ))}
      {reopened !== null && (
        <span className="why">
          <Mark name="reopened" />{" "}
          {say("pt.reopenedBy", { party: shortOf(reopened.party, page), reason: reopened.reason })}
        </span>
      )}
      {view.conformity === "divergent" && divergence !== null && (
        <span className="why alarm">
          <Mark name="diverge" />{" "}
          {say("pt.divergedBy", { party: shortOf(divergence.party, page), note: divergence.note })}
        </span>
      )}
    </>
  )
}

const DIRECT: readonly BulkAct[] = ["attest", "agree_ad_referendum", "agree", "unpark"]

/** The few acts that come next as buttons, the rest in a menu; what isn't this person's to do isn't there. */
function Actions({ view }: { readonly view: ClauseView }) {
  const page = usePlanText()
  const { say, actor, acts, setHand } = page
  const label = {
    attest: say("pt.act.attest"),
    agree_ad_referendum: say("pt.act.agreeAdRef"),
    agree: say("pt.act.agree"),
    park: say("pt.act.park"),
    unpark: say("pt.act.unpark"),
    reopen: say("pt.act.reopen"),
  } as const
  const isFrozen = page.standing.status !== "negotiation"
  if (isFrozen)
    return (
      <span className="ac">
        {comment(page, view)}
        {whoWrote(page, view)}
      </span>
    )
  const ownDraft = page.caucus?.content.drafts.find((draft) => draft.clauseId === view.id)
  return (
    <span className="ac">
      {view.proposals.map((proposal) => (
        <ProposalActs key={proposal.id} view={view} proposal={proposal} rank={rankOf(proposal, view.proposals)} />
      ))}
      {DIRECT.filter((act) => isReadyFor(act, view, actor)).map((act) => (
        <Button key={act} small isDisabled={acts.isBusy} onPress={() => page.bulk(act, [view])}>
          {label[act]}
        </Button>
      ))}
      {view.reserves
        .filter((reserve) => reserve.party === actor.party && may(actor, "lift_reserve"))
        .map((reserve) => (
          <Button
            key={reserve.id}
            small
            isDisabled={acts.isBusy}
            onPress={() => void acts.run({ act: "lift_reserve", reserveId: reserve.id })}
          >
            {say("pt.act.liftReserve")}
          </Button>
        ))}
      {page.mode === "draft" &&
        !isClosedClause(view.standing.state) &&
        mayEdit(actor, { type: "clause" }) &&
        view.placeholders.map((key) => (
          <Button key={key} small onPress={() => setHand({ sheet: { type: "fill", clauseId: view.id, key } })}>
            {say("pt.act.fill")}: {placeholderName(key, say)}
          </Button>
        ))}
      {page.caucus !== null && view.standing.state !== "locked" && (
        <Button small onPress={() => page.propose(view, "replace")}>
          {ownDraft === undefined ? say("pt.act.propose") : say("pt.act.openDraft")}
          {page.mode === "propose" && <kbd>{strokeLabel("KeyP", say.lang)}</kbd>}
        </Button>
      )}
      {comment(page, view)}
      {page.caucus === null && whoWrote(page, view)}
      {page.caucus !== null && <MoreActs view={view} labels={label} />}
    </span>
  )
}

const comment = (page: PlanText, view: ClauseView): ReactNode =>
  page.actor.party === null ? null : (
    <Button small onPress={() => page.comment(view.id)}>
      {page.say("pt.act.comment")} <kbd>C</kbd>
    </Button>
  )

const whoWrote = (page: PlanText, view: ClauseView): ReactNode =>
  page.hand.authored?.clauseId === view.id ? null : (
    <Button small onPress={() => page.setHand({ authored: { clauseId: view.id, version: null } })}>
      {page.say("au.title")} <kbd>W</kbd>
    </Button>
  )

interface MoreActsProps {
  readonly view: ClauseView
  readonly labels: Readonly<Record<BulkAct, string>>
}

function MoreActs({ view, labels }: MoreActsProps) {
  const page = usePlanText()
  const { say, actor, setHand } = page
  const isTyped = page.mode === "draft" && !isClosedClause(view.standing.state) && mayEdit(actor, { type: "clause" })
  const sheetActs = (["park", "reopen"] as const).filter((act) => isReadyFor(act, view, actor))
  return (
    <Menu
      label={say("pt.act.more")}
      trigger={
        <Button small aria-label={say("pt.act.more")}>
          …
        </Button>
      }
    >
      <MenuItem onAction={() => setHand({ authored: { clauseId: view.id, version: null } })}>
        {say("au.title")}
      </MenuItem>
      <MenuItem onAction={() => page.propose(view, "insert_after")}>{say("pt.act.proposeNew")}</MenuItem>
      <MenuItem onAction={() => page.propose(view, "delete")}>{say("pt.act.proposeDelete")}</MenuItem>
      {sheetActs.map((act) => (
        <MenuItem key={act} onAction={() => setHand({ sheet: { type: "reason", act, clauseIds: [view.id] } })}>
          {labels[act]}
        </MenuItem>
      ))}
      {may(actor, "make_reserve") && (
        <MenuItem onAction={() => setHand({ sheet: { type: "reserve", clauseId: view.id } })}>
          {say("pt.act.makeReserve")}
        </MenuItem>
      )}
      {may(actor, "flag_divergence") && !isEmptyText(view.clause.en) && !isEmptyText(view.clause.ru) && (
        <MenuItem onAction={() => setHand({ sheet: { type: "flag", clauseId: view.id } })}>
          {say("pt.act.flag")}
        </MenuItem>
      )}
      {isTyped && (
        <MenuItem onAction={() => page.openFieldMenu(view.id, "en")}>{say("pt.act.insertField")} (EN)</MenuItem>
      )}
      {isTyped && (
        <MenuItem onAction={() => page.openFieldMenu(view.id, "ru")}>{say("pt.act.insertField")} (RU)</MenuItem>
      )}
    </Menu>
  )
}

/** The number a clause would be read by in a sentence. */
export const numberIn = (page: PlanText, clauseId: string): string =>
  page.view.byId.get(clauseId)?.number ?? clausePlaces(page.live.plan).get(clauseId)?.number ?? clauseId
