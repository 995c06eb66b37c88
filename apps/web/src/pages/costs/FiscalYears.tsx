import { usFiscalYears } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { moneyText } from "../../i18n/money-text.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** The same U.S. money, as the U.S. budget counts it. */
export function FiscalYears({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const lines = desk.plan.tables.cost_lines
  const years = usFiscalYears(lines)
  const money = (cents: bigint) => moneyText(cents, "USD", t.lang)
  const sum = (pick: (year: (typeof years)[number]) => bigint) => years.reduce((total, year) => total + pick(year), 0n)
  return (
    <section className="fiscal">
      <h2>{t("costs.fiscal")}</h2>
      <p className="fn">{t("costs.fiscal.lead")}</p>
      <table className="grid" aria-label={t("costs.fiscal")}>
        <thead>
          <tr>
            <th scope="col">{t("costs.line")}</th>
            {years.map((year) => (
              <th key={year.fiscalYear} scope="col" className="num u">
                {t("costs.fiscal.year", { year: String(year.fiscalYear) })}
              </th>
            ))}
            <th scope="col" className="num u">
              {t("costs.total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines
            .filter((line) => line.years.some((cell) => cell.us_usd_cents > 0))
            .map((line) => {
              const own = usFiscalYears([line])
              return (
                <tr key={line.id}>
                  <th scope="row">
                    <span className="lc">{line.id}</span>
                    {line.title[t.lang]}
                  </th>
                  {years.map((year) => (
                    <td key={year.fiscalYear} className="num u">
                      {money(own.find((one) => one.fiscalYear === year.fiscalYear)?.cents ?? 0n)}
                    </td>
                  ))}
                  <td className="num u t">{money(own.reduce((total, one) => total + one.cents, 0n))}</td>
                </tr>
              )
            })}
        </tbody>
        <tfoot>
          <tr className="tot first">
            <th scope="row">{t("costs.total")}</th>
            {years.map((year) => (
              <td key={year.fiscalYear} className="num u">
                {money(year.cents)}
              </td>
            ))}
            <td className="num u t">{money(sum((year) => year.cents))}</td>
          </tr>
          <tr className="tot">
            <th scope="row">{t("costs.fiscal.handover")}</th>
            {years.map((year) => (
              <td key={year.fiscalYear} className="num u">
                {money(year.handoverCents)}
              </td>
            ))}
            <td className="num u t">{money(sum((year) => year.handoverCents))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
