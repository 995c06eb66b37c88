import {
  isClosedLine,
  lineStandingOf,
  mayTableKind,
  proposalEffect,
  type TableProposal,
  tableProposalBase,
} from "@alternat/plan"
import { hashPort, tableProposalHash } from "@alternat/seal"
import { useAct } from "../../api/index.ts"
import { type Translate, useT } from "../../i18n/index.ts"
import { moneyWords, shareText } from "../../i18n/money-text.ts"
import { usePlanSession } from "../../live/index.ts"
import { Button, PartyTag, ProblemNotice, partyOf, partyShort } from "../../ui/index.ts"
import { openTableProposals } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** What lies across the table in this annex, with its reasons, what it would make of the totals, and whose answer it waits for. */
export function Proposals({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const act = useAct(desk.planId)
  const open = openTableProposals(desk.proposals, desk.parties)
  if (open.length === 0) return null
  return (
    <section className="props" aria-label={t("costs.proposals")}>
      <h2>
        {t("costs.proposals")} <span className="dim">{open.length}</span>
      </h2>
      {act.error ? <ProblemNotice error={act.error} onAgain={() => act.reset()} /> : null}
      <ul>
        {open.map((proposal) => (
          <ProposalCard
            key={proposal.id}
            desk={desk}
            proposal={proposal}
            pending={act.isPending}
            onAct={(input) => act.mutate(input)}
          />
        ))}
      </ul>
    </section>
  )
}

interface ProposalCardProps {
  readonly desk: CostDesk
  readonly proposal: TableProposal
  readonly pending: boolean
  readonly onAct: (act: Parameters<ReturnType<typeof useAct>["mutate"]>[0]) => void
}

function ProposalCard({ desk, proposal, pending, onAct }: ProposalCardProps) {
  const t = useT()
  const { me } = usePlanSession()
  const effect = proposalEffect(desk.plan, proposal)
  const stale = tableProposalBase(desk.plan, proposal, hashPort) !== proposal.base
  const short = (code: string) => partyShort(partyOf(desk.parties, code), t.lang)
  const closed = closedLine(desk, proposal, t)
  const own = proposal.party === me.party
  const decides = desk.standing.status === "negotiation" && mayTableKind(me, proposal.kind)
  const hash = tableProposalHash(proposal)
  const other = desk.parties.find((party) => party.code !== proposal.party)
  return (
    <li>
      <p>
        <PartyTag code={proposal.party} /> <b>{proposal.id}</b>{" "}
        <span className="serif">{proposalWords(desk, proposal, t)}</span>
      </p>
      {proposal.reason ? <p className="why">{t.pick(proposal.reason)}</p> : null}
      {effect ? (
        <p className="note dim">
          {t("costs.proposal.effect", {
            us: moneyWords(effect.us_usd_cents, "USD", t.lang),
            ru: moneyWords(effect.ru_usd_equiv_cents, "USD", t.lang),
            total: moneyWords(effect.total_usd_cents, "USD", t.lang),
          })}
          {effect.us_cap_respected ? null : (
            <b className="alarm">
              {" "}
              {t("costs.proposal.over", { amount: moneyWords(effect.us_over_cap_cents, "USD", t.lang) })}
            </b>
          )}
        </p>
      ) : null}
      {stale ? (
        <p className="note">{t("costs.proposal.stale", { party: short(proposal.party) })}</p>
      ) : closed ? (
        <p className="note">{t("costs.proposal.line", closed)}</p>
      ) : null}
      <p className="row">
        {decides && !own && !stale && !closed ? (
          <Button
            small
            isDisabled={pending}
            onPress={() =>
              onAct({ act: "consent_table_proposal", items: [{ proposalId: proposal.id, hash, base: proposal.base }] })
            }
          >
            {t("costs.consent", { id: proposal.id })}
          </Button>
        ) : null}
        {decides && own ? (
          <Button
            small
            isDisabled={pending}
            onPress={() => onAct({ act: "withdraw_table_proposal", proposalId: proposal.id, hash })}
          >
            {t("costs.withdraw", { id: proposal.id })}
          </Button>
        ) : null}
        {own && !stale && other ? (
          <span className="note dim">{t("costs.proposal.waits", { party: partyShort(other, t.lang) })}</span>
        ) : null}
      </p>
    </li>
  )
}

function closedLine(
  desk: CostDesk,
  proposal: TableProposal,
  t: Translate,
): { readonly line: string; readonly state: string } | null {
  if (proposal.kind !== "amount") return null
  const line = String(proposal.value["line_id"])
  const { state } = lineStandingOf(desk.standing, line)
  return isClosedLine(state) ? { line, state: t(`shell.state.${state}`) } : null
}

function proposalWords(desk: CostDesk, { kind, value }: TableProposal, t: Translate): string {
  const year = String(Number(value["plan_year"] ?? 0))
  if (kind === "ramp_share")
    return t("costs.ramp.words", { year, share: `${shareText(Number(value["us_share_bp"]), t.lang)}%` })
  if (kind === "amount") {
    const isFirst = value["party"] === desk.parties[0].code
    const amount = isFirst
      ? moneyWords(Number(value["us_usd_cents"] ?? 0), "USD", t.lang)
      : moneyWords(Number(value["ru_rub_kopecks"] ?? 0), "RUB", t.lang)
    return t("costs.amount.words", {
      line: typeof value["line_id"] === "string" ? value["line_id"] : "",
      year,
      amount,
      party: partyShort(desk.parties[isFirst ? 0 : 1], t.lang),
    })
  }
  const line = value["line"] as
    | { readonly id: string; readonly title: { readonly en: string; readonly ru: string } }
    | undefined
  return t("costs.newLine.words", { line: line?.id ?? "", title: line ? t.pick(line.title) : "" })
}
