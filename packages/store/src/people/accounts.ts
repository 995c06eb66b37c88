import { randomUUID } from "node:crypto"
import type { NewUser } from "../auth-face.ts"
import type { Queryable } from "../connect.ts"

/** An account whose password is hashed already: what a transaction may write without waiting for the hash. */
export interface NewAccount extends Omit<NewUser, "password" | "userId"> {
  readonly userId: string
  readonly passwordHash: string
}

/** Account, password and person. `false`: the e-mail is taken, whatever its case, and nothing was written. */
export async function writeAccount(sql: Queryable, account: NewAccount): Promise<boolean> {
  const { userId, name, language, passwordHash } = account
  const [made] = await sql`
    insert into auth_user (id, name, email, email_verified)
    values (${userId}, ${name.en}, ${account.email.toLowerCase()}, true)
    on conflict do nothing
    returning id`
  if (!made) return false
  await sql`
    insert into auth_account (id, user_id, account_id, provider_id, password)
    values (${randomUUID()}, ${userId}, ${userId}, 'credential', ${passwordHash})`
  await sql`
    insert into person (id, name_en, name_ru, language) values (${userId}, ${name.en}, ${name.ru}, ${language})
    on conflict (id) do nothing`
  return true
}
