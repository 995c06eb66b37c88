import postgres from "postgres"

export type Sql = postgres.Sql<{ readonly bigint: number }>
export type Tx = postgres.TransactionSql<{ readonly bigint: number }>
/** A pool or a transaction: what a question needs. */
export type Queryable = Sql | Tx

export type DatabaseRole = "alternat_app" | "alternat_sync" | "alternat_auth"

export interface ConnectOptions {
  /** null: as who the address says (the owner) */
  readonly role: DatabaseRole | null
  readonly max: number
  readonly statementTimeoutMs?: number
}

/**
 * A pool whose connections take their role in the very packet that opens them, so none is ever used in another one.
 * Time-outs are set there too: a lock or a statement that hangs ends, and says so. `host=/dir` in the query of the
 * address means the Unix socket in that directory, as libpq has it.
 */
export function connect(address: string, options: ConnectOptions): Sql {
  const url = new URL(address)
  const socketDir = url.searchParams.get("host")
  if (socketDir?.startsWith("/")) url.searchParams.delete("host")
  const timeout = options.statementTimeoutMs ?? 30_000
  return postgres(url.href, {
    max: options.max,
    ...(socketDir?.startsWith("/") ? { path: `${socketDir}/.s.PGSQL.${url.port || "5432"}` } : {}),
    connection: {
      application_name: options.role ?? "alternat_owner",
      ...(options.role ? { role: options.role } : {}),
      statement_timeout: timeout,
      lock_timeout: timeout,
      idle_in_transaction_session_timeout: timeout * 2,
      timezone: "UTC",
    },
    types: {
      // sequence numbers, client ids, counts: all far below 2^53
      bigint: {
        to: 20,
        from: [20],
        serialize: (value: number) => String(value),
        parse: (text: string) => Number(text),
      },
    },
    connect_timeout: 10,
    // seconds between attempts: its own schedule rises to twenty, and editors wait for every one of them
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => undefined,
  })
}

/** postgres.js wants its own JSON type; every value we store is plain JSON. */
export const json = (value: unknown): postgres.Parameter => value as never

/** The error's SQLSTATE or the driver's code; empty when it has neither. */
export const errorCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : ""

export const errorText = (error: unknown): string => {
  // a refused connection to both addresses of localhost arrives as an AggregateError without a text of its own
  if (error instanceof AggregateError && error.errors.length > 0) return errorText(error.errors[0])
  return error instanceof Error ? error.message.split("\n", 1)[0] || error.name : String(error)
}
