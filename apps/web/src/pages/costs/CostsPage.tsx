import { useState } from "react"
import { useT } from "../../i18n/index.ts"
import { moneyWords } from "../../i18n/money-text.ts"
import { Button, Loading, Mark, Segmented } from "../../ui/index.ts"
import { TabsEnd, WithdrawnRows } from "../plan-layout/index.ts"
import { CellComments } from "./CellComments.tsx"
import { CostGrid } from "./CostGrid.tsx"
import { CostSide } from "./CostSide.tsx"
import { openTableProposals, type Place } from "./cost-grid.ts"
import { FiscalYears } from "./FiscalYears.tsx"
import { LineDialog } from "./LineDialog.tsx"
import { type CostDesk, type CurrencyView, useCostDesk } from "./use-cost-desk.ts"
import { useHeldFigures } from "./use-held-figures.ts"
import "./costs.css"

/** Annex 3: who pays what, in which year; every check at its cell, both delegations in one grid. */
export function CostsPage() {
  const [currency, setCurrency] = useState<CurrencyView>("both")
  const desk = useCostDesk(currency)
  if (!desk)
    return (
      <main className="plain" id="content">
        <Loading lines={12} />
      </main>
    )
  return <Costs desk={desk} onCurrency={setCurrency} />
}

function Costs({
  desk,
  onCurrency,
}: {
  readonly desk: CostDesk
  readonly onCurrency: (currency: CurrencyView) => void
}) {
  const t = useT()
  const [years, setYears] = useState<"plan" | "fiscal">("plan")
  const [cursor, setCursor] = useState<Place | null>(null)
  const [commentsAt, setCommentsAt] = useState<Place | null>(null)
  const [adding, setAdding] = useState(false)
  const annex = desk.plan.tables.annexes.find((one) => one.no === 3)
  return (
    <div className="costs">
      <CostTabs desk={desk} />
      <div className="app">
        <main className="main" id="content">
          <div className="hd">
            <div>
              <h1>{t("costs.annex", { no: 3, title: annex?.title[t.lang] ?? "" })}</h1>
              <p lang={t.other}>{t.in(t.other, "costs.annex", { no: 3, title: annex?.title[t.other] ?? "" })}</p>
            </div>
            <div className="vw">
              <Segmented
                label={t("costs.view.years")}
                value={years}
                onChange={setYears}
                options={[
                  { value: "plan", label: t("costs.view.plan") },
                  { value: "fiscal", label: t("costs.view.fiscal") },
                ]}
              />
              <Segmented
                label={t("costs.view.currency")}
                value={desk.currency}
                onChange={onCurrency}
                options={[
                  { value: "USD", label: "USD" },
                  { value: "RUB", label: "RUB" },
                  { value: "both", label: t("costs.view.both") },
                ]}
              />
              {desk.readOnly === null ? (
                <Button small onPress={() => setAdding(true)}>
                  {t("costs.addLine")}
                </Button>
              ) : null}
            </div>
          </div>
          {years === "plan" ? (
            <CostGrid desk={desk} cursor={cursor} onCursor={setCursor} onComments={setCommentsAt} />
          ) : (
            <FiscalYears desk={desk} />
          )}
          <p className="fn">
            {t.rich("costs.note", {
              rate: desk.plan.terms.fx.rate,
              f: (parts) => (
                <span key="rate" className="fld">
                  {parts}
                </span>
              ),
            })}{" "}
            <span className="tk2" /> {t("costs.note.tick")}{" "}
            {desk.plan.terms.caps.us_usd_cents === null
              ? null
              : t("costs.cap", { amount: moneyWords(desk.plan.terms.caps.us_usd_cents, "USD", t.lang) })}
          </p>
          {desk.readOnly === null ? null : <p className="fn soft">{desk.readOnly}</p>}
          <WithdrawnRows table="cost_lines" canRestore={desk.readOnly === null} />
        </main>
        <CostSide desk={desk} onGo={setCursor} />
      </div>
      {commentsAt ? <CellComments desk={desk} place={commentsAt} onClose={() => setCommentsAt(null)} /> : null}
      {adding ? <LineDialog desk={desk} line={null} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

function CostTabs({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const fails = desk.view.findings.filter((finding) => finding.severity === "error").length
  const warnings = desk.view.findings.length - fails
  const held = useHeldFigures().all.size
  const brackets = openTableProposals(desk.proposals, desk.parties).length
  return (
    <TabsEnd>
      {held > 0 ? (
        <span className="alarm">
          <Mark name="fail" /> {t("costs.held", { count: held })}
        </span>
      ) : null}
      {fails > 0 ? (
        <span className="alarm">
          <Mark name="fail" /> {t("shell.checks.fail", { count: fails })}
        </span>
      ) : null}
      {warnings > 0 ? (
        <span>
          <Mark name="warn" /> {t("shell.checks.warn", { count: warnings })}
        </span>
      ) : null}
      {brackets > 0 ? (
        <span>
          <Mark name="bracketed" /> {t("shell.brackets", { count: brackets })}
        </span>
      ) : null}
    </TabsEnd>
  )
}
