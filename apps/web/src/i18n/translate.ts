import type { Lang } from "@alternat/plan"
import { IntlMessageFormat, type PrimitiveType } from "intl-messageformat"
import type { ReactNode } from "react"
import { CATALOGUES, type MessageKey } from "./catalogue.ts"
import { tieRussian } from "./typography.ts"

export type Values = Readonly<Record<string, PrimitiveType>>
type Chunk = (parts: ReactNode[]) => ReactNode
export type RichValues = Readonly<Record<string, PrimitiveType | Chunk>>

const LOCALE: Readonly<Record<Lang, string>> = { en: "en-US", ru: "ru-RU" }
const compiled = new Map<string, IntlMessageFormat>()

/** A message in a stated language: what both sides must understand alike is written in both. */
export function translate(lang: Lang, key: MessageKey, values?: Values): string {
  return String(messageOf(lang, key).format(values))
}

/** A message with marked-up parts, `<b>…</b>`, as React nodes. */
export function translateRich(lang: Lang, key: MessageKey, values: RichValues): ReactNode {
  const parts = messageOf(lang, key).format<ReactNode>(values as Record<string, PrimitiveType>)
  return Array.isArray(parts) ? parts.map((part, i) => ({ part, i })).map(({ part }) => part) : parts
}

function messageOf(lang: Lang, key: MessageKey): IntlMessageFormat {
  const id = `${lang}:${key}`
  const known = compiled.get(id)
  if (known) return known
  const source = CATALOGUES[lang][key]
  const message = new IntlMessageFormat(lang === "ru" ? tieRussian(source) : source, LOCALE[lang])
  compiled.set(id, message)
  return message
}
