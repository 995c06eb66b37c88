import { createHash, randomBytes } from "node:crypto"
import { SCHEMA_VERSION } from "@alternat/document"
import { roomName } from "@alternat/store"
import { smallPlan } from "@alternat/testkit"
import type postgres from "postgres"
import { openSql } from "../harness/open-sql.ts"
import type { BenchDatabase } from "../harness/postgres.ts"
import { HISTORY_CLIENT } from "./arrivals.ts"
import type { BenchRoom, RoomsWanted } from "./contender.ts"

const PEOPLE = 1000
const BATCH = 500

/** Plans, people and tickets, as many as a scenario wants: a model through the store, and copies of its rows. */
export class OurRooms {
  #models = 0

  private constructor(
    readonly database: BenchDatabase,
    readonly owner: postgres.Sql,
  ) {}

  /** All of one delegation: a caret is shown to one's own only, and peers show it to everybody. */
  static async open(database: BenchDatabase): Promise<OurRooms> {
    const owner = openSql(database.urls.owner)
    await owner`
      insert into auth_user (id, name, email)
      select 'bench-' || n, 'Writer ' || n, n || '@bench.invalid' from generate_series(0, ${PEOPLE - 1}::int) n`
    await owner`
      insert into auth_session (id, user_id, token, expires_at)
      select id, id, id, now() + interval '1 day' from auth_user`
    await owner`
      insert into person (id, name_en, name_ru, language) select id, name, name, 'en' from auth_user`
    return new OurRooms(database, owner)
  }

  async create({ count, clients, seed, history = [] }: RoomsWanted): Promise<readonly BenchRoom[]> {
    const model = `model${++this.#models}`
    await this.#installModel(model, seed)
    const docs = Array.from({ length: count }, () => randomBytes(16).toString("base64url"))
    await this.#copy(model, docs, clients)
    for (const doc of docs)
      for (let at = 0; at < history.length; at += BATCH) await this.#write(doc, history.slice(at, at + BATCH), at === 0)
    return this.#issueTickets(docs, clients)
  }

  close(): Promise<void> {
    return this.owner.end({ timeout: 5 })
  }

  async #installModel(id: string, seed: Uint8Array): Promise<void> {
    const plan = smallPlan({ id })
    const [shared, ...caucuses] = plan.docs
    if (!shared) throw new Error("broken invariant: a small plan has a document")
    const written = {
      ...shared,
      updates: [{ bytes: seed, author: "server" }],
      clients: [{ clientId: 1, author: "server" }],
    }
    await this.database.store.installPlan({
      ...plan,
      docs: [written, ...caucuses],
      standing: { ...plan.standing, clauses: {}, lines: {} },
    })
  }

  async #copy(model: string, docs: readonly string[], clients: number): Promise<void> {
    const { owner } = this
    const ids = [...docs]
    await owner`
      insert into plan (id, title, short_title, party_a, party_b, status, created_at)
      select d, title, short_title, party_a, party_b, status, created_at
        from plan, unnest(${ids}::text[]) d where id = ${model}`
    await owner`
      insert into member (plan_id, user_id, party, roles)
      select d, 'bench-' || ((i - 1) * ${clients}::int + n) % ${PEOPLE}::int, 'US', '{drafter}'
        from unnest(${ids}::text[]) with ordinality as u (d, i), generate_series(0, ${clients - 1}::int) n`
    await owner`
      insert into doc (id, plan_id, space, party, schema_version, head_seq, updated_at)
      select d, d, space, party, schema_version, head_seq, updated_at
        from doc, unnest(${ids}::text[]) d where plan_id = ${model} and space = 'plan'`
    await owner`
      insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
      select d, seq_from, seq_to, authors, bytes, at
        from doc_update u join doc on doc.id = u.doc_id, unnest(${ids}::text[]) d
       where plan_id = ${model} and space = 'plan'`
    await owner`
      insert into client_author (doc_id, client_id, author)
      select d, 1, 'server' from unnest(${ids}::text[]) d`
  }

  async #write(doc: string, updates: readonly Uint8Array[], isFirst: boolean): Promise<void> {
    const author = "bench-0"
    const [outcome] = await this.database.store.log.append([
      {
        doc,
        rulesRev: 1,
        updates: updates.map((bytes) => ({ author, bytes })),
        newClients: isFirst ? [{ clientId: HISTORY_CLIENT, author }] : [],
      },
    ])
    if (outcome?.type !== "appended") throw new Error(`history was not written: ${outcome?.type}`)
  }

  /** Real tickets, as the desk keeps them: the hash of each, good for a day. */
  async #issueTickets(docs: readonly string[], clients: number): Promise<readonly BenchRoom[]> {
    const rooms = docs.map((doc) => ({
      name: roomName({ doc, epoch: 1, schemaVersion: SCHEMA_VERSION }),
      tickets: Array.from({ length: clients }, () => randomBytes(24).toString("base64url")),
      release: () => undefined,
    }))
    const all = rooms.flatMap((room, r) =>
      room.tickets.map((ticket, i) => ({
        hash: createHash("sha256").update(ticket).digest("hex"),
        doc: docs[r] ?? "",
        user: `bench-${(r * clients + i) % PEOPLE}`,
      })),
    )
    await this.owner`
      insert into ticket (hash, doc_id, plan_id, user_id, session_id, expires_at)
      select decode(h, 'hex'), d, d, u, u, now() + interval '1 day'
        from unnest(${all.map((one) => one.hash)}::text[], ${all.map((one) => one.doc)}::text[],
                    ${all.map((one) => one.user)}::text[]) as t (h, d, u)`
    return rooms
  }
}
