import type { Lang } from "@alternat/plan"
import type { RefObject } from "react"
import { formatBytes, useT, type Values } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"
import { Both } from "./Both.tsx"
import { Facts } from "./Facts.tsx"
import { filesAtFault, MAX_FILE_BYTES, nameSome, type Reading, type Verdict, verdictOf } from "./verdict.ts"

export interface VerdictHeadProps {
  readonly reading: Reading
  readonly heading: RefObject<HTMLHeadingElement | null>
}

/** The verdict as a heading, in both languages; what the file says of itself; one sentence of what it means. */
export function VerdictHead({ reading, heading }: VerdictHeadProps) {
  const t = useT()
  const verdict = verdictOf(reading)
  const failed = FAILED.has(verdict)
  const values = (lang: Lang) => valuesOf(reading, lang)
  return (
    <>
      <div className="vh1">
        <Seal verdict={verdict} />
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t(`verify.${verdict}.title`)}
          </h1>
          <p className="second" lang={t.other}>
            {t.in(t.other, `verify.${verdict}.title`)}
          </p>
        </div>
        <Facts reading={reading} />
      </div>
      <p className={failed ? "off bad" : "off"}>
        <Both of={`verify.${verdict}.say`} values={values} />
      </p>
      <p className="vh" role="status">
        {verdict === "working" ? t("verify.working.title") : ""}
      </p>
    </>
  )
}

function valuesOf(reading: Reading, lang: Lang): Values {
  if (reading.phase === "empty") return {}
  const file = {
    name: reading.file.name,
    size: formatBytes(lang, reading.file.size),
    limit: formatBytes(lang, MAX_FILE_BYTES),
  }
  if (reading.phase !== "read") return file
  const { checks } = reading.report
  // what lies inside a signed copy has no name for the reader: it is the one file they hold
  const faults = reading.report.kind === "signed-copy" ? [reading.file.name] : filesAtFault(reading.report)
  return {
    ...file,
    total: checks.length,
    failed: checks.filter((check) => !check.ok).length,
    unknown: reading.report.keys.filter((key) => key.known === false).length,
    count: faults.length,
    files: nameSome(faults),
  }
}

const FAILED: ReadonlySet<Verdict> = new Set(["fails", "copyFails", "otherKeys"])
const HALVES: Partial<Record<Verdict, string>> = {
  genuine: "on",
  copyGenuine: "on",
  intact: "grey",
  copyIntact: "grey",
}

/**
 * The disc of the sign-off: filled when it is what both heads signed, grey when nothing was altered and the keys are not
 * confirmed, an outline while nothing is known, the octagon when it does not hold.
 */
function Seal({ verdict }: { readonly verdict: Verdict }) {
  if (FAILED.has(verdict)) return <Mark name="fail" className="seal alarm" />
  const half = HALVES[verdict] ?? "off"
  return (
    <svg className="seal" viewBox="0 0 120 120" aria-hidden="true">
      <path className={half} d="M57 8a52 52 0 0 0 0 104z" />
      <path className={half} d="M63 8a52 52 0 0 1 0 104z" />
    </svg>
  )
}
