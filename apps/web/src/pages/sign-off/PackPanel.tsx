import type { VersionInfo } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { versionFile, versionPack } from "../../api/index.ts"
import { formatBytes, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { useParties } from "../../ui/index.ts"

/** The files that the manifest names, each with its size; the whole as one file once both have signed. */
export function PackPanel({ version }: { readonly version: VersionInfo }) {
  const t = useT()
  const { planId } = usePlanSession()
  const parties = useParties()
  const nameOf = (file: string) => {
    const party = parties.find((one) => file === `${one.code.toLowerCase()}-original.pdf`)
    return party ? t("signOff.file.original", { side: party.names[t.lang].adjective }) : file
  }
  return (
    <section>
      <h2>{t("signOff.pack")}</h2>
      <ul className="so-pack">
        {version.files.map((file) => (
          <li key={file.name}>
            <a
              href={versionFile(planId, version.number, file.name)}
              download={file.name.split("/").at(-1)}
              title={file.sha256}
            >
              {nameOf(file.name)}
            </a>
            <span className="dim nb">{formatBytes(t.lang, file.size)}</span>
          </li>
        ))}
      </ul>
      {version.pack ? (
        <p className="row">
          <a className="btn ink" href={versionPack(planId, version.number)} download>
            {t("signOff.pack.download")}
          </a>
          <Link className="btn" to="/verify">
            {t("signOff.pack.verify")}
          </Link>
        </p>
      ) : (
        <p className="note dim">{t("signOff.pack.waits")}</p>
      )}
    </section>
  )
}
