import type { PlanSummary } from "@alternat/plan"
import { useQueries } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { getJson, usePlans } from "../../api/index.ts"
import { formatDate, useT } from "../../i18n/index.ts"
import { Masthead } from "../../shell/Masthead.tsx"
import { useSignedIn } from "../../shell/SignedIn.tsx"
import { Empty, Loading, PartiesProvider, ProblemNotice } from "../../ui/index.ts"
import { HomeSide } from "./HomeSide.tsx"
import { PlansTable } from "./PlansTable.tsx"
import { isWhole, type PlanState, readPlanState } from "./plan-state.ts"
import { WaitingList } from "./WaitingList.tsx"
import { type Waiting, waitingFor } from "./waiting.ts"
import "./home.css"

const SHOWN_PLANS = 8

/** What waits for me, what has happened, and my plans. */
export function HomePage() {
  const t = useT()
  const me = useSignedIn()
  const plans = usePlans()
  const states = usePlanStates(plans.data ?? [])
  useEffect(() => {
    document.title = `${t("home.title")} · Alternat`
  }, [t])
  const first = states.find((state) => state.live !== null)?.live ?? null
  const party = first?.plan.parties.find((one) => one.code === me.party)
  const title = party
    ? t("signIn.delegation", { party: party.code })
    : me.party
      ? t("home.delegation", { party: me.party })
      : t("home.noDelegation")
  return (
    <div className="home">
      <Masthead title={title} end={<span className="soft">{t.pick(me.name)}</span>} />
      {plans.error ? (
        <main className="plain" id="content">
          <ProblemNotice error={plans.error} onAgain={() => void plans.refetch()} />
        </main>
      ) : plans.data?.length === 0 ? (
        <main className="plain" id="content">
          <Empty title={t("home.noPlans")}>{t("home.noPlans.more")}</Empty>
        </main>
      ) : first ? (
        <PartiesProvider parties={first.plan.parties}>
          <Desk plans={plans.data ?? []} states={states} />
        </PartiesProvider>
      ) : (
        <main className="plain" id="content">
          {states.find((state) => state.error)?.error ? (
            <ProblemNotice error={states.find((state) => state.error)?.error} />
          ) : (
            <Loading lines={8} />
          )}
        </main>
      )}
    </div>
  )
}

function Desk({ plans, states }: { readonly plans: readonly PlanSummary[]; readonly states: readonly PlanState[] }) {
  const t = useT()
  const me = useSignedIn()
  const waiting = useMemo(
    () =>
      states
        .filter(isWhole)
        .flatMap((state) => waitingFor(me, state.live, state.standing).map((item) => ({ state, item }))),
    [states, me],
  )
  const due = nearestDue(waiting.map(({ item }) => item))
  return (
    <div className="app">
      <main className="main" id="content">
        <h1>{t(waiting.length > 0 ? "home.waits" : "home.nothingWaits")}</h1>
        <p>
          {t("home.summary", { count: waiting.length, due: due ? formatDate(t.lang, due) : "none" }).replace(
            "г..",
            "г.",
          )}
        </p>
        {waiting.length > 0 ? <WaitingList waiting={waiting} /> : null}
        <PlansTable plans={plans} states={states} />
      </main>
      <HomeSide states={states} />
    </div>
  )
}

function nearestDue(waiting: readonly Waiting[]): string | null {
  const dues = waiting.flatMap((item) => (item.type === "reserve" && item.due !== null ? [item.due] : []))
  return dues.sort()[0] ?? null
}

function usePlanStates(plans: readonly PlanSummary[]): readonly PlanState[] {
  const shown = plans.slice(0, SHOWN_PLANS)
  const results = useQueries({
    queries: shown.map((plan) => ({
      queryKey: ["plan", plan.id, "home"],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => readPlanState(plan.id, getJson, signal),
      staleTime: 5_000,
    })),
  })
  return shown.map((plan, i) => ({
    planId: plan.id,
    live: results[i]?.data?.live ?? null,
    standing: results[i]?.data?.standing ?? null,
    events: results[i]?.data?.events ?? [],
    threadCounts: results[i]?.data?.threadCounts ?? [],
    error: results[i]?.error ?? null,
  }))
}
