import { checkPriorities } from "@alternat/plan"
import { rankingCommitment } from "@alternat/seal"
import { useMemo, useState } from "react"
import { useRanking } from "../../api/index.ts"
import { formatMoment, useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession, useTableUndo } from "../../live/index.ts"
import { Empty, Hash, Mark, PartyMark, useParties } from "../../ui/index.ts"
import { TabsEnd } from "../plan-layout/index.ts"
import { Assessment } from "./Assessment.tsx"
import { ConvergencePanel } from "./ConvergencePanel.tsx"
import { JointOrder } from "./JointOrder.tsx"
import { PriorityTables } from "./PriorityTables.tsx"
import { SlopeChart } from "./SlopeChart.tsx"
import { rankingsOf, ranksOf, slopeView } from "./slope.ts"
import "./priorities.css"

/** Annex 1: what each side puts first, how near they are, and the order both can sign. */
export function PrioritiesPage() {
  const t = useT()
  const { planId } = usePlanSession()
  const plan = useLivePlan((live) => live.plan)
  const proposals = useLivePlan((live) => live.tableProposals)
  const ranking = useRanking(planId).data
  const { parties } = plan
  const { priorities, annexes } = plan.tables
  useTableUndo()
  const [chosen, setChosen] = useState<string | null>(null)
  const view = useMemo(
    () => slopeView(ranksOf(ranking, priorities, parties[0].code), ranksOf(ranking, priorities, parties[1].code)),
    [ranking, priorities, parties],
  )
  const findings = useMemo(() => checkPriorities(plan), [plan])
  const shown =
    priorities.find(
      (priority) => priority.id === (chosen ?? view?.rows.find((row) => row.label === "divergent")?.id),
    ) ?? priorities[0]
  const annex = annexes.find((one) => one.no === 1)
  const brackets = proposals.filter((proposal) => proposal.kind === "joint_rank" && proposal.status === "open").length
  const fails = findings.filter((finding) => finding.severity === "error").length
  return (
    <div className="priorities">
      <TabsEnd>
        {fails > 0 ? (
          <span className="alarm">
            <Mark name="fail" /> {t("shell.checks.fail", { count: fails })}
          </span>
        ) : null}
        {brackets > 0 ? (
          <span>
            <Mark name="bracketed" /> {t("shell.brackets", { count: brackets })}
          </span>
        ) : null}
      </TabsEnd>
      <div className="app">
        <main className="main" id="content">
          <h1>{t("costs.annex", { no: 1, title: annex?.title[t.lang] ?? "" })}</h1>
          <p lang={t.other}>{t.in(t.other, "costs.annex", { no: 1, title: annex?.title[t.other] ?? "" })}</p>
          <Commitments reply={ranking} />
          {view ? (
            <SlopeChart view={view} priorities={priorities} chosen={shown?.id ?? null} onChoose={setChosen} />
          ) : (
            <Empty title={t("priorities.hidden")}>{t("priorities.hidden.more")}</Empty>
          )}
          {shown ? <Assessment priority={shown} findings={findings} /> : null}
          <PriorityTables findings={findings} onChoose={setChosen} />
        </main>
        <aside className="side">
          {view ? <ConvergencePanel view={view} /> : null}
          <JointOrder />
          {view ? (
            <p className="small dim">{t("priorities.borda", { order: view.convergence.bordaOrder.join(" ") })}</p>
          ) : null}
        </aside>
      </div>
    </div>
  )
}

/** When each side sealed its ranking, under which fingerprint, and when both were opened. */
function Commitments({ reply }: { readonly reply: unknown }) {
  const t = useT()
  const parties = useParties()
  const rankings = parties.flatMap((party) => rankingsOf(reply).filter((one) => one.party === party.code))
  const revealed =
    rankings.length > 1 && rankings.every((one) => one.revealedAt !== null) ? rankings[0]?.revealedAt : null
  if (rankings.length === 0) return null
  // made again here from salt and places: nobody has to believe the server
  const match = rankings.every(
    ({ salt, ranks, commitment }) => salt !== null && rankingCommitment(salt, ranks) === commitment,
  )
  return (
    <div className="rev">
      {rankings.map((one) => (
        <span key={one.party}>
          <PartyMark code={one.party} named />{" "}
          {t("priorities.committed", { at: formatMoment(t.lang, one.committedAt) })} ·{" "}
          <Hash hash={one.commitment} groups={2} />
          {one.salt === null ? null : (
            <>
              {" · "}
              {t("priorities.salt")} <Hash hash={one.salt} groups={2} />
            </>
          )}
        </span>
      ))}
      {revealed ? (
        <span>
          <Mark name={match ? "ok" : "fail"} /> {t("priorities.revealed", { at: formatMoment(t.lang, revealed) })}{" "}
          {t(match ? "priorities.match" : "priorities.mismatch")}
        </span>
      ) : null}
    </div>
  )
}
