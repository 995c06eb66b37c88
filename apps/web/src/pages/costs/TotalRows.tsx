import { sharesByYear, sharesOverall } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { moneyText, shareText } from "../../i18n/money-text.ts"
import { Mark, partyShort } from "../../ui/index.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** Totals are derived here and stored nowhere. */
export function TotalRows({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const { plan, view, parties } = desk
  const columns = [...sharesByYear(plan.tables.cost_lines, view.years), sharesOverall(plan.tables.cost_lines)]
  const overCap = view.findings.some((finding) => finding.path.startsWith("caps/us"))
  const isLast = (i: number) => (i === columns.length - 1 ? " t" : "")
  const rouble = columns.at(-1)?.ruKopecks ?? 0n
  return (
    <tfoot>
      <tr className="tot first">
        <th scope="row" colSpan={2}>
          {t("costs.total.side")}
        </th>
        {columns.flatMap((column, i) => [
          <td key={`${i}u`} className={`num u${isLast(i)}${overCap && isLast(i) ? " bad" : ""}`}>
            {overCap && isLast(i) ? (
              <span className="cm">
                <Mark name="fail" label="C14" />
              </span>
            ) : null}
            {moneyText(column.usCents, "USD", t.lang)}
          </td>,
          <td key={`${i}r`} className="num r">
            {moneyText(column.ruCents, "USD", t.lang)}
          </td>,
        ])}
        <td className="num rub">{moneyText(rouble, "RUB", t.lang)}</td>
      </tr>
      <tr className="tot">
        <th scope="row" colSpan={2}>
          {t("costs.total.share")}
        </th>
        {columns.flatMap((column, i) => [
          <td key={`${i}u`} className={`num u${isLast(i)}`}>
            {column.usShareBp === null ? "" : shareText(column.usShareBp, t.lang, 2)}
          </td>,
          <td key={`${i}r`} className="num r">
            {column.ruShareBp === null ? "" : shareText(column.ruShareBp, t.lang, 2)}
          </td>,
        ])}
        <td />
      </tr>
      <tr className="tot">
        <th scope="row" colSpan={2}>
          {t("costs.total.both")}
        </th>
        {columns.map((column, i) => (
          <td key={i} className={`num${isLast(i)}`} colSpan={2}>
            {moneyText(column.totalCents, "USD", t.lang)}
          </td>
        ))}
        <td />
      </tr>
      <tr className="tot">
        <th scope="row" colSpan={2}>
          {t("costs.total.roubles", { party: partyShort(parties[1], t.lang) })}
        </th>
        {columns.map((column, i) => (
          <td key={i} className={`num${isLast(i)}`} colSpan={2}>
            {moneyText(column.ruKopecks, "RUB", t.lang)}
          </td>
        ))}
        <td />
      </tr>
    </tfoot>
  )
}
