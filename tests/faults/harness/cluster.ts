import { readFileSync } from "node:fs"
import path from "node:path"
import { type DatabaseUrls, type EmbeddedPostgres, migrate, startEmbeddedPostgres } from "@alternat/store"
import postgres from "postgres"
import { Wire } from "./wire.ts"

/**
 * A PostgreSQL as an installation runs it, fsync on, at an address that stays through every death: a wire stands in
 * front of it.
 */
export class Cluster {
  #server: EmbeddedPostgres

  private constructor(
    readonly dataDir: string,
    readonly wire: Wire,
    server: EmbeddedPostgres,
  ) {
    this.#server = server
  }

  static async start(dataDir: string): Promise<Cluster> {
    const server = await startServer(dataDir)
    const cluster = new Cluster(dataDir, await Wire.to(portOf(server)), server)
    const migrated = await migrate(server.urls)
    if (!migrated.ok) throw new Error(migrated.error.message)
    // what an administrator does once for an outside database whose user may not make roles
    await cluster.ask((sql) => sql`grant alternat_app, alternat_sync, alternat_auth to alternat_owner`)
    return cluster
  }

  /** the owner's, by the wire */
  get url(): string {
    return throughWire(this.#server.urls.owner, this.wire.port)
  }

  get urls(): DatabaseUrls {
    const { owner, app, sync, auth } = this.#server.urls
    const port = this.wire.port
    return {
      owner: throughWire(owner, port),
      app: throughWire(app, port),
      sync: throughWire(sync, port),
      auth: throughWire(auth, port),
    }
  }

  /** As the superuser, past the wire. */
  async ask<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const url = new URL(throughWire(this.#server.adminUrl, portOf(this.#server)))
    url.pathname = new URL(this.#server.urls.owner).pathname
    const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
    try {
      return await question(sql)
    } finally {
      await sql.end({ timeout: 5 })
    }
  }

  /** What the power switch does: no checkpoint, no farewell; the log is replayed at the next start. */
  async stopImmediately(): Promise<void> {
    process.kill(this.#pid(), "SIGQUIT")
    await this.#server.died
    await this.#server.stop()
    this.wire.cut()
    this.wire.targets = []
  }

  async startAgain(): Promise<void> {
    this.#server = await startServer(this.dataDir)
    this.wire.targets = [portOf(this.#server)]
  }

  /** Every process of it stands still: connections stay open and nobody answers. */
  freeze(): void {
    for (const pid of this.#pids()) process.kill(pid, "SIGSTOP")
  }

  thaw(): void {
    for (const pid of this.#pids()) process.kill(pid, "SIGCONT")
  }

  #pid(): number {
    return Number(readFileSync(path.join(this.dataDir, "postgres/postmaster.pid"), "utf8").split("\n", 1)[0])
  }

  #pids(): number[] {
    const pid = this.#pid()
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    return [pid, ...children.split(" ").filter(Boolean).map(Number)]
  }

  async close(): Promise<void> {
    await this.#server.stop()
    await this.wire.close()
  }
}

async function startServer(dataDir: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir, fsync: true, log: () => undefined })
  if (!started.ok) throw new Error(started.error.message)
  return started.value
}

const portOf = ({ adminUrl }: EmbeddedPostgres): number => Number(new URL(adminUrl).port)

function throughWire(address: string, port: number): string {
  const url = new URL(address)
  url.search = ""
  url.port = String(port)
  return url.href
}
