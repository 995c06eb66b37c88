import { type CostFinding, LABELS, type Priority } from "@alternat/plan"
import { formatDecimal } from "@alternat/text"
import { formatDate, useT } from "../../i18n/index.ts"
import { useLivePlan, useTableEdit } from "../../live/index.ts"
import { Button, EditableCell, Mark, partyOf, partyShort, useParties } from "../../ui/index.ts"
import { WithdrawnRows } from "../plan-layout/index.ts"

/** What Annex 1 prints: the priorities with what makes them measurable, and the milestones. */
export function PriorityTables({
  findings,
  onChoose,
}: {
  readonly findings: readonly CostFinding[]
  readonly onChoose: (id: string) => void
}) {
  return (
    <>
      <Priorities findings={findings} onChoose={onChoose} />
      <WithdrawnRows table="priorities" canRestore={useTableEdit("priorities").canEdit} />
      <Milestones findings={findings} />
      <WithdrawnRows table="milestones" canRestore={useTableEdit("milestones").canEdit} />
    </>
  )
}

function Priorities({
  findings,
  onChoose,
}: {
  readonly findings: readonly CostFinding[]
  readonly onChoose: (id: string) => void
}) {
  const t = useT()
  const priorities = useLivePlan((live) => live.plan.tables.priorities)
  const edit = useTableEdit("priorities")
  const save = (priority: Priority, lang: "en" | "ru") => (value: string, seen: string) =>
    edit.set(priority.id, `title.${lang}`, value, seen)
  return (
    <section className="more">
      <h2>{t("priorities.table")}</h2>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col" lang="en">
              {t.in("en", "priorities.column.title")}
            </th>
            <th scope="col" lang="ru">
              {t.in("ru", "priorities.column.title")}
            </th>
            <th scope="col">{t("priorities.column.disposition")}</th>
            <th scope="col">{t("priorities.column.measured")}</th>
            <th scope="col">{t("priorities.column.work")}</th>
          </tr>
        </thead>
        <tbody>
          {priorities.map((priority) => (
            <tr key={priority.id}>
              <th scope="row">
                <Button look="link" onPress={() => onChoose(priority.id)}>
                  {priority.id}
                </Button>
                <RowFinding findings={findings} path={`priorities/${priority.id}`} />
              </th>
              {(["en", "ru"] as const).map((lang) => (
                <td key={lang} className="serif">
                  <EditableCell
                    name={`${priority.id}, ${t.in(lang, "priorities.column.title")}`}
                    value={priority.title[lang]}
                    lang={lang}
                    canEdit={edit.canEdit}
                    onBarred={edit.onBarred}
                    onSave={save(priority, lang)}
                  />
                </td>
              ))}
              <td>{LABELS.disposition[priority.disposition][t.lang]}</td>
              <td>
                {priority.indicators.map((indicator) => (
                  <p key={indicator.id}>
                    {indicator.name[t.lang]}: {formatDecimal(indicator.baseline.value, t.lang)} →{" "}
                    {formatDecimal(indicator.target.value, t.lang)}
                    {indicator.unit === "percent" ? (t.lang === "ru" ? "\u00a0%" : "%") : ""}
                  </p>
                ))}
              </td>
              <td>{[...priority.workstream_ids, ...priority.milestone_ids].join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Milestones({ findings }: { readonly findings: readonly CostFinding[] }) {
  const t = useT()
  const parties = useParties()
  const milestones = useLivePlan((live) => live.plan.tables.milestones)
  const edit = useTableEdit("milestones")
  const owner = (code: string) =>
    code === "joint" ? t("priorities.joint.owner") : partyShort(partyOf(parties, code), t.lang)
  return (
    <section className="more">
      <h2>{t("priorities.milestones")}</h2>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{t("priorities.column.title")}</th>
            <th scope="col">{t("priorities.column.due")}</th>
            <th scope="col">{t("priorities.column.owner")}</th>
            <th scope="col">{t("priorities.column.evidence")}</th>
            <th scope="col">{t("priorities.column.after")}</th>
          </tr>
        </thead>
        <tbody>
          {milestones.map((milestone) => (
            <tr key={milestone.id}>
              <th scope="row">
                {milestone.id}
                <RowFinding findings={findings} path={`milestones/${milestone.id}`} />
              </th>
              <td className="serif">
                <EditableCell
                  name={`${milestone.id}, ${t("priorities.column.title")}`}
                  value={milestone.title[t.lang]}
                  lang={t.lang}
                  canEdit={edit.canEdit}
                  onBarred={edit.onBarred}
                  onSave={(value, seen) => edit.set(milestone.id, `title.${t.lang}`, value, seen)}
                />
              </td>
              <td className="nb">
                <EditableCell
                  name={`${milestone.id}, ${t("priorities.column.due")}`}
                  type="date"
                  value={milestone.due}
                  show={formatDate(t.lang, milestone.due)}
                  canEdit={edit.canEdit}
                  onBarred={edit.onBarred}
                  onSave={(value, seen) => edit.set(milestone.id, "due", value, seen)}
                />
              </td>
              <td>{owner(milestone.owner)}</td>
              <td>{LABELS.evidence[milestone.evidence.type][t.lang]}</td>
              <td>{milestone.predecessors.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RowFinding({ findings, path }: { readonly findings: readonly CostFinding[]; readonly path: string }) {
  const t = useT()
  const own = findings.filter((finding) => finding.path === path || finding.path.startsWith(`${path}/`))
  return own.map((finding) => (
    <p key={`${finding.code}${finding.path}`} className={finding.severity === "error" ? "alarm note fnd" : "note fnd"}>
      <Mark name={finding.severity === "error" ? "fail" : "warn"} /> <b>{finding.code}</b> {t.pick(finding.message)}
    </p>
  ))
}
