import { sharesByYear } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { shareText } from "../../i18n/money-text.ts"
import { partyShort } from "../../ui/index.ts"
import type { CostDesk } from "./use-cost-desk.ts"

const BAR = 164

/** Both shares of each year as one bar, the figures beside it. */
export function ShareChart({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const [a, b] = desk.parties
  const rows = sharesByYear(desk.plan.tables.cost_lines, desk.view.years)
  const text = (bp: number | null) => (bp === null ? "–" : shareText(bp, t.lang, 2))
  const label = t("costs.chart.share.label", {
    points: rows
      .map(
        (row) =>
          `${row.year}: ${partyShort(a, t.lang)} ${text(row.usShareBp)}, ${partyShort(b, t.lang)} ${text(row.ruShareBp)}`,
      )
      .join("; "),
  })
  return (
    <>
      <p className="key">
        <span>
          <i className="swatch a" /> {partyShort(a, t.lang)}
        </span>
        <span>
          <i className="swatch b" /> {partyShort(b, t.lang)}
        </span>
      </p>
      <svg className="ch" viewBox={`0 0 276 ${rows.length * 25 + 3}`} role="img" aria-label={label}>
        {rows.map((row, i) => {
          const width = ((row.usShareBp ?? 0) / 10_000) * BAR
          const top = i * 25 + 4
          return (
            <g key={row.year}>
              <text x={24} y={top + 12} textAnchor="end">
                {row.year}
              </text>
              <rect x={30} y={top} width={width} height={15} fill="url(#pA)" stroke="var(--a)" />
              <rect x={30 + width} y={top} width={BAR - width} height={15} fill="url(#pB)" stroke="var(--b)" />
              <text x={276} y={top + 12} textAnchor="end">
                <tspan className="ta">{text(row.usShareBp)}</tspan> ·{" "}
                <tspan className="tb">{text(row.ruShareBp)}</tspan>
              </text>
            </g>
          )
        })}
      </svg>
    </>
  )
}
