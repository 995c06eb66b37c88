import { connect } from "../connect.ts"

const identifier = (name: string): string => {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name)) throw new Error(`broken invariant: ${name} is no name of a database`)
  return name
}

/** A copy of `template`, owned by its owner. For tests; the template must have no connections. */
export async function createDatabase(adminUrl: string, name: string, template: string): Promise<void> {
  const sql = connect(adminUrl, { role: null, max: 1 })
  try {
    await sql.unsafe(
      `create database ${identifier(name)} template ${identifier(template)} owner alternat_owner strategy file_copy`,
    )
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const sql = connect(adminUrl, { role: null, max: 1 })
  try {
    await sql.unsafe(`drop database if exists ${identifier(name)} with (force)`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
