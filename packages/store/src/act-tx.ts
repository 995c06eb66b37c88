import type { Result } from "@alternat/plan"
import { err } from "@alternat/plan"
import type { DocId } from "@alternat/room"
import { linkActUpdates } from "./authorship/read-authorship.ts"
import type { ActTx, LockedDoc } from "./contract/acts.ts"
import type { Hint } from "./contract/feeds.ts"
import type { Reader } from "./contract/reader.ts"
import { appendEvents } from "./events/event-chain.ts"
import { appendUpdates } from "./log/append.ts"
import { tellHint } from "./log/feeds.ts"
import { appointActingHead } from "./people/acting-heads.ts"
import { readActor, speaksAs } from "./people/members.ts"
import { addNotifications } from "./people/notifications.ts"
import { addRecord } from "./plans.ts"
import type { ReaderContext } from "./reader-context.ts"
import { createReaderTx, inReaderTransaction, type Shell } from "./reader-tx.ts"
import { readStanding } from "./standing/read-standing.ts"
import { applyStandingChanges } from "./standing/write-standing.ts"
import { addSignature, addVersionFile, createVersion, setVersionStatus } from "./versions/versions.ts"

/** Carries an `err` out through the rollback. */
class Refused<E> extends Error {
  readonly error: E
  constructor(error: E) {
    super("refused")
    this.error = error
  }
}

/** See `Store.transactAct`. The document's row is locked first thing here, so callers do their slow reading before. */
export async function transactAct<T, E>(
  shell: Shell,
  planId: string,
  reader: Reader,
  options: { readonly caucus: boolean },
  fn: (tx: ActTx) => Promise<Result<T, E>>,
): Promise<Result<T, E> | null> {
  try {
    return await inReaderTransaction(shell, reader, async (context) => {
      const docs = await lockDocs(context, planId, options.caucus)
      const before = docs.plan ? await readStanding(context.tx, planId) : null
      if (!docs.plan || !before) return null
      const hints = new Set<Hint["type"]>(["standing"])
      const done: Done = { events: [], seqs: [] }
      const tx = createActTx(context, planId, { plan: docs.plan, caucus: docs.caucus }, before, { hints, done })
      const result = await fn(tx)
      if (!result.ok) throw new Refused(result.error)
      await linkActUpdates(context.tx, docs.plan.doc, done.seqs, done.events)
      await raiseRules(context, docs.plan.doc)
      for (const type of hints)
        await tellHint(context.tx, { planId, audience: "shared", type, userId: null, rev: tx.nextRulesRev })
      return result
    })
  } catch (error) {
    if (error instanceof Refused) return err(error.error as E)
    throw error
  }
}

/** What the act has done so far: its events, and where in the plan's log it wrote. */
interface Done {
  readonly events: number[]
  readonly seqs: number[]
}

async function lockDocs(
  { tx }: ReaderContext,
  planId: string,
  withCaucus: boolean,
): Promise<{ readonly plan: LockedDoc | null; readonly caucus: LockedDoc | null }> {
  const rows = await tx<{ id: string; space: string; epoch: number; rules_rev: number; head_seq: number }[]>`
    select d.id, d.space, d.epoch, d.rules_rev, d.head_seq
      from doc d
     where d.plan_id = ${planId} and (d.space = 'plan' or ${withCaucus})
     order by d.id
       for update`
  const pick = (space: string): LockedDoc | null => {
    const row = rows.find((found) => found.space === space)
    return row ? { doc: row.id, epoch: row.epoch, rulesRev: row.rules_rev, headSeq: row.head_seq } : null
  }
  return { plan: pick("plan"), caucus: pick("caucus") }
}

function createActTx(
  context: ReaderContext,
  planId: string,
  docs: { readonly plan: LockedDoc; readonly caucus: LockedDoc | null },
  before: ActTx["before"],
  { hints, done }: { readonly hints: Set<Hint["type"]>; readonly done: Done },
): ActTx {
  const { tx, newId } = context
  return {
    ...createReaderTx(context),
    planId,
    doc: docs.plan,
    caucus: docs.caucus,
    before,
    nextRulesRev: docs.plan.rulesRev + 1,
    applyStandingChanges: (changes) => applyStandingChanges(tx, planId, changes),
    appendEvents: async (events) => {
      const actor = await readActor(context, planId)
      hints.add("events")
      const author = {
        actor: context.reader.userId,
        party: actor?.party ?? null,
        role: speaksAs(actor),
        at: context.now,
      }
      const entries = await appendEvents(tx, planId, "shared", author, events)
      done.events.push(...entries.map((entry) => entry.seq))
      return entries
    },
    appendUpdate: async (doc, update) => {
      const locked = doc === docs.plan.doc ? docs.plan : doc === docs.caucus?.doc ? docs.caucus : null
      if (!locked) throw new Error("broken invariant: an act writes to a document it has not locked")
      const seq = await appendServerUpdate(context, locked, update)
      if (locked === docs.plan) done.seqs.push(seq)
      return seq
    },
    createVersion: async (version) => {
      hints.add("version")
      return createVersion(context, planId, (await readActor(context, planId))?.party ?? null, version)
    },
    addVersionFile: (number, file) => addVersionFile(tx, planId, number, file),
    setVersionStatus: (number, status) => {
      hints.add("version")
      return setVersionStatus(tx, planId, number, status)
    },
    addSignature: (number, request) => {
      hints.add("version")
      return addSignature(context, planId, number, request)
    },
    addRecord: (entries) => addRecord(tx, planId, newId, entries),
    appointActingHead: (appointment) => appointActingHead(context, planId, appointment),
    notify: (notifications) => addNotifications(context, planId, notifications),
  }
}

async function appendServerUpdate(
  { tx }: ReaderContext,
  { doc, rulesRev }: LockedDoc,
  { bytes, clientId }: { readonly bytes: Uint8Array; readonly clientId: number },
): Promise<number> {
  const author = "server"
  const [outcome] = await appendUpdates(tx, [
    { doc, rulesRev, updates: [{ author, bytes }], newClients: [{ clientId, author }] },
  ])
  if (outcome?.type !== "appended") throw new Error(`broken invariant: a server update was ${outcome?.type ?? "lost"}`)
  return outcome.lastSeq
}

/** [LOG5]: what was judged by the rules before this act is judged again. The nodes hear of it on commit. */
async function raiseRules({ tx }: ReaderContext, doc: DocId): Promise<void> {
  await tx`
    with raised as (
      update doc set rules_rev = rules_rev + 1 where id = ${doc} returning id, head_seq, rules_rev)
    select pg_notify('alternat_log', json_build_array(json_build_array(id, head_seq, rules_rev))::text) from raised`
}
