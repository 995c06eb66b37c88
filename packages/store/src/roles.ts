import type { Sql } from "./connect.ts"
import { errorCode } from "./connect.ts"
import type { DatabaseUrls } from "./contract/store.ts"

export const ROLES = ["alternat_app", "alternat_sync", "alternat_auth"] as const

/** An outside database has one address; the role is set when a connection starts. */
export const urlsFor = (url: string): DatabaseUrls => ({ owner: url, app: url, sync: url, auth: url })

/**
 * Makes the roles that are missing and lets the connecting user take them. `null`: all is well; otherwise the SQL that
 * somebody with more rights has to run first.
 */
export async function ensureRoles(sql: Sql, shared: boolean): Promise<string | null> {
  const missing: string[] = []
  for (const role of ROLES) {
    const [found] = await sql<{ usable: boolean }[]>`
      select pg_has_role(current_user, oid, 'member') as usable from pg_roles where rolname = ${role}`
    try {
      if (!found) await sql.unsafe(`create role ${role} nologin nosuperuser nocreatedb nocreaterole nobypassrls`)
      if (shared && !found?.usable) await sql.unsafe(`grant ${role} to current_user`)
    } catch (error) {
      const code = errorCode(error)
      // another process made it in this very moment
      if (code === "42710" || code === "23505") continue
      if (code !== "42501" && code !== "0LP01") throw error
      if (!found) missing.push(`create role ${role};`)
      if (shared) missing.push(`grant ${role} to ${await currentUser(sql)};`)
    }
  }
  return missing.length > 0 ? missing.join(" ") : null
}

async function currentUser(sql: Sql): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select quote_ident(current_user) as name`
  return row?.name ?? "current_user"
}
