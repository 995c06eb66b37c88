import { randomBytes } from "node:crypto"
import type { StandingChange } from "@alternat/plan"
import type { Queryable, Sql, Tx } from "./connect.ts"
import { json } from "./connect.ts"
import type { NewDoc, NewPlan, NewRanking, NewThread } from "./contract/new-plan.ts"
import { appendEvents } from "./events/event-chain.ts"
import { packBatch } from "./log/batch-bytes.ts"
import { addRecord } from "./plans.ts"
import { commitmentOf } from "./rankings.ts"
import { applyStandingChanges } from "./standing/write-standing.ts"

/** Writes a plan and its history in one transaction, as the tables' owner: both caucuses are in it, so no reader could. */
export const installPlan = (owner: Sql, plan: NewPlan, newId: () => string): Promise<boolean> =>
  owner.begin((tx) => writePlan(tx, plan, newId))

/** The same inside a transaction that writes more than the plan. */
export async function writePlan(tx: Tx, plan: NewPlan, newId: () => string): Promise<boolean> {
  assertWhole(plan)
  const [made] = await tx`
    insert into plan (id, title, short_title, party_a, party_b, status, created_at)
    values (${plan.id}, ${json(plan.title)}::jsonb, ${json(plan.shortTitle)}::jsonb, ${plan.parties[0]},
            ${plan.parties[1]}, ${plan.standing.status}, ${plan.at})
    on conflict (id) do nothing
    returning id`
  if (!made) return false
  for (const { userId, name, language } of plan.people)
    await tx`
      insert into person (id, name_en, name_ru, language) values (${userId}, ${name.en}, ${name.ru}, ${language})
      on conflict (id) do nothing`
  for (const { userId, party, roles } of plan.members)
    await tx`
      insert into member (plan_id, user_id, party, roles)
      values (${plan.id}, ${userId}, ${party}, ${[...roles]}::text[])`
  for (const doc of plan.docs) await writeDoc(tx, plan, doc)
  await applyStandingChanges(tx, plan.id, standingChanges(plan))
  for (const event of plan.events) {
    const author = { actor: null, party: event.party ?? null, role: event.role ?? null, at: new Date(plan.at) }
    await appendEvents(tx, plan.id, "shared", author, [event])
  }
  for (const thread of plan.comments) await writeThread(tx, plan, thread, newId)
  await addRecord(tx, plan.id, newId, plan.record)
  for (const ranking of plan.rankings) await writeRanking(tx, plan.id, ranking)
  return true
}

function assertWhole({ docs, parties }: NewPlan): void {
  const spaces = docs.map((doc) => `${doc.space}:${doc.party ?? ""}`).sort()
  const wanted = ["plan:", ...parties.map((party) => `caucus:${party}`)].sort()
  if (spaces.join() !== wanted.join())
    throw new Error("broken invariant: a plan has one document and one caucus per party")
}

const standingChanges = ({ standing }: NewPlan): readonly StandingChange[] => [
  ...Object.entries(standing.clauses).map(([clauseId, standing]) => ({ type: "clause", clauseId, standing }) as const),
  ...Object.entries(standing.lines).map(([lineId, standing]) => ({ type: "line", lineId, standing }) as const),
]

async function writeDoc(sql: Queryable, plan: NewPlan, doc: NewDoc): Promise<void> {
  const id = randomBytes(16).toString("base64url")
  await sql`
    insert into doc (id, plan_id, space, party, schema_version, head_seq, updated_at)
    values (${id}, ${plan.id}, ${doc.space}, ${doc.party}, ${doc.schemaVersion}, ${doc.updates.length},
            ${doc.updates.at(-1)?.at ?? plan.at})`
  for (const [i, { bytes, author, at }] of doc.updates.entries())
    await sql`
      insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
      values (${id}, ${i + 1}, ${i + 1}, ${[author]}::text[], ${packBatch([bytes])}, ${at ?? plan.at})`
  for (const { clientId, author } of doc.clients)
    await sql`insert into client_author (doc_id, client_id, author) values (${id}, ${clientId}, ${author})`
}

async function writeThread(sql: Queryable, plan: NewPlan, thread: NewThread, newId: () => string): Promise<void> {
  const id = newId()
  await sql`
    insert into comment (plan_id, id, audience, target, status, due, created_at)
    values (${plan.id}, ${id}, ${thread.audience}, ${json(thread.target)}::jsonb, ${thread.status},
            ${thread.due}::text::date, ${thread.entries[0]?.at ?? plan.at})`
  for (const { userId, party, role, at, text } of thread.entries)
    await sql`
      insert into comment_entry (plan_id, comment_id, id, audience, user_id, party, role, text, at)
      values (${plan.id}, ${id}, ${newId()}, ${thread.audience}, ${userId}, ${party}, ${role}, ${text}, ${at})`
}

async function writeRanking(sql: Queryable, planId: string, ranking: NewRanking): Promise<void> {
  const salt = randomBytes(16).toString("hex")
  await sql`
    insert into ranking (plan_id, party, user_id, ranks, reason, salt, commitment, committed_at, revealed_at)
    values (${planId}, ${ranking.party}, ${ranking.userId}, ${json(ranking.ranks)}::jsonb,
            ${ranking.reason ? json(ranking.reason) : null}::jsonb, ${salt}, ${commitmentOf(salt, ranking.ranks)},
            ${ranking.committedAt}, ${ranking.revealedAt})`
}
