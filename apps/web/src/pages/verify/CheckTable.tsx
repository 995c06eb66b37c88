import type { Lang } from "@alternat/plan"
import type { VerifyCheck, VerifyReport } from "@alternat/seal"
import type { ReactNode } from "react"
import { CATALOGUES, formatDate, type MessageKey, tieRussian, useT } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"

/** What was found, check by check, in the order in which the checks were made; those that fail first, in both languages. */
export function CheckTable({ report }: { readonly report: VerifyReport }) {
  const t = useT()
  const failing = report.checks.filter((check) => !check.ok)
  const holding = report.checks.filter((check) => check.ok)
  const values = { failed: failing.length, holds: holding.length }
  return (
    <Checks title={(lang) => t.in(lang, "verify.checks.count", values)}>
      {failing.map((check) => (
        <li key={check.name} className="bad">
          <Mark name="fail" label={t("verify.check.fails")} />
          <b>{check.name}</b>
          <div>
            <p className="t" lang={t.lang}>
              {setType(check.detail[t.lang], t.lang)}
            </p>
            <p className="t soft" lang={t.other}>
              {setType(check.detail[t.other], t.other)}
            </p>
          </div>
        </li>
      ))}
      {holding.map((check) => (
        <li key={check.name}>
          <Mark name="ok" label={t("verify.check.holds")} />
          <b>{check.name}</b>
          <span className="t">{shortOf(check, t.lang) ?? setType(check.detail[t.lang], t.lang)}</span>
          <span className="r">{noteOf(check, t.lang)}</span>
        </li>
      ))}
    </Checks>
  )
}

const FUTURE = [
  "CONTAINER",
  "MANIFEST",
  "FILES",
  "CANON",
  "PAIRS",
  "RULES",
  "ALTERNAT",
  "CERTIFICATE",
  "SIG",
  "PARTIES",
  "DATES",
  "KEY",
] as const

/** Before there is a file: what would have to hold. */
export function FutureChecks() {
  const t = useT()
  return (
    <Checks title={(lang) => t.in(lang, "verify.checks.future")}>
      {FUTURE.map((name) => (
        <li key={name} className="dim">
          <Mark name="draft" label={t("verify.check.waits")} />
          <b>{name}</b>
          <span className="t">{t(`verify.check.${name}`)}</span>
          <span className="r" />
        </li>
      ))}
    </Checks>
  )
}

function Checks({ title, children }: { readonly title: (lang: "en" | "ru") => string; readonly children: ReactNode }) {
  const t = useT()
  return (
    <>
      <h2 className="ckh" id="verify-checks">
        {title(t.lang)} <span lang={t.other}>{title(t.other)}</span>
      </h2>
      <ul className="ck" aria-labelledby="verify-checks">
        {children}
      </ul>
    </>
  )
}

/** The page's own sentence for a check that holds; the longer one of the verifier where it has none. */
function shortOf({ name }: VerifyCheck, lang: Lang): string | null {
  const key = `verify.check.${name.replace(/^(SIG|KEY)-.*$/, "$1")}`
  return key in CATALOGUES[lang] ? CATALOGUES[lang][key as MessageKey] : null
}

/** The verifier writes for a terminal: here the groups of a key stay on one line, and a date is written out. */
function setType(text: string, lang: Lang): string {
  const tied = text.replace(/(?<=\b[0-9a-f]{4}) (?=[0-9a-f]{4}\b)/g, "\u00a0")
  return lang === "ru" ? tieRussian(tied) : tied.replace(ISO_DATE, (iso) => (isDay(iso) ? formatDate(lang, iso) : iso))
}
const ISO_DATE = /\b\d{4}-\d\d-\d\d\b/g
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** The figure beside the check; the dates of signature as this language writes dates. */
function noteOf(check: VerifyCheck, lang: Lang): string {
  const iso = check.note?.en ?? ""
  return isDay(iso) ? formatDate(lang, iso) : (check.note?.[lang] ?? "")
}
