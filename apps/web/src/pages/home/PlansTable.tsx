import type { PlanSummary } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { useT } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"
import type { PlanState } from "./plan-state.ts"

export function PlansTable({
  plans,
  states,
}: {
  readonly plans: readonly PlanSummary[]
  readonly states: readonly PlanState[]
}) {
  const t = useT()
  return (
    <section className="plans" aria-label={t("home.plans")}>
      <h2>
        {t("home.plans")} <span>{plans.length}</span>
      </h2>
      <table>
        <thead>
          <tr>
            {(["title", "state", "agreed", "signed"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`home.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <PlanRow
              key={plan.id}
              plan={plan}
              signed={states.find((s) => s.planId === plan.id)?.standing?.version?.signedBy.length ?? 0}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const STATUS_MARK = { negotiation: "talk", frozen: "locked", signed: "s2" } as const

function PlanRow({ plan, signed }: { readonly plan: PlanSummary; readonly signed: number }) {
  const t = useT()
  const count = (state: string) => plan.clauses[state] ?? 0
  const total = Object.entries(plan.clauses).reduce((sum, [state, n]) => (state === "withdrawn" ? sum : sum + n), 0)
  const agreed = count("agreed") + count("locked") + count("conformed")
  const adref = count("agreed_ad_ref")
  return (
    <tr>
      <td>
        <Link className="ti" to="/plans/$planId" params={{ planId: plan.id }}>
          {t.pick(plan.title)}
        </Link>
        <p lang={t.other}>{plan.title[t.other]}</p>
      </td>
      <td>
        <Mark name={STATUS_MARK[plan.status]} />
        <span className="nb">{t(`shell.status.${plan.status}`)}</span>
      </td>
      <td>
        {t("home.agreedOf", { agreed, adref, total })}
        <div className="meter" role="img" aria-label={t("home.meter", { agreed, adref, open: total - agreed - adref })}>
          <i style={{ width: `${(agreed / Math.max(total, 1)) * 100}%` }} />
          <i style={{ width: `${(adref / Math.max(total, 1)) * 100}%` }} />
          <i />
        </div>
      </td>
      <td>
        <Mark name={signed === 0 ? "s0" : signed === 1 ? "s1" : "s2"} /> {t("home.signedOf", { count: signed })}
      </td>
    </tr>
  )
}
