import type { ExportFormat, JobInfo } from "@alternat/plan"
import { exportFile, isUnfinished, useExportActs, useExports } from "../../api/index.ts"
import { formatBytes, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Button, ProblemNotice } from "../../ui/index.ts"

const FORMATS: readonly ExportFormat[] = ["pdf", "docx", "json"]
const SHOWN = 8

/**
 * Working copies for both sides' eyes: nothing private can be in them, and a draft says on every page that it is one. The
 * list is the server's, so that who comes back finds what was asked for earlier.
 */
export function ExportPanel({ version }: { readonly version: number | null }) {
  const t = useT()
  const { planId } = usePlanSession()
  const { ask, remove } = useExportActs(planId)
  const jobs = useExports(planId).data ?? []
  const start = (format: ExportFormat) =>
    ask.mutate({ format, audience: "shared", ...(version === null ? {} : { version }) })
  return (
    <section aria-label={t("signOff.export")}>
      <h2>{t("signOff.export")}</h2>
      <p className="note dim">{t(version === null ? "signOff.export.draft" : "signOff.export.version")}</p>
      <p className="row">
        {FORMATS.map((format) => (
          <Button key={format} small isDisabled={ask.isPending} onPress={() => start(format)}>
            {format.toUpperCase()}
          </Button>
        ))}
      </p>
      {ask.error ? <ProblemNotice error={ask.error} onAgain={() => ask.reset()} /> : null}
      {jobs.length > 0 ? (
        <ul className="so-jobs" aria-label={t("signOff.export.own")}>
          {jobs.slice(0, SHOWN).map((job) => (
            <li key={job.id}>
              <Job planId={planId} job={job} />
              <Button
                small
                look="link"
                aria-label={t(isUnfinished(job) ? "signOff.export.cancelOne" : "signOff.export.removeOne", {
                  format: job.format.toUpperCase(),
                })}
                onPress={() => remove.mutate(job.id)}
              >
                {t(isUnfinished(job) ? "shell.cancel" : "signOff.export.remove")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Job({ planId, job }: { readonly planId: string; readonly job: JobInfo }) {
  const t = useT()
  if (job.status === "failed") return <p role="alert">{t("signOff.export.failed")}</p>
  if (job.status === "cancelled")
    return <p className="dim">{t("signOff.export.cancelled", { format: job.format.toUpperCase() })}</p>
  if (job.status === "done" && job.file)
    return (
      <p role="status">
        <a href={exportFile(planId, job.id)} download={job.file.name}>
          {job.file.name}
        </a>{" "}
        <span className="dim">{formatBytes(t.lang, job.file.size)}</span>
      </p>
    )
  return (
    <p role="status" className="so-progress">
      <progress max={100} value={job.progress} aria-label={t("signOff.export")} /> {job.format.toUpperCase()},{" "}
      {job.step ? t.pick(job.step) : t("signOff.export.queued")}
    </p>
  )
}
