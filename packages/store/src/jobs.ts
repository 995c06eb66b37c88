import type { Bilingual, ExportFormat, JobInfo } from "@alternat/plan"
import type { Queryable, Sql } from "./connect.ts"
import { json } from "./connect.ts"
import type { ClaimedJob, NewJob } from "./contract/jobs.ts"
import type { NewFile, StoredFile } from "./contract/versions.ts"
import { tellHint } from "./log/feeds.ts"
import type { ReaderContext } from "./reader-context.ts"
import { sha256Hex } from "./sha256.ts"

/** A job that ends its process this often is given up. */
const MOST_ATTEMPTS = 3
/** waiting or being made, of one person in all plans */
export const MOST_UNFINISHED_JOBS = 10

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

/** `null`: the reader has as many unfinished ones as anybody may have. */
export async function createJob(
  { tx, reader, now, newId }: ReaderContext,
  planId: string,
  job: NewJob,
): Promise<JobInfo | null> {
  // one request of a person after the other, or two of them would count the same
  await tx`select pg_advisory_xact_lock(hashtextextended(${`export:${reader.userId}`}, 0))`
  const [unfinished] = await tx<{ count: number }[]>`
    select count(*)::int as count from job where user_id = ${reader.userId} and status in ('queued', 'running')`
  if ((unfinished?.count ?? 0) >= MOST_UNFINISHED_JOBS) return null
  const id = newId()
  await tx`
    insert into job (id, plan_id, user_id, audience, format, version, options, status, created_at, touched_at)
    values (${id}, ${planId}, ${reader.userId}, ${job.audience}, ${job.format}, ${job.version},
            ${json(job.options ?? {})}::jsonb, 'queued', ${now}, ${now})`
  return { id, format: job.format, status: "queued", progress: 0, step: null, file: null, error: null }
}

/** The reader's own; nobody else's. */
export async function readJob(sql: Queryable, planId: string, jobId: string): Promise<JobInfo | null> {
  const [row] = await selectJobs(sql, sql`j.plan_id = ${planId} and j.id = ${jobId}`)
  return row ?? null
}

/** The reader's own of a plan, the latest first. */
export const readJobs = (sql: Queryable, planId: string): Promise<readonly JobInfo[]> =>
  selectJobs(sql, sql`j.plan_id = ${planId}`)

async function selectJobs(sql: Queryable, which: ReturnType<Queryable>): Promise<readonly JobInfo[]> {
  const rows = await sql<JobRow[]>`
    select j.id, j.format, j.status, j.progress, j.step, j.error, f.name, length(f.bytes) as size
      from job j left join job_file f on f.job_id = j.id
     where ${which}
     order by j.created_at desc, j.id
     limit 50`
  return rows.map(({ name, size, ...info }) => ({
    ...info,
    file: name !== null && size !== null ? { name, size } : null,
  }))
}

/** An unfinished job ends as cancelled, a finished one goes with its file. False: the reader has no such job. */
export async function cancelJob({ tx }: ReaderContext, planId: string, jobId: string): Promise<boolean> {
  const cancelled = await tx`
    update job set status = 'cancelled'
     where plan_id = ${planId} and id = ${jobId} and status in ('queued', 'running')
    returning id`
  if (cancelled.length > 0) return true
  return (await tx`delete from job where plan_id = ${planId} and id = ${jobId} returning id`).length > 0
}

export async function readJobFile(sql: Queryable, planId: string, jobId: string): Promise<StoredFile | null> {
  const [row] = await sql<StoredFile[]>`
    select f.name, f.type, f.bytes, f.sha256
      from job_file f join job j on j.id = f.job_id
     where j.plan_id = ${planId} and j.id = ${jobId}`
  return row ?? null
}

/**
 * The next by turns: first of the side that was served longest ago, then of the person of that side, then the oldest. Sixty
 * jobs of one person so cost the other side the wait for one. Workers on all nodes take without waiting for each other.
 */
export async function claimJob(sql: Sql): Promise<ClaimedJob | null> {
  const [row] = await sql<(Omit<ClaimedJob, "planId" | "userId"> & { plan_id: string; user_id: string })[]>`
    with served as (
      select j.user_id, coalesce(m.party, '') as side, max(j.claimed_at) as at
        from job j left join member m on m.plan_id = j.plan_id and m.user_id = j.user_id
       where j.claimed_at > now() - interval '1 hour'
       group by 1, 2
    )
    update job set status = 'running', attempts = attempts + 1, touched_at = now(), claimed_at = clock_timestamp()
     where id = (
       select j.id
         from job j left join member m on m.plan_id = j.plan_id and m.user_id = j.user_id
        where j.status = 'queued'
        order by (select max(s.at) from served s where s.side = coalesce(m.party, '')) nulls first,
                 (select max(s.at) from served s where s.user_id = j.user_id) nulls first,
                 j.created_at, j.id
        limit 1 for update of j skip locked)
    returning id, plan_id, user_id, audience, format, version, options, attempts`
  if (!row) return null
  const { plan_id, user_id, ...job } = row
  return { ...job, planId: plan_id, userId: user_id }
}

/** What a dead process left running: it begins again. Too many times means that the job itself is what kills. */
export async function requeueStaleJobs(sql: Sql, olderThanMs: number): Promise<number> {
  const rows = await sql`
    update job
       set status = case when attempts >= ${MOST_ATTEMPTS} then 'failed' else 'queued' end,
           error = case when attempts >= ${MOST_ATTEMPTS} then 'given up after several attempts' end,
           progress = 0, step = null, touched_at = now()
     where status = 'running' and touched_at < now() - ${olderThanMs} * interval '1 millisecond'
    returning id`
  return rows.length
}

/** Says that its worker lives. False: it is no longer to be made: cancelled, or another worker has it. */
export async function holdJob(sql: Sql, { id, attempts }: ClaimedJob): Promise<boolean> {
  const rows = await sql`
    update job set touched_at = now() where id = ${id} and status = 'running' and attempts = ${attempts} returning id`
  return rows.length > 0
}

export async function reportJob(sql: Sql, jobId: string, progress: number, step: Bilingual | null): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      update job set progress = ${Math.round(progress)}, step = ${step ? json(step) : null}::jsonb, touched_at = now()
       where id = ${jobId} and status = 'running'`
    await tellOfJob(tx, jobId)
  })
}

/** Nothing happens to a job that was cancelled, or is finished already, meanwhile. */
export async function finishJob(
  sql: Sql,
  jobId: string,
  outcome: { readonly file: NewFile } | { readonly error: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    const isDone = "file" in outcome
    const finished = await tx`
      update job
         set status = ${isDone ? "done" : "failed"}, error = ${isDone ? null : outcome.error},
             progress = case when ${isDone} then 100 else progress end, step = null, touched_at = now()
       where id = ${jobId} and status = 'running'
      returning id`
    if (finished.length === 0) return
    if (isDone) {
      const { name, type, bytes } = outcome.file
      await tx`
        insert into job_file (job_id, name, type, bytes, sha256)
        values (${jobId}, ${name}, ${type}, ${Buffer.from(bytes)}, ${sha256Hex(bytes)})
        on conflict (job_id) do nothing`
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
