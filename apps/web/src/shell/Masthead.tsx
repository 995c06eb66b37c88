import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useMe } from "../api/index.ts"
import { useLanguage, useT } from "../i18n/index.ts"
import { Segmented } from "../ui/index.ts"
import { UserMenu } from "./UserMenu.tsx"

/** The mark, what one is looking at, and at the end who one is. */
export function Masthead({ title, end }: { readonly title: ReactNode; readonly end?: ReactNode }) {
  const t = useT()
  const me = useMe().data
  return (
    <header className="mast">
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      <Link className="brand" to="/" aria-label={`${t("shell.brand")}, ${t("shell.home")}`}>
        <Logo /> <span>{t("shell.brand")}</span>
      </Link>
      {title ? <span className="title">{title}</span> : null}
      <span className="end">
        {end}
        <LanguageSwitch short />
        {me ? <UserMenu me={me} /> : null}
      </span>
    </header>
  )
}

/** Two halves of one disc: the same figure as the sign-off. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M9.2 1.6a8.4 8.4 0 0 0 0 16.8z" fill="currentColor" />
      <path d="M11.4 2.3a7.7 7.7 0 0 1 0 15.4z" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  )
}

export function LanguageSwitch({ short = false }: { readonly short?: boolean }) {
  const t = useT()
  const { lang, setLang } = useLanguage()
  return (
    <Segmented
      label={t("shell.language")}
      value={lang}
      onChange={setLang}
      options={[
        { value: "en", label: short ? "EN" : "English", lang: "en" },
        { value: "ru", label: short ? "RU" : "Русский", lang: "ru" },
      ]}
    />
  )
}
