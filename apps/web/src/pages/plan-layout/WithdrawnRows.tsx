import type { Row, TableName } from "@alternat/plan"
import { rowHash } from "@alternat/seal"
import { useAct } from "../../api/index.ts"
import { formatMoment, useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { Button, Mark, PartyMark, ProblemNotice } from "../../ui/index.ts"

interface WithdrawnRowsProps {
  readonly table: TableName
  /** may this reader bring a row back? */
  readonly canRestore: boolean
}

/** Rows that a side has withdrawn from a table: nothing here prints or counts, and an editor of either side restores them. */
export function WithdrawnRows({ table, canRestore }: WithdrawnRowsProps) {
  const t = useT()
  const { planId } = usePlanSession()
  const act = useAct(planId)
  const all = useLivePlan((live) => live.withdrawnRows)
  const rows = (all ?? []).filter((one) => one.table === table)
  if (rows.length === 0) return null
  return (
    <section className="withdrawn-rows" aria-labelledby={`withdrawn-${table}`}>
      <h2 id={`withdrawn-${table}`}>{t("pillars.withdrawn")}</h2>
      <ul>
        {rows.map(({ row, party, at }) => (
          <li key={row.id}>
            <Mark name="withdrawn" />
            <span>
              <s className="serif">{titleOf(row, t.lang)}</s>
              <span className="dim small">
                {row.id} {party ? <PartyMark code={party} named /> : null} {at ? formatMoment(t.lang, at) : null}
              </span>
            </span>
            {canRestore ? (
              <Button
                small
                isDisabled={act.isPending}
                onPress={() => act.mutate({ act: "restore_row", table, rowId: row.id, hash: rowHash(row) })}
              >
                {t("pillars.restore")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="dim small">{t("pillars.withdrawn.note")}</p>
      {act.error ? <ProblemNotice error={act.error} onAgain={() => act.reset()} /> : null}
    </section>
  )
}

/** What the row is called: by its title, name, label or text, whichever it has. */
function titleOf(row: Row, lang: "en" | "ru"): string {
  for (const field of ["title", "name", "label", "text", "body"]) {
    const pair = row[field] as Partial<Record<"en" | "ru", string>> | undefined
    if (typeof pair?.[lang] === "string") return pair[lang]
  }
  return row.id
}
