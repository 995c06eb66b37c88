import type { Lang } from "@alternat/plan"
import type { VerifyCheck, VerifyReport } from "@alternat/seal"
import type { ReactNode } from "react"
import { formatDate, tieRussian, useT } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"

/** What was found, check by check, in the order in which the checks were made. */
export function CheckTable({ report }: { readonly report: VerifyReport }) {
  const t = useT()
  return (
    <Table>
      {report.checks.map((check) => (
        <tr key={check.name} className={check.ok ? undefined : "bad"}>
          <td className="ic">
            <Mark name={check.ok ? "ok" : "fail"} label={t(check.ok ? "verify.check.holds" : "verify.check.fails")} />
          </td>
          <th scope="row">{check.name}</th>
          <td className="t" lang={t.lang}>
            {setType(check.detail[t.lang], t.lang)}
          </td>
          <td className="t soft" lang={t.other}>
            {setType(check.detail[t.other], t.other)}
          </td>
          <td className="num">{noteOf(check, t.lang)}</td>
        </tr>
      ))}
    </Table>
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
] as const

/** Before there is a file: what would have to hold. */
export function FutureChecks() {
  const t = useT()
  return (
    <Table>
      {FUTURE.map((name) => (
        <tr key={name}>
          <td className="ic dim">
            <Mark name="draft" label={t("verify.check.waits")} />
          </td>
          <th scope="row">{name}</th>
          <td className="t" lang={t.lang}>
            {t(`verify.check.${name}`)}
          </td>
          <td className="t soft" lang={t.other}>
            {t.in(t.other, `verify.check.${name}`)}
          </td>
          <td className="num" />
        </tr>
      ))}
    </Table>
  )
}

function Table({ children }: { readonly children: ReactNode }) {
  const t = useT()
  return (
    <table className="ck" aria-label={t("verify.checks")}>
      <tbody>{children}</tbody>
    </table>
  )
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
