import type { CostLine, TableProposal } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { moneyText } from "../../i18n/money-text.ts"
import { partyOf, partyShort, sideOf } from "../../ui/index.ts"
import { cellOf } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** A proposed line stands in the grid inside its party's bracket, and in no total. */
export function NewLineRow({ desk, proposal }: { readonly desk: CostDesk; readonly proposal: TableProposal }) {
  const t = useT()
  const line = proposal.value["line"] as CostLine | undefined
  if (!line) return null
  const side = sideOf(desk.parties, proposal.party)
  const money = (minor: number) => moneyText(minor, "USD", t.lang)
  const total = (column: "us_usd_cents" | "ru_usd_equiv_cents" | "ru_rub_kopecks") =>
    line.years.reduce((sum, cell) => sum + cell[column], 0)
  return (
    <tr className={`prop ${side}`}>
      <th scope="row">
        <span className={`br ${side}`}>
          <b>{partyShort(partyOf(desk.parties, proposal.party), t.lang)}:</b>
          <i>
            {line.id} {line.title[t.lang]}
          </i>
        </span>
      </th>
      <td className="cat">{line.sf424a_class}</td>
      {desk.view.years.flatMap((year) => [
        <td key={`${year}u`} className="num u">
          {money(cellOf(line, year)?.us_usd_cents ?? 0)}
        </td>,
        <td key={`${year}r`} className="num r">
          {money(cellOf(line, year)?.ru_usd_equiv_cents ?? 0)}
        </td>,
      ])}
      <td className="num u t">{money(total("us_usd_cents"))}</td>
      <td className="num r">{money(total("ru_usd_equiv_cents"))}</td>
      <td className="num rub">{moneyText(total("ru_rub_kopecks"), "RUB", t.lang)}</td>
    </tr>
  )
}
