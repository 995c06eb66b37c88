import type {
  Bilingual,
  CommentAuthor,
  CommentCount,
  CommentEntry,
  CommentTarget,
  CommentThread,
  PartyCode,
  Role,
} from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import type { CommentFilter, CommentPage, EntryPage } from "../contract/comments.ts"
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
  /** of the whole thread, not of what is read of it */
  readonly count: number
}
interface ChangeRow extends Authored {
  readonly status: CommentThread["status"]
}

/** A thread carries its first entry and its latest ones, and its latest changes of status. */
const SHOWN_ENTRIES = 50
const SHOWN_CHANGES = 20
const PAGE = 200

/**
 * The latest threads before the cursor, oldest first. Row-level security filters before anything is counted or cut: a page
 * is as long as the reader's own threads make it, and a cursor that the reader can't see is null like one that never was.
 * A person of the other side is a party and a role: security on `person` leaves the name out of the join.
 */
export async function readCommentPage(
  sql: Queryable,
  planId: string,
  { cursor = null, limit = PAGE, ...filter }: CommentFilter = {},
): Promise<CommentPage | null> {
  if (cursor !== null && !(await isThread(sql, planId, cursor))) return null
  const { status = null, audience = null, on = null, clauseId = null, cell = null } = filter
  const rows = await sql<ThreadRow[]>`
    select id, target, audience, status, due::text as due, created_at
      from comment
     where plan_id = ${planId}
       and (${cursor}::text is null or (created_at, id) < (
             select c.created_at, c.id from comment c where c.plan_id = ${planId} and c.id = ${cursor}))
       and (${status}::text is null or status = ${status})
       and (${audience}::text is null or audience = ${audience})
       and (${on}::text is null or (target->>'type' = 'cell') = (${on} = 'cells'))
       and (${clauseId}::text is null or target->>'clauseId' = ${clauseId})
       and (${cell === null} or (target->>'table' = ${cell?.table ?? ""} and target->>'rowId' = ${cell?.rowId ?? ""}
             and target->>'cell' = any (${[...(cell?.cells ?? [])]}::text[])))
     order by created_at desc, id desc
     limit ${limit + 1}`
  const page = rows.slice(0, limit).toReversed()
  return { threads: await withWords(sql, planId, page), next: rows.length > limit ? (page[0]?.id ?? null) : null }
}

export async function readThread(sql: Queryable, planId: string, threadId: string): Promise<CommentThread | null> {
  const rows = await sql<ThreadRow[]>`
    select id, target, audience, status, due::text as due, created_at
      from comment where plan_id = ${planId} and id = ${threadId}`
  return (await withWords(sql, planId, rows))[0] ?? null
}

async function withWords(
  sql: Queryable,
  planId: string,
  rows: readonly ThreadRow[],
): Promise<readonly CommentThread[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [entries, changes] = await Promise.all([readShownEntries(sql, planId, ids), readChanges(sql, planId, ids)])
  const entriesById = byThread(entries)
  const changesById = byThread(changes)
  return rows.map((row) => {
    const own = entriesById.get(row.id) ?? []
    return {
      id: row.id,
      target: row.target,
      audience: row.audience,
      status: row.status,
      due: row.due,
      createdAt: iso(row.created_at),
      entryCount: own[0]?.count ?? 0,
      entries: own.map(toEntry),
      statusChanges: (changesById.get(row.id) ?? []).map((change) => ({
        status: change.status,
        at: iso(change.at),
        author: toAuthor(change),
      })),
    }
  })
}

function byThread<R extends Authored>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const rowsById = new Map<string, R[]>()
  for (const row of rows) {
    const own = rowsById.get(row.comment_id)
    if (own) own.push(row)
    else rowsById.set(row.comment_id, [row])
  }
  return rowsById
}

const readShownEntries = (sql: Queryable, planId: string, ids: readonly string[]) => sql<EntryRow[]>`
  select e.id, e.comment_id, p.id as user_id, p.name_en, p.name_ru, e.party, e.role, e.text, e.at, e.count
    from (select comment_id, id, user_id, party, role, text, at,
                 count(*) over (partition by comment_id)::int as count,
                 row_number() over (partition by comment_id order by at, id) as place
            from comment_entry
           where plan_id = ${planId} and comment_id = any (${[...ids]}::text[])) e
    left join person p on p.id = e.user_id
   where e.place = 1 or e.place > e.count - ${SHOWN_ENTRIES - 1}
   order by e.at, e.id`

const readChanges = (sql: Queryable, planId: string, ids: readonly string[]) => sql<ChangeRow[]>`
  select c.comment_id, c.status, p.id as user_id, p.name_en, p.name_ru, c.party, c.role, c.at
    from (select comment_id, id, status, user_id, party, role, at,
                 row_number() over (partition by comment_id order by at desc, id desc) as place
            from comment_status_change
           where plan_id = ${planId} and comment_id = any (${[...ids]}::text[])) c
    left join person p on p.id = c.user_id
   where c.place <= ${SHOWN_CHANGES}
   order by c.at, c.id`

/** The latest entries of a thread before the cursor, oldest first; null: no such thread, or no such entry in it. */
export async function readEntryPage(
  sql: Queryable,
  planId: string,
  threadId: string,
  { cursor = null, limit = PAGE }: { readonly cursor?: string | null; readonly limit?: number },
): Promise<EntryPage | null> {
  if (!(await isThread(sql, planId, threadId))) return null
  if (cursor !== null) {
    const [known] = await sql`
      select 1 from comment_entry where plan_id = ${planId} and comment_id = ${threadId} and id = ${cursor}`
    if (!known) return null
  }
  const rows = await sql<EntryRow[]>`
    select e.id, e.comment_id, p.id as user_id, p.name_en, p.name_ru, e.party, e.role, e.text, e.at, 0 as count
      from comment_entry e left join person p on p.id = e.user_id
     where e.plan_id = ${planId} and e.comment_id = ${threadId}
       and (${cursor}::text is null or (e.at, e.id) < (
             select c.at, c.id from comment_entry c
              where c.plan_id = ${planId} and c.comment_id = ${threadId} and c.id = ${cursor}))
     order by e.at desc, e.id desc
     limit ${limit + 1}`
  const page = rows.slice(0, limit).toReversed()
  return { entries: page.map(toEntry), next: rows.length > limit ? (page[0]?.id ?? null) : null }
}

async function isThread(sql: Queryable, planId: string, threadId: string): Promise<boolean> {
  const [known] = await sql`select 1 from comment where plan_id = ${planId} and id = ${threadId}`
  return known !== undefined
}

/** Counts the threads and entries of each place that has any, so that a page can number them without reading one. */
export async function readCommentCounts(sql: Queryable, planId: string): Promise<readonly CommentCount[]> {
  const rows = await sql<(Omit<CommentCount, "latest" | "place"> & Place & { readonly latest: Date })[]>`
    select c.target->>'clauseId' as clause_id, c.target->>'table' as table, c.target->>'rowId' as row_id,
           c.target->>'cell' as cell, c.audience,
           count(*) filter (where c.status = 'open')::int as open,
           count(*) filter (where c.status = 'resolved')::int as resolved,
           sum(e.count)::int as entries,
           greatest(max(e.latest), max(s.latest)) as latest
      from comment c
      join (select comment_id, count(*) as count, max(at) as latest
              from comment_entry where plan_id = ${planId} group by comment_id) e on e.comment_id = c.id
      left join (select comment_id, max(at) as latest
                   from comment_status_change where plan_id = ${planId} group by comment_id) s on s.comment_id = c.id
     where c.plan_id = ${planId}
     group by 1, 2, 3, 4, 5
     order by 1, 2, 3, 4, 5`
  return rows.map(({ clause_id, table, row_id, cell, latest, ...row }) => ({
    place:
      clause_id === null
        ? { type: "cell", table: table ?? "", rowId: row_id ?? "", cell: cell ?? "" }
        : { type: "clause", clauseId: clause_id },
    ...row,
    latest: iso(latest),
  }))
}

interface Place {
  readonly clause_id: string | null
  readonly table: string | null
  readonly row_id: string | null
  readonly cell: string | null
}

/** The open threads of one audience that hang on clauses, however many: the gate of release looks at each. */
export const readOpenOnClauses = (sql: Queryable, planId: string, audience: string) =>
  sql<{ readonly id: string; readonly clauseId: string }[]>`
    select id, target->>'clauseId' as "clauseId"
      from comment
     where plan_id = ${planId} and audience = ${audience} and status = 'open' and target->>'type' <> 'cell'
     order by created_at, id`

const toEntry = (row: EntryRow): CommentEntry => ({
  id: row.id,
  author: toAuthor(row),
  at: iso(row.at),
  text: row.text,
})

const toAuthor = (row: Authored): CommentAuthor => ({
  userId: row.user_id,
  name: nameOf(row),
  party: row.party,
  role: row.role,
})

const nameOf = ({ name_en, name_ru }: Authored): Bilingual | null =>
  name_en !== null && name_ru !== null ? { en: name_en, ru: name_ru } : null
