import type { Lang } from "@alternat/plan"
import { formatDate, formatInteger, type MessageKey, useT } from "../../i18n/index.ts"
import { moneyWords } from "../../i18n/money-text.ts"
import { type KeptValue, useLivePlan } from "../../live/index.ts"
import { partyShort, useParties } from "../../ui/index.ts"

const FIELDS: Readonly<Record<string, MessageKey>> = {
  title: "priorities.column.title",
  due: "priorities.column.due",
  text: "roles.column.decision",
  max_days: "shell.kept.days",
}

/** Names a cell of any table, and writes its values as a person reads them. */
export function useCellWords() {
  const t = useT()
  const parties = useParties()
  const posts = useLivePlan((live) => live.plan.tables.posts)
  /** "L13, 2014, US"; "M3, due" */
  const cellName = ({ rowId, cell }: Pick<KeptValue, "rowId" | "cell">, lang: Lang): string => {
    const [, year, side] = /^year:(\d{4})(?:\.(us|ru))?$/.exec(cell) ?? []
    if (year !== undefined) {
      const party = side === undefined ? undefined : parties[side === "us" ? 0 : 1]
      return [rowId, year, party && partyShort(party, lang)].filter(Boolean).join(", ")
    }
    const [field = "", part = ""] = cell.split(/[.:]/)
    if (field === "cell") return [rowId, posts.find((post) => post.id === part)?.short[lang] ?? part].join(", ")
    const name = FIELDS[field]
    return name === undefined ? rowId : `${rowId}, ${t.in(lang, name)}`
  }
  return { cellName, valueText }
}

function valueText(cell: string, value: unknown, lang: Lang): string {
  if (value === null || value === undefined || value === "") return "—"
  if (typeof value === "number")
    return cell.startsWith("year:") ? moneyWords(value, "USD", lang) : formatInteger(lang, value)
  if (typeof value === "string") return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(lang, value) : value
  const { ru_usd_equiv_cents: usd, ru_rub_kopecks: rub } = value as Readonly<Record<string, unknown>>
  if (typeof usd === "number" && typeof rub === "number")
    return rub === 0
      ? moneyWords(usd, "USD", lang)
      : `${moneyWords(usd, "USD", lang)} (${moneyWords(rub, "RUB", lang)})`
  return JSON.stringify(value)
}
