import { handoverByYear } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { shareText } from "../../i18n/money-text.ts"
import { partyOf, partyShort, sideOf } from "../../ui/index.ts"
import { proposalsAt, RAMP } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

const LEFT = 30
const WIDTH = 246
const TOP = 6
const BOTTOM = 112

/** The ramp as steps, with what each side proposes beside it. */
export function RampChart({ desk }: { readonly desk: CostDesk }) {
  const t = useT()
  const { years } = desk.view
  const derived = handoverByYear(desk.plan.tables.cost_lines, years)
  const points = years.map((year, i) => ({ year, bp: desk.view.ramp.get(year) ?? derived[i]?.usShareBp ?? 0 }))
  const step = WIDTH / Math.max(years.length, 1)
  const x = (i: number) => LEFT + i * step
  const y = (bp: number) => BOTTOM - (bp / 10_000) * (BOTTOM - TOP)
  const path = points
    .map((point, i) => `${i === 0 ? `M${x(0)} ${y(point.bp)}` : `V${y(point.bp)}`}H${x(i + 1)}`)
    .join("")
  const handover = years.indexOf(Number(desk.plan.terms.handover_complete_by.slice(0, 4)))
  const label = t("costs.chart.ramp.label", {
    points: points.map((point) => `${point.year} ${shareText(point.bp, t.lang)}`).join(", "),
  })
  return (
    <svg className="ch" viewBox="0 0 276 134" role="img" aria-label={label}>
      <Patterns />
      {[0, 50, 100].map((percent) => (
        <g key={percent}>
          <path d={`M${LEFT} ${y(percent * 100)}H276`} stroke="var(--rule)" />
          <text x={24} y={y(percent * 100) + 4} textAnchor="end">
            {percent}
          </text>
        </g>
      ))}
      <path d={`${path}V${BOTTOM}H${LEFT}Z`} fill="url(#pA)" />
      <path d={path} fill="none" stroke="var(--a)" strokeWidth="1.6" />
      {years.flatMap((year, i) =>
        proposalsAt(desk.proposals, desk.parties, { line: RAMP, year, side: "us" }).map((proposal) => {
          const bp = Number(proposal.value["us_share_bp"])
          const side = sideOf(desk.parties, proposal.party)
          const middle = x(i) + step / 2
          return (
            <g key={proposal.id}>
              <path d={`M${x(i)} ${y(bp)}H${x(i + 1)}`} stroke={`var(--${side})`} strokeWidth="1.6" />
              {side === "a" ? (
                <circle cx={middle} cy={y(bp)} r="4.2" fill="var(--a)" />
              ) : (
                <path d={`M${middle} ${y(bp) - 5}l5 5-5 5-5-5z`} fill="var(--b)" />
              )}
              <text x={x(i + 1) + 4} y={y(bp) + (side === "a" ? 10 : 0)} className={side === "a" ? "ta" : "tb"}>
                {partyShort(partyOf(desk.parties, proposal.party), t.lang)} {shareText(bp, t.lang)}
              </text>
            </g>
          )
        }),
      )}
      {handover > 0 ? (
        <>
          <path d={`M${x(handover)} 2V${BOTTOM}`} stroke="var(--ink)" strokeWidth="1.2" />
          <text x={x(handover) + 5} y={12}>
            {t("costs.chart.handover")}
          </text>
        </>
      ) : null}
      {points.map((point, i) => (
        <text key={point.year} x={x(i) + step / 2} y={129} textAnchor="middle">
          {point.year}
        </text>
      ))}
    </svg>
  )
}

/** A is dots, B is hatch, at equal ink. */
export function Patterns() {
  return (
    <defs>
      <pattern id="pA" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="4" height="4" fill="var(--a-wash-2)" />
        <circle cx="2" cy="2" r="1.15" fill="var(--a)" />
      </pattern>
      <pattern id="pB" width="4.4" height="4.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4.4" height="4.4" fill="var(--b-wash-2)" />
        <rect width="1.2" height="4.4" fill="var(--b)" />
      </pattern>
    </defs>
  )
}
