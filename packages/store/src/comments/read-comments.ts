import type { Bilingual, CommentAuthor, CommentTarget, CommentThread, PartyCode, Role } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { iso } from "../reader-context.ts"

interface ThreadRow {
  readonly id: string
  readonly target: CommentTarget
  readonly audience: CommentThread["audience"]
  readonly status: CommentThread["status"]
  readonly due: string | null
  readonly created_at: Date
}
interface Authored {
  readonly comment_id: string
  readonly user_id: string | null
  readonly name_en: string | null
  readonly name_ru: string | null
  readonly party: PartyCode | null
  readonly role: Role
  readonly at: Date
}
interface EntryRow extends Authored {
  readonly id: string
  readonly text: string
}
interface ChangeRow extends Authored {
  readonly status: CommentThread["status"]
}

/** How many of its latest changes of status a thread carries. */
const SHOWN_CHANGES = 20

/**
 * The threads this reader may read. A person of the other side is a party and a role: row-level security on `person`
 * leaves the name out of the join, and the user id goes with it.
 */
export async function readComments(
  sql: Queryable,
  planId: string,
  threadId: string | null = null,
): Promise<readonly CommentThread[]> {
  const [threads, entries, changes] = await Promise.all([
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
    readChanges(sql, planId, threadId),
  ])
  return threads.map((row) => ({
    id: row.id,
    target: row.target,
    audience: row.audience,
    status: row.status,
    due: row.due,
    createdAt: iso(row.created_at),
    entries: entries
      .filter((entry) => entry.comment_id === row.id)
      .map((entry) => ({ id: entry.id, author: toAuthor(entry), at: iso(entry.at), text: entry.text })),
    statusChanges: changes
      .filter((change) => change.comment_id === row.id)
      .map((change) => ({ status: change.status, at: iso(change.at), author: toAuthor(change) })),
  }))
}

const readChanges = (sql: Queryable, planId: string, threadId: string | null) => sql<ChangeRow[]>`
  select c.comment_id, c.status, p.id as user_id, p.name_en, p.name_ru, c.party, c.role, c.at
    from (select comment_id, id, status, user_id, party, role, at,
                 row_number() over (partition by comment_id order by at desc, id desc) as place
            from comment_status_change
           where plan_id = ${planId} and (${threadId}::text is null or comment_id = ${threadId})) c
    left join person p on p.id = c.user_id
   where c.place <= ${SHOWN_CHANGES}
   order by c.at, c.id`

const toAuthor = (row: Authored): CommentAuthor => ({
  userId: row.user_id,
  name: nameOf(row),
  party: row.party,
  role: row.role,
})

const nameOf = ({ name_en, name_ru }: Authored): Bilingual | null =>
  name_en !== null && name_ru !== null ? { en: name_en, ru: name_ru } : null
