import type { Bilingual, ExportFormat, JobInfo } from "@alternat/plan"
import type { Queryable, Sql } from "./connect.ts"
import { json } from "./connect.ts"
import { tellHint } from "./log/feeds.ts"
import type { ReaderContext } from "./reader-context.ts"
import { sha256Hex } from "./sha256.ts"
import type { ClaimedJob, NewFile, NewJob, StoredFile } from "./store.ts"

/** A job that ends its process this often is given up. */
const MOST_ATTEMPTS = 3

interface JobRow {
  readonly id: string
  readonly format: ExportFormat
  readonly status: JobInfo["status"]
  readonly progress: number
  readonly step: Bilingual | null
  readonly error: string | null
  readonly name: string | null
  readonly size: number | null
}

export async function createJob(
  { tx, reader, now, newId }: ReaderContext,
  planId: string,
  job: NewJob,
): Promise<JobInfo> {
  const id = newId()
  await tx`
    insert into job (id, plan_id, user_id, audience, format, version, options, status, created_at, touched_at)
    values (${id}, ${planId}, ${reader.userId}, ${job.audience}, ${job.format}, ${job.version},
            ${json(job.options ?? {})}::jsonb, 'queued', ${now}, ${now})`
  return { id, format: job.format, status: "queued", progress: 0, step: null, file: null, error: null }
}

/** The reader's own; nobody else's. */
export async function readJob(sql: Queryable, planId: string, jobId: string): Promise<JobInfo | null> {
  const [row] = await sql<JobRow[]>`
    select j.id, j.format, j.status, j.progress, j.step, j.error, f.name, length(f.bytes) as size
      from job j left join job_file f on f.job_id = j.id
     where j.plan_id = ${planId} and j.id = ${jobId}`
  if (!row) return null
  const { name, size, ...info } = row
  return { ...info, file: name !== null && size !== null ? { name, size } : null }
}

export async function readJobFile(sql: Queryable, planId: string, jobId: string): Promise<StoredFile | null> {
  const [row] = await sql<StoredFile[]>`
    select f.name, f.type, f.bytes, f.sha256
      from job_file f join job j on j.id = f.job_id
     where j.plan_id = ${planId} and j.id = ${jobId}`
  return row ?? null
}

/** The oldest in the queue. Workers on all nodes take from it without waiting for each other. */
export async function claimJob(sql: Sql): Promise<ClaimedJob | null> {
  const [row] = await sql<(Omit<ClaimedJob, "planId" | "userId"> & { plan_id: string; user_id: string })[]>`
    update job set status = 'running', attempts = attempts + 1, touched_at = now()
     where id = (select id from job where status = 'queued' order by created_at, id limit 1 for update skip locked)
    returning id, plan_id, user_id, audience, format, version, options, attempts`
  if (!row) return null
  const { plan_id, user_id, ...job } = row
  return { ...job, planId: plan_id, userId: user_id }
}

/** What a dead process left running. Too many times means that the job itself is what kills. */
export async function requeueStaleJobs(sql: Sql, olderThanMs: number): Promise<number> {
  const rows = await sql`
    update job
       set status = case when attempts >= ${MOST_ATTEMPTS} then 'failed' else 'queued' end,
           error = case when attempts >= ${MOST_ATTEMPTS} then 'given up after several attempts' end,
           touched_at = now()
     where status = 'running' and touched_at < now() - ${olderThanMs} * interval '1 millisecond'
    returning id`
  return rows.length
}

export async function reportJob(sql: Sql, jobId: string, progress: number, step: Bilingual | null): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      update job set progress = ${Math.round(progress)}, step = ${step ? json(step) : null}::jsonb, touched_at = now()
       where id = ${jobId} and status = 'running'`
    await tellOfJob(tx, jobId)
  })
}

export async function finishJob(
  sql: Sql,
  jobId: string,
  outcome: { readonly file: NewFile } | { readonly error: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    if ("error" in outcome) {
      await tx`update job set status = 'failed', error = ${outcome.error}, touched_at = now() where id = ${jobId}`
    } else {
      const { name, type, bytes } = outcome.file
      await tx`
        insert into job_file (job_id, name, type, bytes, sha256)
        values (${jobId}, ${name}, ${type}, ${Buffer.from(bytes)}, ${sha256Hex(bytes)})
        on conflict (job_id) do nothing`
      await tx`update job set status = 'done', progress = 100, step = null, touched_at = now() where id = ${jobId}`
    }
    await tellOfJob(tx, jobId)
  })
}

async function tellOfJob(sql: Queryable, jobId: string): Promise<void> {
  const [job] = await sql<{ plan_id: string; audience: string; user_id: string; progress: number }[]>`
    select plan_id, audience, user_id, progress from job where id = ${jobId}`
  if (!job) return
  await tellHint(sql, { planId: job.plan_id, audience: job.audience, type: "job", userId: job.user_id, rev: jobId })
}
