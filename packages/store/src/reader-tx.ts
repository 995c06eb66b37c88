import { readActEvents, readPlanLog, readWriters } from "./authorship/read-authorship.ts"
import {
  readCommentCounts,
  readCommentPage,
  readEntryPage,
  readOpenOnClauses,
  readThread,
} from "./comments/read-comments.ts"
import { addComment, reply, setCommentStatus } from "./comments/write-comments.ts"
import type { Sql } from "./connect.ts"
import type { Reader } from "./contract/reader.ts"
import type { ReaderTx } from "./contract/reads.ts"
import { readEvents } from "./events/event-chain.ts"
import { cancelJob, createJob, readJob, readJobFile, readJobs } from "./jobs.ts"
import { readStoredDoc } from "./log/read-doc.ts"
import { readActingHeads } from "./people/acting-heads.ts"
import { readActor, readMe, readMembers, setLanguage } from "./people/members.ts"
import { markNotificationsRead, readNotifications } from "./people/notifications.ts"
import { issueTicket } from "./people/ticket-desk.ts"
import { readPlans, readRecord } from "./plans.ts"
import { commitRanking, readRankings, takeBackRanking } from "./rankings.ts"
import type { ReaderContext } from "./reader-context.ts"
import { readStanding } from "./standing/read-standing.ts"
import { readSignatures, readVersion, readVersionFile, readVersions } from "./versions/versions.ts"

/** What a transaction needs beside its connection. */
export interface Shell {
  readonly app: Sql
  readonly now: () => Date
  readonly newId: () => string
}

/** Opens a transaction and says who reads. The setting ends with the transaction: no pooled session keeps a reader. */
export async function inReaderTransaction<T>(
  { app, now, newId }: Shell,
  reader: Reader,
  fn: (context: ReaderContext) => Promise<T>,
): Promise<T> {
  // Boxed, because postgres.js would wait for every promise in a returned array.
  const box = await app.begin(async (tx) => {
    await tx`select set_config('alternat.reader', ${reader.userId}, true)`
    return { value: await fn({ tx, reader, now: now(), newId }) }
  })
  return box.value
}

/** The reader-aware query layer. Every question runs under row-level security for this reader. */
export function createReaderTx(context: ReaderContext): ReaderTx {
  const { tx } = context
  return {
    reader: context.reader,
    now: context.now,
    me: () => readMe(context),
    setLanguage: (language) => setLanguage(context, language),
    actor: (planId) => readActor(context, planId),
    members: (planId) => readMembers(context, planId),
    actingHeads: (planId) => readActingHeads(context, planId),
    plans: () => readPlans(tx),
    plan: async (planId) => (await readPlans(tx, planId))[0] ?? null,
    standing: (planId) => readStanding(tx, planId),
    loadDoc: (planId, space) => readOwnDoc(context, planId, space),
    planLog: (planId, after) => readPlanLog(tx, planId, after),
    writers: (planId, userIds) => readWriters(tx, planId, userIds),
    actEvents: (planId, seqs) => readActEvents(tx, planId, seqs),
    events: (planId, range) => readEvents(tx, planId, range),
    record: (planId) => readRecord(tx, planId),
    commentPage: (planId, filter) => readCommentPage(tx, planId, filter),
    commentCounts: (planId) => readCommentCounts(tx, planId),
    openOnClauses: (planId, audience) => readOpenOnClauses(tx, planId, audience),
    comment: (planId, threadId) => readThread(tx, planId, threadId),
    commentEntries: (planId, threadId, page) => readEntryPage(tx, planId, threadId, page),
    addComment: (planId, comment) => addComment(context, planId, comment),
    reply: (planId, threadId, text) => reply(context, planId, threadId, text),
    setCommentStatus: (planId, threadId, status) => setCommentStatus(context, planId, threadId, status),
    rankings: (planId) => readRankings(context, planId),
    commitRanking: (planId, ranks, reason) => commitRanking(context, planId, ranks, reason),
    takeBackRanking: (planId) => takeBackRanking(context, planId),
    notifications: () => readNotifications(context),
    markNotificationsRead: (ids) => markNotificationsRead(context, ids),
    versions: (planId) => readVersions(tx, planId),
    version: (planId, number) => readVersion(tx, planId, number),
    versionFile: (planId, number, name) => readVersionFile(tx, planId, number, name),
    signatures: (planId, number) => readSignatures(tx, planId, number),
    createJob: (planId, job) => createJob(context, planId, job),
    job: (planId, jobId) => readJob(tx, planId, jobId),
    jobs: (planId) => readJobs(tx, planId),
    cancelJob: (planId, jobId) => cancelJob(context, planId, jobId),
    jobFile: (planId, jobId) => readJobFile(tx, planId, jobId),
    issueTicket: (request) => issueTicket(context, request),
  }
}

async function readOwnDoc({ tx }: ReaderContext, planId: string, space: "plan" | "caucus") {
  const [doc] = await tx<{ id: string }[]>`
    select d.id from doc d
     where d.plan_id = ${planId} and d.space = ${space}
       and (d.space = 'plan' or d.party = (select s.party from reader_seats() s where s.plan_id = d.plan_id))`
  return doc ? readStoredDoc(tx, doc.id) : null
}
