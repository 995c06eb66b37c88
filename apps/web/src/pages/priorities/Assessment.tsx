import { type CostFinding, LABELS, type Priority } from "@alternat/plan"
import { useT } from "../../i18n/index.ts"
import { Mark, PartyMark, useParties } from "../../ui/index.ts"

/** Two assessments of one threat, recorded separately, each first in its own language. */
export function Assessment({
  priority,
  findings,
}: {
  readonly priority: Priority
  readonly findings: readonly CostFinding[]
}) {
  const t = useT()
  const parties = useParties()
  const own = findings.filter((finding) => finding.path.split("/")[1] === priority.id)
  return (
    <section className="as">
      <h2>
        {priority.id} {priority.title[t.lang]} <span>{t("priorities.separate")}</span>
      </h2>
      {parties.map((party, i) => {
        const assessment = priority.assessment[party.code]
        const lang = i === 0 ? "en" : "ru"
        return (
          <div key={party.code}>
            <p className="sc" lang={lang}>
              <PartyMark code={party.code} named />{" "}
              {assessment
                ? t.in(lang, "priorities.scores", {
                    actor: LABELS.threat_actor[assessment.actor][lang],
                    likelihood: assessment.likelihood,
                    consequence: assessment.consequence,
                  })
                : t.in(lang, "priorities.unstated")}
            </p>
            {assessment ? <p lang={lang}>{assessment.rationale[lang]}</p> : null}
          </div>
        )
      })}
      {own.map((finding) => (
        <p key={finding.path} className="fnd">
          <span className={finding.severity === "error" ? "alarm" : ""}>
            <Mark name={finding.severity === "error" ? "fail" : "warn"} /> <b>{finding.code}</b>
          </span>{" "}
          {t.pick(finding.message)}
        </p>
      ))}
    </section>
  )
}
