import type { Bilingual, CommentEntry, CommentTarget, CommentThread, PartyCode, Role } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { json } from "../connect.ts"
import { tellHint } from "../log/feeds.ts"
import { readActor, speaksAs } from "../people/members.ts"
import { iso, type ReaderContext } from "../reader-context.ts"
import type { NewComment } from "../store.ts"

interface ThreadRow {
  readonly id: string
  readonly target: CommentTarget
  readonly audience: CommentThread["audience"]
  readonly status: CommentThread["status"]
  readonly due: string | null
  readonly created_at: Date
}
interface EntryRow {
  readonly id: string
  readonly comment_id: string
  readonly user_id: string | null
  readonly name_en: string | null
  readonly name_ru: string | null
  readonly party: PartyCode | null
  readonly role: Role
  readonly text: string
  readonly at: Date
}

/**
 * The threads this reader may read. A person of the other side is a party and a role: row-level security on `person`
 * leaves the name out of the join, and the user id goes with it.
 */
export async function readComments(
  sql: Queryable,
  planId: string,
  threadId: string | null = null,
): Promise<readonly CommentThread[]> {
  const [threads, entries] = await Promise.all([
    sql<ThreadRow[]>`
      select id, target, audience, status, due::text as due, created_at
        from comment
       where plan_id = ${planId} and (${threadId}::text is null or id = ${threadId})
       order by created_at, id`,
    sql<EntryRow[]>`
      select e.id, e.comment_id, p.id as user_id, p.name_en, p.name_ru, e.party, e.role, e.text, e.at
        from comment_entry e left join person p on p.id = e.user_id
       where e.plan_id = ${planId} and (${threadId}::text is null or e.comment_id = ${threadId})
       order by e.at, e.id`,
  ])
  return threads.map((row) => ({
    id: row.id,
    target: row.target,
    audience: row.audience,
    status: row.status,
    due: row.due,
    createdAt: iso(row.created_at),
    entries: entries.filter((entry) => entry.comment_id === row.id).map(toEntry),
  }))
}

/** null: no member, or the audience is not the reader's. */
export async function addComment(
  context: ReaderContext,
  planId: string,
  comment: NewComment,
): Promise<CommentThread | null> {
  const { tx, now, newId } = context
  const actor = await readActor(context, planId)
  if (!actor || (comment.audience !== "shared" && comment.audience !== actor.party)) return null
  const id = newId()
  await tx`
    insert into comment (plan_id, id, audience, target, status, due, created_at)
    values (${planId}, ${id}, ${comment.audience}, ${json(comment.target)}::jsonb, 'open', ${comment.due}::text::date, ${now})`
  await addEntry(context, planId, id, comment.audience, comment.text)
  return (await readComments(tx, planId, id))[0] ?? null
}

export async function reply(
  context: ReaderContext,
  planId: string,
  threadId: string,
  text: string,
): Promise<CommentThread | null> {
  const [thread] = await context.tx<{ audience: string }[]>`
    select audience from comment where plan_id = ${planId} and id = ${threadId}`
  if (!thread) return null
  await addEntry(context, planId, threadId, thread.audience, text)
  return (await readComments(context.tx, planId, threadId))[0] ?? null
}

export async function setCommentStatus(
  context: ReaderContext,
  planId: string,
  threadId: string,
  status: CommentThread["status"],
): Promise<CommentThread | null> {
  const [thread] = await context.tx<{ audience: string }[]>`
    update comment set status = ${status} where plan_id = ${planId} and id = ${threadId} returning audience`
  if (!thread) return null
  await tellOf(context, planId, thread.audience, threadId)
  return (await readComments(context.tx, planId, threadId))[0] ?? null
}

async function addEntry(
  context: ReaderContext,
  planId: string,
  threadId: string,
  audience: string,
  text: string,
): Promise<void> {
  const { tx, reader, now, newId } = context
  const actor = await readActor(context, planId)
  await tx`
    insert into comment_entry (plan_id, comment_id, id, audience, user_id, party, role, text, at)
    values (${planId}, ${threadId}, ${newId()}, ${audience}, ${reader.userId}, ${actor?.party ?? null},
            ${speaksAs(actor)}, ${text}, ${now})`
  await tellOf(context, planId, audience, threadId)
}

const tellOf = ({ tx }: ReaderContext, planId: string, audience: string, threadId: string): Promise<void> =>
  tellHint(tx, { planId, audience, type: "comments", userId: null, rev: threadId })

const toEntry = (row: EntryRow): CommentEntry => ({
  id: row.id,
  author: {
    userId: row.user_id,
    name: nameOf(row),
    party: row.party,
    role: row.role,
  },
  at: iso(row.at),
  text: row.text,
})

const nameOf = ({ name_en, name_ru }: EntryRow): Bilingual | null =>
  name_en !== null && name_ru !== null ? { en: name_en, ru: name_ru } : null
