import { type LivePlan, type Proposal, resolveField, type TableProposal } from "@alternat/plan"
import { plainText } from "@alternat/text"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { formatDate, type Translate, useT } from "../../i18n/index.ts"
import { Mark, type MarkName, partyOf, partyShort, useParties } from "../../ui/index.ts"
import type { WholeState } from "./plan-state.ts"
import type { Waiting } from "./waiting.ts"

export interface WaitingItem {
  readonly state: WholeState
  readonly item: Waiting
}

export function WaitingList({ waiting }: { readonly waiting: readonly WaitingItem[] }) {
  const t = useT()
  return (
    <section aria-label={t("home.questions")}>
      <h2>
        {t("home.questions")} <span>{waiting.length}</span>
      </h2>
      <ol className="wait">
        {waiting.map((one) => (
          <WaitingRow key={`${one.state.planId}:${keyOf(one.item)}`} {...one} />
        ))}
      </ol>
    </section>
  )
}

const keyOf = (item: Waiting): string =>
  item.type === "table"
    ? item.proposal.id
    : item.type === "attest" || item.type === "sign"
      ? item.type
      : item.type === "many"
        ? item.of
        : `${item.type}:${item.clauseId}`

function WaitingRow({ state, item }: WaitingItem) {
  const t = useT()
  const row = useRow(state, item)
  return (
    <li>
      <Mark name={row.mark} />
      <span className="no">{row.number}</span>
      <div className="tx">
        {row.text}
        <small>
          {row.small}, {t.pick(state.live.plan.shortTitle)}
        </small>
      </div>
      <span className={row.due ? "du late" : "du"}>{row.due ?? t("home.waitsForYou")}</span>
      {row.link}
    </li>
  )
}

interface Row {
  readonly mark: MarkName
  readonly number: string
  readonly text: ReactNode
  readonly small: string
  readonly due: string | null
  readonly link: ReactNode
}

function useRow(state: WholeState, item: Waiting): Row {
  const t = useT()
  const parties = useParties()
  const short = (code: string) => partyShort(partyOf(parties, code), t.lang)
  const { planId, live } = state
  const toClause = (label: string, clauseId: string) => (
    <Link className="btn s" to="/plans/$planId" params={{ planId }} hash={clauseId}>
      {label}
    </Link>
  )
  switch (item.type) {
    case "proposal":
      return {
        mark: "bracketed",
        number: item.number ?? "",
        text: excerpt(live, item.clauseId, t),
        small: t("home.wait.proposal", { party: short(item.party) }),
        due: null,
        link: toClause(t("home.act.consider"), item.clauseId),
      }
    case "adref":
      return {
        mark: "adref",
        number: item.number ?? "",
        text: excerpt(live, item.clauseId, t),
        small: t("home.wait.adref", { party: short(item.party), date: formatDate(t.lang, item.since) }),
        due: null,
        link: toClause(t("home.act.agree"), item.clauseId),
      }
    case "agree":
      return {
        mark: "agreed",
        number: item.number ?? "",
        text: excerpt(live, item.clauseId, t),
        small: t("home.wait.agree", { party: short(item.party) }),
        due: null,
        link: toClause(t("home.act.agree"), item.clauseId),
      }
    case "reserve":
      return {
        mark: "res",
        number: item.number ?? "",
        text: excerpt(live, item.clauseId, t),
        small: t("home.wait.reserve"),
        due: item.due === null ? null : formatDate(t.lang, item.due, "short"),
        link: toClause(t("home.act.open"), item.clauseId),
      }
    case "attest":
      return {
        mark: "uncon",
        number: "",
        text: t("home.wait.attest.text", { count: item.count }),
        small: t("home.wait.attest"),
        due: null,
        link: (
          <Link className="btn s" to="/plans/$planId/sign-off" params={{ planId }}>
            {t("home.act.attest")}
          </Link>
        ),
      }
    case "many":
      return {
        mark: item.of === "adref" ? "adref" : "agreed",
        number: "",
        text: t(`home.wait.many.${item.of}`, { count: item.count }),
        small: t("home.wait.many"),
        due: null,
        link: (
          <Link className="btn s" to="/plans/$planId/sign-off" params={{ planId }}>
            {t("home.act.agree")}
          </Link>
        ),
      }
    case "sign":
      return {
        mark: "s1r",
        number: `${t.lang === "ru" ? "в." : "v."} ${item.version}`,
        text: t("home.wait.sign.text", { version: item.version }),
        small: t("home.wait.sign", { signed: item.signed }),
        due: null,
        link: (
          <Link className="btn s" to="/plans/$planId/sign-off" params={{ planId }}>
            {t("home.act.sign")}
          </Link>
        ),
      }
    case "table": {
      const ranks = item.proposal.kind === "joint_rank"
      return {
        mark: "bracketed",
        number: item.proposal.id,
        text: tableWords(item.proposal, t),
        small: t(ranks ? "home.wait.rank" : "home.wait.cost", { party: short(item.proposal.party) }),
        due: null,
        link: ranks ? (
          <Link className="btn s" to="/plans/$planId/priorities" params={{ planId }}>
            {t("home.act.consider")}
          </Link>
        ) : (
          <Link className="btn s" to="/plans/$planId/costs" params={{ planId }}>
            {t("home.act.consider")}
          </Link>
        ),
      }
    }
  }
}

const EXCERPT = 96

function excerpt(live: LivePlan, clauseId: string, t: Translate): string {
  const clause = live.plan.sections.flatMap((section) => section.clauses).find((one) => one.id === clauseId)
  const own = clause ? plainText(clause[t.lang], t.lang, (field) => resolveField(live.plan, field)) : ""
  const words = own.trim() === "" ? proposedWords(live.proposals, clauseId, live, t) : own
  if (words.length <= EXCERPT) return words
  return `${words.slice(0, words.lastIndexOf(" ", EXCERPT))} …`
}

function proposedWords(proposals: readonly Proposal[], clauseId: string, live: LivePlan, t: Translate): string {
  const proposal = proposals.find((one) => one.clauseId === clauseId && one.status === "open")
  return proposal ? plainText(proposal[t.lang], t.lang, (field) => resolveField(live.plan, field)) : ""
}

/** What a change of the tables says, in a line; the values are as the proposer wrote them. */
export function tableWords(proposal: TableProposal, t: Translate): string {
  const { value } = proposal
  const text = (name: string) => {
    const held = value[name]
    return typeof held === "string" || typeof held === "number" ? String(held) : ""
  }
  switch (proposal.kind) {
    case "ramp_share":
      return t("home.cost.ramp_share", { year: text("plan_year"), share: Number(value["us_share_bp"] ?? 0) / 100 })
    case "amount":
      return t("home.cost.amount", { line: text("line_id"), year: text("plan_year") })
    case "new_line": {
      const line = value["line"] as { readonly id?: string } | undefined
      return t("home.cost.new_line", { line: line?.id ?? text("id") })
    }
    case "joint_rank": {
      const ranks = Object.entries((value["ranks"] ?? {}) as Readonly<Record<string, number>>).sort(
        ([, a], [, b]) => a - b,
      )
      return t("home.cost.joint_rank", { order: ranks.map(([id, rank]) => `${id} → ${rank}`).join(", ") })
    }
  }
}
