import type { Bilingual, Lang } from "@alternat/plan"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"
import { CATALOGUES, type MessageKey } from "./catalogue.ts"
import { type RichValues, translate, translateRich, type Values } from "./translate.ts"
import { tieRussian } from "./typography.ts"

export interface Translate {
  (key: MessageKey, values?: Values): string
  rich(key: MessageKey, values: RichValues): ReactNode
  /** the same message in a stated language */
  in(lang: Lang, key: MessageKey, values?: Values): string
  /** the message as written, with its tags: for the few that are set in both languages at once */
  sourceIn(lang: Lang, key: MessageKey): string
  /** a bilingual value in the reader's language */
  pick<T>(value: Bilingual<T>): T
  readonly lang: Lang
  readonly other: Lang
}

interface I18n {
  readonly lang: Lang
  readonly setLang: (lang: Lang) => void
}

const Context = createContext<I18n | null>(null)
const STORED = "alternat.language"

/** The language of the interface; remembered on this computer, first taken from the browser. */
export function I18nProvider({ children }: { readonly children: ReactNode }) {
  const [lang, choose] = useState<Lang>(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = lang
  }, [lang])
  const setLang = useCallback((next: Lang) => {
    localStorage.setItem(STORED, next)
    choose(next)
  }, [])
  const value = useMemo(() => ({ lang, setLang }), [lang, setLang])
  return <Context value={value}>{children}</Context>
}

export function useLanguage(): I18n {
  const value = useContext(Context)
  if (!value) throw new Error("broken invariant: no I18nProvider above")
  return value
}

export function useT(): Translate {
  const { lang } = useLanguage()
  return useMemo(() => createTranslate(lang), [lang])
}

export function createTranslate(lang: Lang): Translate {
  const t = (key: MessageKey, values?: Values) => translate(lang, key, values)
  return Object.assign(t, {
    rich: (key: MessageKey, values: RichValues) => translateRich(lang, key, values),
    in: translate,
    sourceIn: (of: Lang, key: MessageKey) => (of === "ru" ? tieRussian(CATALOGUES[of][key]) : CATALOGUES[of][key]),
    pick: <T,>(value: Bilingual<T>) => value[lang],
    lang,
    other: lang === "en" ? ("ru" as const) : ("en" as const),
  })
}

/** True once the person has chosen on this computer; a profile's language never overrules that. */
export const hasChosenLanguage = (): boolean => localStorage.getItem(STORED) !== null

function firstLanguage(): Lang {
  const stored = localStorage.getItem(STORED)
  if (stored === "en" || stored === "ru") return stored
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en"
}
