import { formatBytes, useT } from "../../i18n/index.ts"
import type { Reading } from "./verdict.ts"

/** Which file it was and what it claims to be. Until the checks hold the claims are only that, and the caption says so. */
export function Facts({ reading }: { readonly reading: Reading }) {
  const t = useT()
  if (reading.phase === "empty") return null
  const claims = reading.phase === "read" ? reading.report.claims : null
  const proved = reading.phase === "read" && reading.report.ok
  // a forged plan may have anything for a title
  const title = claims?.title?.[t.lang]
  return (
    <div className="facts">
      {claims && !proved ? <p className="alarm">{t("verify.facts.unproved")}</p> : null}
      <dl aria-label={t(proved || !claims ? "verify.facts" : "verify.facts.unproved")}>
        {typeof title === "string" ? (
          <>
            <dt>{t("verify.fact.plan")}</dt>
            <dd>{title}</dd>
          </>
        ) : null}
        {claims ? (
          <>
            <dt>{t("verify.fact.version")}</dt>
            <dd>{t("verify.fact.signed", { version: String(claims.version), count: claims.signatures.length })}</dd>
          </>
        ) : null}
        <dt>{t("verify.fact.file")}</dt>
        <dd>
          {reading.file.name}, {formatBytes(t.lang, reading.file.size)}
        </dd>
        {claims ? (
          <>
            <dt>{t("verify.fact.hash")}</dt>
            <dd className="mono" title={claims.manifestHash}>
              {shortHash(claims.manifestHash)}
            </dd>
          </>
        ) : null}
      </dl>
    </div>
  )
}

/** The groups that are read out over the telephone; the whole is in the manifest. */
const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`
