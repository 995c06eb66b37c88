import type { Actor } from "@alternat/plan"
import type { Queryable } from "../connect.ts"

/** Where somebody sits while being told things: by which session, in which plan, for which side, in which roles. */
export interface Seat {
  readonly sessionId: string
  readonly planId: string
  readonly actor: Pick<Actor, "userId" | "party" | "roles">
}

/** Those whose session is over or whose place in the plan is no longer the same: one question for all of them. */
export async function readEndedSeats<S extends Seat>(
  sql: Queryable,
  seats: readonly S[],
  now: Date,
): Promise<readonly S[]> {
  const rows = await sql<{ ordinal: number }[]>`
    select o.ordinal::int as ordinal
      from unnest(${seats.map((seat) => seat.sessionId)}::text[], ${seats.map((seat) => seat.actor.userId)}::text[],
                  ${seats.map((seat) => seat.planId)}::text[], ${seats.map((seat) => seat.actor.party ?? "")}::text[],
                  ${seats.map((seat) => rolesText(seat.actor.roles))}::text[])
           with ordinality o (session_id, user_id, plan_id, party, roles, ordinal)
     where not exists (
             select 1
               from auth_session s
               join member m on m.user_id = s.user_id and m.plan_id = o.plan_id
              where s.id = o.session_id and s.user_id = o.user_id and s.expires_at > ${now}
                and coalesce(m.party, '') = o.party
                and (select coalesce(string_agg(distinct r.role collate "C", ',' order by r.role collate "C"), '')
                       from unnest(m.roles || array(
                              select 'head' from acting_head a
                               where a.plan_id = m.plan_id and a.user_id = m.user_id
                                 and ${now} between a.from_at and a.until_at)) r (role)) = o.roles)`
  return rows.flatMap(({ ordinal }) => seats[ordinal - 1] ?? [])
}

const rolesText = (roles: readonly string[]): string => [...new Set(roles)].toSorted().join(",")
