import type { Lang } from "@alternat/plan"
import type { VerifyCheck, VerifyReport } from "@alternat/seal"
import type { ReactNode } from "react"
import { formatDate, useT } from "../../i18n/index.ts"
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
            {check.detail[t.lang]}
          </td>
          <td className="t soft" lang={t.other}>
            {check.detail[t.other]}
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
          <td className="t soft" lang={t.other} colSpan={2}>
            {t.in(t.other, `verify.check.${name}`)}
          </td>
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

/** The figure beside the check; the dates of signature as this language writes dates. */
function noteOf(check: VerifyCheck, lang: Lang): string {
  const iso = check.note?.en ?? ""
  const isDate = /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(Date.parse(iso))
  return isDate ? formatDate(lang, iso) : (check.note?.[lang] ?? "")
}
