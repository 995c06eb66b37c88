import type { ExportFormat, JobInfo } from "@alternat/plan"
import { useState } from "react"
import { exportFile, useExport, useJob } from "../../api/index.ts"
import { formatBytes, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Button, ProblemNotice } from "../../ui/index.ts"

const FORMATS: readonly ExportFormat[] = ["pdf", "docx", "json"]

/** Working copies for both sides' eyes: nothing private can be in them, and a draft says on every page that it is one. */
export function ExportPanel({ version }: { readonly version: number | null }) {
  const t = useT()
  const { planId } = usePlanSession()
  const start = useExport(planId)
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useJob(planId, jobId).data ?? null
  const ask = (format: ExportFormat) =>
    start.mutate(
      { format, audience: "shared", ...(version === null ? {} : { version }) },
      { onSuccess: (made) => setJobId(made.id) },
    )
  const isRunning = job !== null && (job.status === "queued" || job.status === "running")
  return (
    <section aria-label={t("signOff.export")}>
      <h2>{t("signOff.export")}</h2>
      <p className="note dim">{t(version === null ? "signOff.export.draft" : "signOff.export.version")}</p>
      <p className="row">
        {FORMATS.map((format) => (
          <Button key={format} small isDisabled={start.isPending || isRunning} onPress={() => ask(format)}>
            {format.toUpperCase()}
          </Button>
        ))}
      </p>
      {start.error ? <ProblemNotice error={start.error} onAgain={() => start.reset()} /> : null}
      {job ? <Job planId={planId} job={job} /> : null}
    </section>
  )
}

function Job({ planId, job }: { readonly planId: string; readonly job: JobInfo }) {
  const t = useT()
  if (job.status === "failed") return <p role="alert">{t("signOff.export.failed")}</p>
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
      <progress max={100} value={job.progress} aria-label={t("signOff.export")} />{" "}
      {job.step ? t.pick(job.step) : t("signOff.export.queued")}
    </p>
  )
}
