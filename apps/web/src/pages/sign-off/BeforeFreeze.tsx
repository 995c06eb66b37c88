import { may, type PreflightReport } from "@alternat/plan"
import { useMemo } from "react"
import { useAct, useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { Button, Hash, Loading, Mark, Notice, ProblemNotice } from "../../ui/index.ts"
import { actOf, BULK_ACTS, reachOf } from "./bulk.ts"
import { PreflightList } from "./PreflightList.tsx"

/** The desk before a freeze: what can be settled in one stroke, what blocks, and the freeze itself. */
export function BeforeFreeze({
  preflight,
  next,
}: {
  readonly preflight: PreflightReport | undefined
  readonly next: number
}) {
  const t = useT()
  if (!preflight) return <Loading lines={8} />
  const blocks = preflight.items.filter((item) => item.severity === "blocks")
  const warnings = preflight.items.filter((item) => item.severity === "warning")
  return (
    <div className="so-open">
      <Freeze preflight={preflight} next={next} />
      <Strokes />
      <PreflightList title={t("signOff.blocks")} items={blocks} />
      <PreflightList title={t("signOff.warnings")} items={warnings} />
    </div>
  )
}

function Freeze({ preflight, next }: { readonly preflight: PreflightReport; readonly next: number }) {
  const t = useT()
  const { planId, me } = usePlanSession()
  const act = useAct(planId)
  const mayFreeze = may(me, "freeze")
  return (
    <section className="so-freeze" aria-label={t("signOff.freeze")}>
      {preflight.ready ? (
        <p className="so-ready">
          <Mark name="ok" /> <b>{t("signOff.ready")}</b>{" "}
          <Hash hash={preflight.planHash} groups={4} label={t("signOff.planHash")} />
        </p>
      ) : null}
      {act.error ? <ProblemNotice error={act.error} onAgain={() => act.reset()} /> : null}
      {preflight.ready && mayFreeze ? (
        <Button
          look="ink"
          isDisabled={act.isPending}
          onPress={() => act.mutate({ act: "freeze", planHash: preflight.planHash })}
        >
          {act.isPending ? t("signOff.freezing") : t("signOff.freezeVersion", { version: next })}
        </Button>
      ) : null}
      <p className="note dim">
        {preflight.ready ? t(mayFreeze ? "signOff.freeze.means" : "signOff.freeze.heads") : t("signOff.freeze.not")}
      </p>
    </section>
  )
}

/** Acts on everything that is ready for them, naming each hash. One item that has changed meanwhile stops the whole act. */
function Strokes() {
  const t = useT()
  const { planId, me } = usePlanSession()
  const live = useLivePlan((one) => one)
  const standing = useStanding(planId).data
  const act = useAct(planId)
  const reaches = useMemo(
    () => (standing ? BULK_ACTS.map((one) => reachOf(one, me, live, standing)) : []),
    [me, live, standing],
  )
  const offered = reaches.filter((reach) => reach.clauses.length + reach.lines.length > 0)
  if (offered.length === 0 && !act.error && !act.data) return null
  return (
    <section className="so-strokes" aria-label={t("signOff.strokes")}>
      <h2>{t("signOff.strokes")}</h2>
      {act.error ? <ProblemNotice error={act.error} onAgain={() => act.reset()} /> : null}
      {act.data && !act.isPending ? (
        <Notice live>
          <p>{t(act.data.completed ? "signOff.stroke.completed" : "signOff.stroke.recorded")}</p>
        </Notice>
      ) : null}
      <ul>
        {offered.map((reach) => (
          <li key={reach.act}>
            <span>
              <b>{t(`signOff.stroke.${reach.act}`)}</b>
              <span className="dim">
                {t("signOff.stroke.reach", {
                  clauses: reach.clauses.length,
                  lines: reach.lines.length,
                  both: reach.clauses.length > 0 && reach.lines.length > 0 ? "yes" : "no",
                })}
              </span>
            </span>
            <Button small isDisabled={act.isPending} onPress={() => act.mutate(actOf(reach))}>
              {t(`signOff.stroke.${reach.act}.do`, { count: reach.clauses.length + reach.lines.length })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
