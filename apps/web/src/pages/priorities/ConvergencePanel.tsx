import { useT } from "../../i18n/index.ts"
import type { SlopeView } from "./slope.ts"

/** The headline figure and what it is made of. A description of two rankings, not a decision. */
export function ConvergencePanel({ view }: { readonly view: SlopeView }) {
  const t = useT()
  const tau = Number(view.convergence.kendallTauB)
  const shown = `${tau < 0 ? "−" : "+"}${Math.abs(tau).toFixed(2)}`.replace(".", t.lang === "ru" ? "," : ".")
  const x = (value: number) => 160 + value * 150
  const tick = (value: number) =>
    value === 0 ? "0" : `${value < 0 ? "−" : "+"}${String(Math.abs(value)).replace(".", t.lang === "ru" ? "," : ".")}`
  return (
    <section>
      <h2>{t("priorities.convergence")}</h2>
      <p className="big">
        {shown}
        <small>Kendall τ-b</small>
      </p>
      <svg className="ruler" viewBox="0 0 320 58" role="img" aria-label={t("priorities.ruler", { tau: shown })}>
        <path d="M10 26H310" stroke="var(--ink)" />
        {[-1, -0.5, 0, 0.5, 1].map((value) => (
          <g key={value}>
            <path d={`M${x(value)} ${Math.abs(value) === 0.5 ? 22 : 18}V26`} stroke="var(--ink)" />
            <text x={x(value)} y={42} textAnchor="middle">
              {tick(value)}
            </text>
          </g>
        ))}
        <path d={`M${x(tau)} 24l-6-12h12z`} fill="var(--ink)" />
        <text x={10} y={56}>
          {t("priorities.opposite")}
        </text>
        <text x={310} y={56} textAnchor="end">
          {t("priorities.alike")}
        </text>
      </svg>
      <dl className="kv">
        <dt>{t("priorities.pairs")}</dt>
        <dd>{t("priorities.pairs.value", view.pairs)}</dd>
        <dt>{t("priorities.places", { max: view.convergence.footruleMax })}</dt>
        <dd>{view.convergence.footruleSum}</dd>
        <dt>{t("priorities.top3")}</dt>
        <dd>{view.convergence.top3Overlap.join(", ") || "–"}</dd>
      </dl>
    </section>
  )
}
