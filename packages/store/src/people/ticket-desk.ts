import { randomBytes } from "node:crypto"
import type { PartyCode, Role, SyncTicket } from "@alternat/plan"
import { StorageAwayError, type TicketBearer, type TicketDesk } from "@alternat/room"
import type { Queryable, Sql } from "../connect.ts"
import { errorText } from "../connect.ts"
import { gather } from "../log/gather.ts"
import type { ReaderContext } from "../reader-context.ts"
import { parseRoomName, roomName } from "../room-name.ts"
import { sha256Bytes, sha256Hex } from "../sha256.ts"
import { within } from "../within.ts"
import { readEndedSeats } from "./ended-seats.ts"

/** A connection that has died unnoticed swallows its question; the next one is asked on another. */
const PATIENCE_MS = 5000

/** Secretary, observer and administrator read; everybody who speaks for a delegation writes, within the guard's rules. */
const EDITORS: readonly Role[] = ["head", "drafter", "legal", "translator", "budget", "expert"]

/** A ticket opens one document's room for one session. Only its hash is kept. */
export async function issueTicket(
  { tx, reader, now }: ReaderContext,
  request: { planId: string; space: "plan" | "caucus"; sessionId: string; ttlMs: number },
): Promise<SyncTicket | null> {
  const [doc] = await tx<{ id: string; epoch: number; schema_version: number }[]>`
    select d.id, d.epoch, d.schema_version
      from doc d
     where d.plan_id = ${request.planId} and d.space = ${request.space}
       and (d.space = 'plan' or d.party = (select s.party from reader_seats() s where s.plan_id = d.plan_id))`
  if (!doc) return null
  const ticket = randomBytes(24).toString("base64url")
  const expiresAt = new Date(now.getTime() + request.ttlMs)
  await tx`
    insert into ticket (hash, doc_id, plan_id, user_id, session_id, expires_at)
    values (${sha256Bytes(ticket)}, ${doc.id}, ${request.planId}, ${reader.userId}, ${request.sessionId}, ${expiresAt})`
  return {
    room: roomName({ doc: doc.id, epoch: doc.epoch, schemaVersion: doc.schema_version }),
    ticket,
    expiresAt: expiresAt.toISOString(),
  }
}

interface BearerRow {
  /** the how-manieth of the tickets asked about, from 1 */
  readonly ordinal: number
  readonly user_id: string
  readonly session_id: string
  readonly name: string
  readonly party: PartyCode | null
  readonly roles: Role[]
  readonly doc_id: string
  readonly plan_id: string
  readonly space: "plan" | "caucus"
}

/** Looks at tickets as `alternat_sync`. The epoch in the room's name is the transport's to compare: 4409, not 4401. */
export function createTicketDesk(sql: Sql, now: () => Date): TicketDesk {
  // a thousand clients that come back at once are a few questions
  const bearerOf = gather((tickets: readonly Presented[]) => readBearers(sql, tickets, now()), {
    atMost: 250,
    lanes: 2,
    patienceMs: PATIENCE_MS,
  })
  return {
    verify: async (room, ticket) => {
      const name = parseRoomName(room)
      return name && ticket.length <= 200 ? orAway(bearerOf({ doc: name.doc, ticket })) : null
    },
    ended: (bearers) => {
      const seats = bearers.map((bearer) => ({
        sessionId: bearer.sessionId,
        planId: bearer.planId,
        actor: bearer,
        bearer,
      }))
      const ask = async () => new Set((await readEndedSeats(sql, seats, now())).map(({ bearer }) => bearer))
      return orAway(within(PATIENCE_MS, ask))
    },
  }
}

interface Presented {
  readonly doc: string
  readonly ticket: string
}

export async function readBearers(
  sql: Queryable,
  presented: readonly Presented[],
  now: Date,
): Promise<readonly (TicketBearer | null)[]> {
  // as one text: the driver has no arrays of bytes, and looks at each element of those that it has
  const hashes = presented.map(({ ticket }) => sha256Hex(ticket)).join(" ")
  const rows = await sql<BearerRow[]>`
    select k.ordinal, t.user_id, t.session_id, t.doc_id, t.plan_id, d.space, m.party,
           case p.language when 'ru' then p.name_ru else p.name_en end as name,
           m.roles || array(select 'head' from acting_head a where a.plan_id = m.plan_id
              and a.user_id = m.user_id and ${now} between a.from_at and a.until_at) as roles
      from unnest(string_to_array(${hashes}, ' ')) with ordinality k (hash, ordinal)
      join ticket t on t.hash = decode(k.hash, 'hex') and t.expires_at > ${now}
      join auth_session s on s.id = t.session_id and s.expires_at > ${now}
      join doc d on d.id = t.doc_id
      join member m on m.plan_id = t.plan_id and m.user_id = t.user_id
      join person p on p.id = t.user_id
     where d.space = 'plan' or d.party = m.party`
  const found = new Map(rows.map((row) => [row.ordinal, row]))
  return presented.map(({ doc }, i) => {
    const row = found.get(i + 1)
    return row && row.doc_id === doc ? toBearer(row) : null
  })
}

const toBearer = (row: BearerRow): TicketBearer => ({
  userId: row.user_id,
  sessionId: row.session_id,
  name: row.name,
  party: row.party,
  // the driver's array has room to grow, and this one stays as long as its socket
  roles: row.roles.slice(),
  doc: row.doc_id,
  planId: row.plan_id,
  space: row.space,
  mayEdit: row.party !== null && row.roles.some((role) => EDITORS.includes(role)),
})

async function orAway<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new StorageAwayError(errorText(error), { cause: error })
  }
}

/** Tickets of the ended sessions go with them; expired ones are swept here. */
export async function endSession(sql: Sql, sessionId: string): Promise<void> {
  await sql`delete from auth_session where id = ${sessionId}`
  await sql`delete from ticket where expires_at < now() - interval '1 day'`
}

export async function endSessionsOf(sql: Sql, userId: string): Promise<void> {
  await sql`delete from auth_session where user_id = ${userId}`
}
