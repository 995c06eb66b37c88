// Hocuspocus with its database extension on PostgreSQL, stock settings; the second argument is its `flushDelay`.
import { Database } from "@hocuspocus/extension-database"
import { Server } from "@hocuspocus/server"
import { openSql } from "../../harness/open-sql.ts"
import { serve } from "./serve.ts"

const sql = openSql(process.argv[2] ?? "")
const flushDelay = Number(process.argv[3] ?? 0)
await sql`create table if not exists hocuspocus_document (name text primary key, data bytea not null)`

const hocuspocus = new Server({
  quiet: true,
  stopOnSignals: false,
  flushDelay,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const [row] = await sql<{ data: Buffer }[]>`
          select data from hocuspocus_document where name = ${documentName}`
        return row?.data ?? null
      },
      store: async ({ documentName, state }) => {
        await sql`
          insert into hocuspocus_document (name, data) values (${documentName}, ${state})
          on conflict (name) do update set data = excluded.data`
      },
    }),
  ],
})
serve(hocuspocus.httpServer, async () => {
  await hocuspocus.destroy()
  await sql.end({ timeout: 5 })
})
