import { connect } from "./connect.ts"

/**
 * An outside PostgreSQL is somebody else's, and its log is read by people with no seat at any plan. With its default
 * settings it writes there the key that a constraint refused, and the value that a cast did not take.
 */
const SAFE: Readonly<Record<string, readonly string[]>> = {
  log_statement: ["none"],
  log_min_duration_statement: ["-1"],
  log_min_duration_sample: ["-1"],
  log_parameter_max_length_on_error: ["0"],
  log_error_verbosity: ["terse"],
  log_min_error_statement: ["log", "fatal", "panic"],
  log_min_messages: ["log", "fatal", "panic"],
}
/** With parameters cut to nothing, a statement that is logged holds no values: ours never have them in their text. */
const LOGS_STATEMENTS: ReadonlySet<string> = new Set([
  "log_statement",
  "log_min_duration_statement",
  "log_min_duration_sample",
  "log_min_error_statement",
])

/** Those settings, as `name=value`, by which the database at this address writes values of statements into its log. */
export async function settingsThatTell(url: string): Promise<readonly string[]> {
  const sql = connect(url, { role: null, max: 1 })
  try {
    const names = [...Object.keys(SAFE), "log_parameter_max_length"]
    const rows = await sql<{ name: string; setting: string }[]>`
      select name, setting from pg_settings where name in ${sql(names)} order by name`
    const hidesParameters = rows.some((row) => row.name === "log_parameter_max_length" && row.setting === "0")
    return rows
      .filter(({ name }) => !(hidesParameters && LOGS_STATEMENTS.has(name)))
      .filter(({ name, setting }) => SAFE[name]?.includes(setting) === false)
      .map(({ name, setting }) => `${name}=${setting}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
