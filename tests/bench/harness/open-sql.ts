import postgres from "postgres"

/** A pool of plain connections to it, over its Unix socket where the address names one. */
export function openSql(address: string): postgres.Sql {
  const url = new URL(address)
  const socketDir = url.searchParams.get("host")
  url.search = ""
  return postgres(url.href, {
    max: 4,
    onnotice: () => undefined,
    ...(socketDir ? { path: `${socketDir}/.s.PGSQL.${url.port}` } : {}),
  })
}
