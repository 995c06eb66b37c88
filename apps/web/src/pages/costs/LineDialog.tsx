import { addRow, setCell } from "@alternat/document"
import type { CostLine } from "@alternat/plan"
import { type FormEvent, useState } from "react"
import { useForm } from "../../half-written/index.ts"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { useSharedWrite } from "../../mode/index.ts"
import { Button, Dialog, Notice, partyShort } from "../../ui/index.ts"
import { type CostDesk, GRID_ORIGIN } from "./use-cost-desk.ts"

const CLASSES = ["a", "b", "c", "d", "e", "f", "g", "h", "j"] as const
const KINDS = ["none", "cash", "in_kind"] as const
type Fields = Pick<CostLine, "title" | "sf424a_class" | "subject_to_handover" | "kind_us" | "kind_ru">

type LineForm = Fields & { readonly id: string }
const NEW_LINE: Fields = {
  title: { en: "", ru: "" },
  sf424a_class: "f",
  subject_to_handover: false,
  kind_us: "cash",
  kind_ru: "cash",
}
const fieldsOf = ({ title, sf424a_class, subject_to_handover, kind_us, kind_ru }: CostLine): Fields => ({
  title,
  sf424a_class,
  subject_to_handover,
  kind_us,
  kind_ru,
})

/** What a line is, as apart from what it costs: its names, its category, its basis, its hand-over flag. */
export function LineDialog({
  desk,
  line,
  onClose,
}: {
  readonly desk: CostDesk
  readonly line: CostLine | null
  readonly onClose: () => void
}) {
  const t = useT()
  const { session } = usePlanSession()
  const form = useForm<LineForm>(`line:${line?.id ?? "new"}`, {
    id: line?.id ?? nextId([...desk.plan.tables.cost_lines, ...desk.withdrawn.map(({ row }) => row)]),
    ...(line ? fieldsOf(line) : NEW_LINE),
  })
  const { id, ...fields } = form.values
  const shared = useSharedWrite("table")
  const [problem, setProblem] = useState<string | null>(null)
  const { change } = form
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const failed = !shared.mayWrite() ? t("mode.table.propose") : line ? keep(line) : add()
    if (failed) return setProblem(failed)
    form.clear()
    onClose()
  }
  const keep = (before: CostLine): string | null => {
    let failed: string | null = null
    session.doc.transact(() => {
      for (const field of ["title", "sf424a_class", "subject_to_handover", "kind_us", "kind_ru"] as const) {
        if (fields[field] === before[field]) continue
        const done = setCell(session.doc, "cost_lines", before.id, field, fields[field], GRID_ORIGIN)
        if (!done.ok) failed = t.pick(done.error.message)
      }
    }, GRID_ORIGIN)
    return failed
  }
  const add = (): string | null => {
    const years = desk.view.years.map((plan_year) => ({
      plan_year,
      total_usd_cents: 0,
      us_share_bp: null,
      us_usd_cents: 0,
      ru_usd_equiv_cents: 0,
      ru_rub_kopecks: 0,
    }))
    const { title, sf424a_class, subject_to_handover, kind_us, kind_ru } = fields
    const done = addRow(
      session.doc,
      "cost_lines",
      { id, title, sf424a_class, subject_to_handover, kind_us, kind_ru, years },
      "last",
    )
    return done.ok ? null : t.pick(done.error.message)
  }
  return (
    <Dialog
      title={line ? t("costs.lineDialog.edit", { line: line.id }) : t("costs.lineDialog.add")}
      isOpen
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        {line ? null : (
          <label>
            {t("costs.lineDialog.id")}
            <input
              required
              pattern="[A-Za-z0-9._\-]{1,20}"
              value={id}
              onChange={(event) => change({ id: event.target.value })}
            />
          </label>
        )}
        {(["en", "ru"] as const).map((lang) => (
          <label key={lang}>
            {t(`costs.lineDialog.${lang}`)}
            <input
              lang={lang}
              required
              maxLength={300}
              value={fields.title[lang]}
              onChange={(event) => change({ title: { ...fields.title, [lang]: event.target.value } })}
            />
          </label>
        ))}
        <label>
          {t("costs.lineDialog.class")}
          <select
            value={fields.sf424a_class}
            onChange={(event) => change({ sf424a_class: CLASSES.find((one) => one === event.target.value) ?? "h" })}
          >
            {CLASSES.map((one) => (
              <option key={one} value={one}>
                {one} · {t(`costs.class.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {(["kind_us", "kind_ru"] as const).map((field, i) => (
          <label key={field}>
            {t("costs.lineDialog.kind", { party: partyShort(desk.parties[i === 0 ? 0 : 1], t.lang) })}
            <select
              value={fields[field] ?? "none"}
              onChange={(event) => {
                const kind = KINDS.find((one) => one === event.target.value)
                change({ [field]: kind === undefined || kind === "none" ? null : kind })
              }}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`costs.lineDialog.${kind}`)}
                </option>
              ))}
            </select>
          </label>
        ))}
        <label className="tickbox">
          <input
            type="checkbox"
            checked={fields.subject_to_handover}
            onChange={(event) => change({ subject_to_handover: event.target.checked })}
          />
          {t("costs.lineDialog.handover")}
        </label>
        {problem ? (
          <Notice alarm live>
            <p>{problem}</p>
          </Notice>
        ) : null}
        <div className="row">
          <Button look="ink" type="submit">
            {t("costs.lineDialog.keep")}
          </Button>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function nextId(lines: readonly Pick<CostLine, "id">[]): string {
  const last = Math.max(0, ...lines.map((line) => Number(/^L(\d+)$/.exec(line.id)?.[1] ?? 0)))
  return `L${String(last + 1).padStart(2, "0")}`
}
