import { readFileSync } from "node:fs"
import { createTestDatabase, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { connect, type Sql } from "./connect.ts"
import { settingsThatTell } from "./log-settings.ts"

let db: TestDatabase
let admin: Sql
let name: string
beforeAll(async () => {
  db = await createTestDatabase()
  admin = connect(db.superUrl, { role: null, max: 1 })
  name = new URL(db.superUrl).pathname.slice(1)
})
beforeEach(() => admin.unsafe(`alter database ${name} reset all`))
afterAll(async () => {
  await admin.end()
  await db.close()
})

const set = (setting: string, value: string) => admin.unsafe(`alter database ${name} set ${setting} = '${value}'`)
const DEFAULTS = {
  log_error_verbosity: "default",
  log_min_error_statement: "error",
  log_min_messages: "warning",
  log_parameter_max_length: "-1",
}

test("[STORE135] settings by which a database's log would tell values are named, and those of our own have none", async () => {
  expect(await settingsThatTell(db.urls.owner)).toEqual([])
  for (const [setting, value] of Object.entries(DEFAULTS)) await set(setting, value)
  const asInstalled = ["log_error_verbosity=default", "log_min_error_statement=error", "log_min_messages=warning"]
  expect(await settingsThatTell(db.urls.owner)).toEqual(asInstalled)
  await set("log_parameter_max_length", "0")
  expect(await settingsThatTell(db.urls.owner)).not.toContain("log_min_error_statement=error")
  await set("log_parameter_max_length_on_error", "64")
  expect(await settingsThatTell(db.urls.owner)).toContain("log_parameter_max_length_on_error=64")
})

test("[STORE136] what the manual has an administrator set leaves none of them", async () => {
  const manual = readFileSync(new URL("../../../infra/README.md", import.meta.url), "utf8")
  const statements = manual.match(/^alter database alternat set .*;$/gm) ?? []
  for (const [setting, value] of Object.entries(DEFAULTS)) await set(setting, value)
  await set("log_parameter_max_length_on_error", "64")
  await set("log_min_duration_statement", "0")
  await set("log_statement", "all")
  for (const statement of statements) await admin.unsafe(statement.replace("alternat", name))
  expect(await settingsThatTell(db.urls.owner)).toEqual([])
})
