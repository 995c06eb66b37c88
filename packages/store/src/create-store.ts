import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { transactAct } from "./act-tx.ts"
import { connect } from "./connect.ts"
import type { Store, StoreOptions } from "./contract/store.ts"
import { verifyChain } from "./events/event-chain.ts"
import { installPlan } from "./install-plan.ts"
import { claimJob, finishJob, holdJob, reportJob, requeueStaleJobs } from "./jobs.ts"
import { createHintFeed, createLogFeed } from "./log/feeds.ts"
import { createPgUpdateLog } from "./log/pg-update-log.ts"
import { warmUp } from "./log/warm-up.ts"
import { isMigrated } from "./migrate.ts"
import { readEndedSeats } from "./people/ended-seats.ts"
import { createSetupDesk } from "./people/setup.ts"
import { createTicketDesk, endSession, endSessionsOf } from "./people/ticket-desk.ts"
import { createReaderTx, inReaderTransaction } from "./reader-tx.ts"
import { within } from "./within.ts"

/** Who asks whether we are ready has a patience of a few seconds: no answer by then is the answer. */
const PING_MS = 3000

/** One store per process. No connection is opened before the first question. */
export function createStore(options: StoreOptions): Store {
  const { urls, maxConnections = 10, now = () => new Date(), newId = randomUUID } = options
  const app = connect(urls.app, { role: "alternat_app", max: maxConnections })
  const sync = connect(urls.sync, { role: "alternat_sync", max: 6 })
  const owner = connect(urls.owner, { role: null, max: 1 })
  const shell = { app, now, newId }
  const closed = new AbortController()
  const feed = createLogFeed(sync)
  // whoever listens to the log will serve newcomers
  const start = async () => {
    await warmUp(sync, now())
    await feed.start()
  }
  const logFeed = startOnce({ ...feed, start }, closed.signal)
  const hintFeed = startOnce(createHintFeed(sync), closed.signal)
  return {
    ping: () => within(PING_MS, async () => ({ migrated: await isMigrated(app) })),
    close: async () => {
      closed.abort()
      await Promise.all([app, sync, owner].map((sql) => sql.end({ timeout: 5 })))
    },
    withReader: (reader, fn) => inReaderTransaction(shell, reader, (context) => fn(createReaderTx(context))),
    transactAct: (planId, reader, options, fn) => transactAct(shell, planId, reader, options, fn),
    installPlan: (plan) => installPlan(owner, plan, newId),
    hasPlan: async (planId) => (await sync`select 1 from plan where id = ${planId}`).length === 1,
    log: createPgUpdateLog(sync),
    feed: logFeed,
    setup: createSetupDesk(owner, now, newId),
    tickets: createTicketDesk(sync, now),
    hints: hintFeed,
    endedSeats: (seats) => within(PING_MS, () => readEndedSeats(sync, seats, now())),
    revokeSession: (sessionId) => endSession(sync, sessionId),
    revokeUser: (userId) => endSessionsOf(sync, userId),
    claimJob: () => claimJob(sync),
    requeueStaleJobs: (olderThanMs) => requeueStaleJobs(sync, olderThanMs),
    holdJob: (job) => holdJob(sync, job),
    reportJob: (jobId, progress, step) => reportJob(sync, jobId, progress, step),
    finishJob: (jobId, outcome) => finishJob(sync, jobId, outcome),
    verifyChain: (planId) => verifyChain(sync, planId),
  }
}

interface Startable<L> {
  readonly subscribe: (listener: L) => () => void
  readonly start: () => Promise<void>
}

/** Listens from the first subscriber on, and tries again until the database is there. `ready` once it listens. */
function startOnce<L>(feed: Startable<L>, closed: AbortSignal) {
  let started = false
  let isReady: () => void
  const ready = new Promise<void>((done) => (isReady = done))
  const run = async () => {
    while (!closed.aborted) {
      try {
        await feed.start()
        return isReady()
      } catch {
        // the database is away: what is missed meanwhile is read from the log when it is back
        await sleep(500, undefined, { ref: false })
      }
    }
  }
  return {
    ready,
    subscribe: (listener: L) => {
      if (!started) void run()
      started = true
      return feed.subscribe(listener)
    },
  }
}
