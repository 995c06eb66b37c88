import type { PrintTable } from "../model.ts"
import { WORDS } from "../words.ts"
import { type AnnexContext, column, languages, list, perParty, post, row, say, sideCode, table } from "./context.ts"

/** The Committee: one row for each thing that the plan says of it. */
export function committee(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const rows = plan.tables.committee.flatMap((one) => {
    const { note, ...members } = one.quorum as { readonly note: (typeof one.quorum)["note"] } & Record<string, number>
    const many = perParty(context, (code) =>
      members[code] === undefined ? null : `${sideCode(context, code)} ${members[code]}`,
    )
    return [
      row(say(context, "Name", "Наименование"), one.name[lang]),
      row(say(context, "Co-chairs", "Сопредседатели"), posts(context, one.co_chairs)),
      row(say(context, "Secretaries", "Секретари"), posts(context, one.secretaries)),
      row(
        say(context, "Members", "Члены"),
        perParty(context, (code) => one.members[code]?.map((id) => post(context, id)).join(", ") ?? null),
      ),
      row(say(context, "Quorum", "Кворум"), [many, note[lang]].filter((text) => text !== "").join(". ")),
      row(say(context, "Meetings", "Заседания"), every(context, one.cadence_months)),
      row(say(context, "Venue", "Место заседаний"), venue(context, one.venue)),
      row(say(context, "Languages", "Языки"), languages(context, one.languages)),
      row(
        say(context, "Decisions", "Решения"),
        one.decision_rule === "mutual_consent"
          ? say(context, "by mutual consent", "по взаимному согласию")
          : one.decision_rule,
      ),
      row(say(context, "Record", "Протокол"), record(context, one.record)),
      row(say(context, "May revise Annexes", "Вправе изменять Приложения №"), list(one.may_revise_annexes.map(String))),
    ]
  })
  return table("committee", say(context, "Committee", "Комитет"), [column("", 0.3), column("", 1)], rows)
}

export function workingGroups(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Working group", "Рабочая группа"), 0.7),
    column(say(context, "Mandate", "Мандат"), 1.4),
    column(say(context, "Reports to", "Подотчетна"), "fit"),
    column(say(context, "Co-chairs", "Сопредседатели"), 0.7),
    column(say(context, "Meetings", "Заседания"), 0.4),
    column(say(context, "May revise Annexes", "Вправе изменять Приложения №"), 0.4),
  ]
  const rows = plan.tables.working_groups.map((group) =>
    row(
      group.id,
      group.name[lang],
      group.mandate[lang],
      group.parent,
      posts(context, group.co_chairs),
      every(context, group.cadence_months),
      list(group.may_revise_annexes.map(String)),
    ),
  )
  return table("working-groups", say(context, "Working groups", "Рабочие группы"), columns, rows)
}

const posts = (context: AnnexContext, byParty: Readonly<Record<string, string>>): string =>
  perParty(context, (code) => (byParty[code] === undefined ? null : post(context, byParty[code]))) || "—"

const every = (context: AnnexContext, months: number): string =>
  say(context, `every ${months} months`, `раз в ${months} мес.`)

type Committee = AnnexContext["plan"]["tables"]["committee"][number]

function venue(context: AnnexContext, { rule, first_host: host, note }: Committee["venue"]): string {
  const who = sideCode(context, host)
  const words =
    rule === "alternating"
      ? say(context, `by turns, ${who} first`, `поочередно, первой принимает ${who}`)
      : say(context, `always ${who}`, `постоянно принимает ${who}`)
  return [words, note[context.lang]].filter((text) => text !== "").join(". ")
}

function record(context: AnnexContext, { form, languages: langs, signed }: Committee["record"]): string {
  const when =
    signed === "before_meeting_closes"
      ? say(context, "signed before the meeting closes", "подписывается до закрытия заседания")
      : say(context, "signed after the meeting", "подписывается после заседания")
  return `${form === "signed_minutes" ? say(context, "minutes", "протокол") : form}; ${languages(context, langs)}; ${when}`
}

/** The list of annexes, and who may revise each: a body of this Plan, or a Side by notice. */
export function annexList(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const bodies = [...plan.tables.committee, ...plan.tables.working_groups]
  const reviser = (id: string) =>
    id === "notice"
      ? say(context, "by notice", "по уведомлению")
      : (bodies.find((one) => one.id === id)?.name[lang] ?? id)
  const columns = [
    column(say(context, "Annex", "Приложение №"), "fit"),
    column(say(context, "Title", "Наименование"), 1),
    column(say(context, "Revised by", "Изменяет"), 1),
  ]
  const rows = plan.tables.annexes.map((annex) =>
    row(
      String(annex.no),
      annex.integral ? annex.title[lang] : { lead: annex.title[lang], text: WORDS.notIntegral[lang] },
      list(annex.revisable_by.map(reviser)),
    ),
  )
  return table("annexes", say(context, "Revision of Annexes", "Изменение Приложений"), columns, rows)
}
