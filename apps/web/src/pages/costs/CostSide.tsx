import type { CostFinding } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { Button, Mark } from "../../ui/index.ts"
import type { Place } from "./cost-grid.ts"
import { Proposals } from "./Proposals.tsx"
import { RampChart } from "./RampChart.tsx"
import { ShareChart } from "./ShareChart.tsx"
import type { CostDesk } from "./use-cost-desk.ts"

/** Every code that is run here; what is found stands above, what holds below. */
const CODES = Array.from({ length: 26 }, (_, i) => `C${String(i + 1).padStart(2, "0")}`).filter(
  (code) => !["C19", "C21", "C23", "C24", "C25"].includes(code),
)

export function CostSide({ desk, onGo }: { readonly desk: CostDesk; readonly onGo: (place: Place) => void }) {
  const t = useT()
  const { findings } = desk.view
  const holding = CODES.filter((code) => !findings.some((finding) => finding.code === code))
  return (
    <aside className="side">
      <section>
        <h2>{t("costs.chart.ramp")}</h2>
        <RampChart desk={desk} />
      </section>
      <section>
        <h2>{t("costs.chart.share")}</h2>
        <ShareChart desk={desk} />
      </section>
      <Proposals desk={desk} />
      <section className="chk">
        <h2>{t("costs.checks")}</h2>
        <ul>
          {findings.map((finding) => (
            <FindingLine key={`${finding.code}${finding.path}`} finding={finding} onGo={onGo} />
          ))}
        </ul>
        <p className="holds">
          <Mark name="ok" /> {t("costs.checks.hold", { count: holding.length })}
        </p>
        <p className="codes">
          {holding.map((code) => (
            <span key={code}>{code} </span>
          ))}
        </p>
      </section>
    </aside>
  )
}

function FindingLine({ finding, onGo }: { readonly finding: CostFinding; readonly onGo: (place: Place) => void }) {
  const t = useT()
  const [table, line, year] = finding.path.split("/")
  const isCell = table === "lines" && line !== undefined && /^\d{4}$/.test(year ?? "")
  const isFail = finding.severity === "error"
  return (
    <li className={isFail ? "bad1" : undefined}>
      <Mark name={isFail ? "fail" : "warn"} />
      <div>
        <b>{finding.code}</b> {t.pick(finding.message)}
        <br />
        <span className="dim">{t(isFail ? "costs.checks.blocks" : "costs.checks.warns")}</span>{" "}
        {isCell ? (
          <Button
            look="link"
            onPress={() => onGo({ line, year: Number(year), side: finding.code === "C08" ? "ru" : "us" })}
          >
            {line}, {year}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
