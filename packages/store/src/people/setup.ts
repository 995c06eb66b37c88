import { randomBytes } from "node:crypto"
import { err, ok, type Result } from "@alternat/plan"
import type { Queryable, Sql } from "../connect.ts"
import type { SetupDesk, SetupError } from "../contract/setup.ts"
import { writePlan } from "../install-plan.ts"
import { sha256Bytes } from "../sha256.ts"
import { writeAccount } from "./accounts.ts"

const LIFE_MS = 24 * 3_600_000

/** Works as the tables' owner: before the first member there is no reader through whose eyes it could look. */
export function createSetupDesk(owner: Sql, now: () => Date, newId: () => string): SetupDesk {
  return {
    awaited: async () => !(await hasMembers(owner)),
    makeToken: () =>
      owner.begin(async (tx) => {
        await oneAtATime(tx)
        if (await hasMembers(tx)) return err({ type: "HasMembers" } as const)
        const token = randomBytes(32).toString("base64url")
        const expiresAt = new Date(now().getTime() + LIFE_MS)
        await tx`delete from setup_token where used_at is null`
        await tx`
          insert into setup_token (sha256, made_at, expires_at) values (${sha256Bytes(token)}, ${now()}, ${expiresAt})`
        return ok({ token, expiresAt: expiresAt.toISOString() })
      }),
    check: (token) => checkToken(owner, token, now()),
    redeem: async (token, accounts, plan) => {
      try {
        return await owner.begin(async (tx) => {
          await oneAtATime(tx)
          const checked = await checkToken(tx, token, now())
          if (!checked.ok) return checked
          for (const account of accounts) if (!(await writeAccount(tx, account))) throw new EmailTaken(account.email)
          if (!(await writePlan(tx, plan, newId))) throw new Error("broken invariant: a new plan's id is taken")
          await tx`update setup_token set used_at = ${now()} where sha256 = ${sha256Bytes(token)}`
          return ok(null)
        })
      } catch (error) {
        if (error instanceof EmailTaken) return err({ type: "EmailTaken", email: error.email } as const)
        throw error
      }
    },
  }
}

/** Thrown to roll back the accounts that were written before it. */
class EmailTaken extends Error {
  override readonly name = "EmailTaken"
  readonly email: string

  constructor(email: string) {
    super("the e-mail is taken")
    this.email = email
  }
}

/** Two links, or one link twice, at the same moment: the second waits and then finds members. */
const oneAtATime = (tx: Queryable) => tx`lock table setup_token in share row exclusive mode`

async function hasMembers(sql: Queryable): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`select exists (select 1 from member) as found`
  return row?.found ?? false
}

async function checkToken(sql: Queryable, token: string, now: Date): Promise<Result<null, SetupError>> {
  const [row] = await sql<{ used_at: Date | null; expires_at: Date }[]>`
    select used_at, expires_at from setup_token where sha256 = ${sha256Bytes(token)}`
  if (!row) return err({ type: "UnknownToken" })
  if (row.used_at || row.expires_at <= now) return err({ type: "TokenOver" })
  return (await hasMembers(sql)) ? err({ type: "HasMembers" }) : ok(null)
}
