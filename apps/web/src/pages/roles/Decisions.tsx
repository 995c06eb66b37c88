import { type DecisionRight, parseCount } from "@alternat/plan"
import { type Translate, useT } from "../../i18n/index.ts"
import { moneyWords } from "../../i18n/money-text.ts"
import { useLivePlan, useTableEdit } from "../../live/index.ts"
import { EditableCell, PartyMark, partyShort, useParties } from "../../ui/index.ts"
import { ladder } from "./matrix.ts"

export function DecisionRights() {
  const t = useT()
  const parties = useParties()
  const rights = useLivePlan((live) => live.plan.tables.decision_rights)
  const posts = useLivePlan((live) => live.plan.tables.posts)
  const edit = useTableEdit("decision_rights")
  return (
    <section>
      <h2>{t("roles.rights")}</h2>
      <div className="scroll">
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t("roles.column.decision")}</th>
              {parties.map((party, i) => (
                <th key={party.code} scope="col" className={i === 0 ? "ca" : "cb"}>
                  <PartyMark code={party.code} /> {t("roles.column.for", { party: partyShort(party, t.lang) })}
                </th>
              ))}
              <th scope="col">{t("roles.column.upTo")}</th>
            </tr>
          </thead>
          <tbody>
            {rights.map((right) => (
              <tr key={right.id}>
                <td>
                  <EditableCell
                    name={`${right.id}, ${t("roles.column.decision")}`}
                    value={right.text[t.lang]}
                    lang={t.lang}
                    canEdit={edit.canEdit}
                    onBarred={edit.onBarred}
                    onSave={(value, seen) => edit.set(right.id, `text.${t.lang}`, value, seen)}
                  />
                </td>
                {parties.map((party) => (
                  <td key={party.code}>
                    {posts.find((post) => post.id === right.decides[party.code])?.short[t.lang] ??
                      right.decides[party.code]}
                  </td>
                ))}
                <td className="nb">{upTo(right, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small dim silence">{t("roles.silence")}</p>
    </section>
  )
}

function upTo({ threshold }: DecisionRight, t: Translate): string {
  const { unit, value, basis } = threshold
  if (value === null || unit === "none") return t("roles.noLimit")
  if (unit === "bp") return t("roles.upTo.bp", { value: value / 100, basis: basis ?? "" })
  if (unit === "days") return t("roles.upTo.days", { value })
  return t("roles.upTo.minor", { value: moneyWords(value, threshold.currency === "RUB" ? "RUB" : "USD", t.lang) })
}

export function Ladder() {
  const t = useT()
  const steps = useLivePlan((live) => live.plan.tables.escalation)
  const edit = useTableEdit("escalation")
  const ordered = steps.toSorted((a, b) => a.level - b.level)
  const { spans, total } = ladder(ordered)
  return (
    <section>
      <h2>{t("roles.ladder")}</h2>
      <ol className="lad">
        {ordered.map((step, i) => {
          const span = spans[i] ?? null
          return (
            <li key={step.id}>
              <b>{step.level}</b>
              <span>{step.body[t.lang]}</span>
              {span === null ? (
                <span className="dim">
                  {step.after_days === null ? "" : t("roles.after", { count: step.after_days })}
                </span>
              ) : (
                <EditableCell
                  name={`${step.body[t.lang]}, ${t("roles.days", { count: 2 })}`}
                  type="number"
                  value={String(span.days)}
                  show={t("roles.days", { count: span.days })}
                  canEdit={edit.canEdit}
                  onBarred={edit.onBarred}
                  onSave={(value, seen) => {
                    const days = parseCount(value)
                    return days.ok
                      ? edit.set(step.id, "max_days", days.value, Number(seen))
                      : t("roles.days.unreadable")
                  }}
                />
              )}
              {span === null || total === 0 ? null : (
                <span className="bar" aria-hidden="true">
                  <i style={{ width: `${(span.days / total) * 100}%`, marginLeft: `${(span.from / total) * 100}%` }} />
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <p className="small dim silence">
        {t("roles.sum", { count: spans.filter((span) => span !== null).length, days: total })}
      </p>
    </section>
  )
}
