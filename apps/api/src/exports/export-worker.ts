import type { ExportSource, RenderOptions } from "@alternat/export"
import { assert, type Bilingual, type PlanDocument } from "@alternat/plan"
import { errorPlace } from "@alternat/room"
import { parseCanonical, planBytes } from "@alternat/seal"
import type { ClaimedJob, NewFile, ReaderTx } from "@alternat/store"
import type { ApiDeps } from "../deps.ts"
import { ProblemError } from "../http/problem.ts"
import { createLivePlans, loadPlanDoc } from "../plans/fold.ts"
import { readManifest, readPack } from "../versions/pack.ts"
import { exportRequestSchema } from "./export-routes.ts"
import { UnprintableError } from "./exporter.ts"

export interface ExportWorker {
  /** Takes no more jobs, and resolves when the running ones have ended. */
  stop(): Promise<void>
}

const IDLE_MS = 300
/** A running job says so this often; one that has been silent for so long is of a dead process, and is taken again. */
const HOLD_MS = 1500
const STALE_MS = 7000

/**
 * Takes export jobs off the queue, `concurrency` at a time in this process; the queue is PostgreSQL's, so any number of
 * processes may do the same. A job runs through the eyes of whoever asked for it.
 */
export function createExportWorker(
  deps: ApiDeps,
  o: { readonly concurrency: number } = { concurrency: 1 },
): ExportWorker {
  const stopping = new AbortController()
  const wakers = new Set<() => void>()
  const unsubscribe = deps.store.hints.subscribe((hint) => {
    if (hint.type === "job" || hint.type === "missed") for (const wake of wakers) wake()
  })
  const working = Promise.all(Array.from({ length: o.concurrency }, () => workUntil(stopping.signal, deps, wakers)))
  return {
    async stop() {
      stopping.abort()
      unsubscribe()
      await working
    },
  }
}

async function workUntil(signal: AbortSignal, deps: ApiDeps, wakers: Set<() => void>): Promise<void> {
  while (!signal.aborted) {
    const job = await claim(deps)
    if (job) await runJob(deps, job)
    else await idle(signal, wakers)
  }
}

/** While the database is away there is no work; whether it is away is the affair of readiness. */
async function claim(deps: ApiDeps): Promise<ClaimedJob | null> {
  try {
    await deps.store.requeueStaleJobs(STALE_MS)
    return await deps.store.claimJob()
  } catch (error) {
    deps.logger.warn({ error: errorPlace(error) }, "no jobs can be claimed")
    return null
  }
}

const idle = (signal: AbortSignal, wakers: Set<() => void>): Promise<void> =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      wakers.delete(wake)
      signal.removeEventListener("abort", wake)
      resolve()
    }
    const timer = setTimeout(wake, IDLE_MS)
    wakers.add(wake)
    signal.addEventListener("abort", wake)
  })

/** One job to its end, whatever that is; exported so that tests need no loop. */
export async function runJob(deps: ApiDeps, job: ClaimedJob): Promise<void> {
  const hold = holdWhile(deps, job)
  try {
    const file = await Promise.race([makeFile(deps, job), hold.lost])
    if (file === null) return
    await deps.store.finishJob(job.id, { file })
    countJob(deps, job, "done")
  } catch (error) {
    deps.logger.error({ job: job.id, error: errorPlace(error) }, "export failed")
    countJob(deps, job, "failed")
    await deps.store.finishJob(job.id, { error: codeOf(error) }).catch(() => undefined) // away again: it is requeued when stale
  } finally {
    hold.release()
  }
}

/** Keeps the job while it is made; `lost` when it was cancelled, or is another worker's, and need not be made to its end. */
function holdWhile(deps: ApiDeps, job: ClaimedJob): { readonly lost: Promise<null>; release(): void } {
  let timer: ReturnType<typeof setInterval>
  const lost = new Promise<null>((resolve) => {
    timer = setInterval(() => {
      deps.store.holdJob(job).then(
        (isHeld) => (isHeld ? undefined : resolve(null)),
        () => undefined, // the database is away: nobody else can take it meanwhile
      )
    }, HOLD_MS)
  })
  return { lost, release: () => clearInterval(timer) }
}

/** An export for one delegation is known to that delegation alone. */
function countJob(deps: ApiDeps, { format, audience }: ClaimedJob, outcome: "done" | "failed"): void {
  if (audience === "shared") deps.metrics.count("alternat_jobs_total", { format, outcome })
}

function codeOf(error: unknown): string {
  if (error instanceof UnprintableError) return "bad_characters"
  return error instanceof ProblemError ? error.problem.code : "internal"
}

const READING: Bilingual = { en: "Reading the plan", ru: "Чтение плана" }
const RENDERING: Bilingual = { en: "Setting the pages", ru: "Верстка страниц" }

async function makeFile(deps: ApiDeps, job: ClaimedJob): Promise<NewFile> {
  await deps.store.reportJob(job.id, 10, READING)
  const reader = { userId: job.userId }
  const { version, format } = job
  if (version !== null) {
    const stored = await deps.store.withReader(reader, (tx) => readVersionFile(tx, job, version))
    if (stored) return stored
  }
  const source = await deps.store.withReader(reader, (tx) => readSource(tx, job))
  if (format === "json") return planFile(source.plan, job)
  assert(format !== "pack", "a pack is always of a version")
  await deps.store.reportJob(job.id, 40, RENDERING)
  const file = await deps.exporter.render(format, source, optionsOf(job))
  return { ...file, name: fileName(job, format) }
}

/** What a version has already is given as it is: two renderings of one version would be two documents. */
async function readVersionFile(tx: ReaderTx, job: ClaimedJob, number: number): Promise<NewFile | null> {
  if (job.format === "pack") {
    return { name: fileName(job, "zip"), type: "application/zip", bytes: await readPack(tx, job.planId, number) }
  }
  const name = job.format === "pdf" ? await originalName(tx, job, number) : STORED[job.format]
  const file = name === null ? null : await tx.versionFile(job.planId, number, name)
  return file && { ...file, name: fileName(job, job.format) }
}
const STORED = { docx: "plan.docx", json: "plan.json" } as const

async function originalName(tx: ReaderTx, job: ClaimedJob, number: number): Promise<string | null> {
  const manifest = await readManifest(tx, job.planId, number)
  return manifest.parties.find((party) => party.code === optionsOf(job).original)?.original ?? null
}

async function readSource(tx: ReaderTx, job: ClaimedJob): Promise<ExportSource> {
  if (job.version !== null) {
    const version = await tx.version(job.planId, job.version)
    assert(version, "a version that was asked for stays")
    const parsed = parseCanonical(version.plan)
    assert(parsed.ok, "a stored plan.json is canonical")
    return { plan: parsed.value as PlanDocument, standing: version.standing, version: version.info }
  }
  const live = createLivePlans().read(await loadPlanDoc(tx, job.planId))
  const standing = await tx.standing(job.planId)
  return {
    plan: live.plan,
    proposals: live.proposals.filter((proposal) => proposal.status === "open"),
    tableProposals: live.tableProposals.filter((proposal) => proposal.status === "open"),
    ...(standing ? { standing } : {}),
    version: null,
    at: tx.now.toISOString(),
  }
}

function optionsOf(job: ClaimedJob): RenderOptions {
  const { format, audience, version } = job
  const { original, first, brackets } = exportRequestSchema.parse({ format, audience, version, ...job.options })
  return { audience, original, first, brackets }
}

const planFile = (plan: PlanDocument, job: ClaimedJob): NewFile => ({
  name: fileName(job, "json"),
  type: "application/json",
  bytes: planBytes(plan),
})

const fileName = (job: ClaimedJob, extension: string): string =>
  `${job.planId}-${job.version === null ? "draft" : `v${job.version}`}.${extension}`
