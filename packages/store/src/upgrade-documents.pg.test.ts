import {
  clauseFragment,
  createAuthorship,
  loadDoc,
  readCaucus,
  readPlanState,
  resolveAnchor,
  SCHEMA_VERSION,
} from "@alternat/document"
import { CAST, createTestDatabase, FORMER_YEAR, formerDocs, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "./connect.ts"
import { migrate } from "./migrate.ts"

const { docs, anchor } = formerDocs()
const YEAR = FORMER_YEAR

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan({ docs }))
})
afterAll(() => db.close())

/** Everything a reader of each document sees, and the place of each in its history. */
async function seen() {
  const bytesOf = (
    stored: { snapshot: { state: Uint8Array } | null; tail: readonly { bytes: Uint8Array }[] } | null,
  ) => [...(stored?.snapshot ? [stored.snapshot.state] : []), ...(stored?.tail ?? []).map((entry) => entry.bytes)]
  const plan = await db.store.withReader(CAST.headUs, (tx) => tx.loadDoc("small", "plan"))
  const us = await db.store.withReader(CAST.headUs, (tx) => tx.loadDoc("small", "caucus"))
  const ru = await db.store.withReader(CAST.headRu, (tx) => tx.loadDoc("small", "caucus"))
  const authorship = createAuthorship()
  authorship.add((plan?.tail ?? []).map(({ seq, author, at, bytes }) => ({ seq, author, at, bytes })))
  return {
    epochs: [plan, us, ru].map((stored) => stored?.epoch),
    rules: [plan, us, ru].map((stored) => stored?.rulesRev),
    words: {
      plan: readPlanState(bytesOf(plan), 0).plan,
      us: readCaucus(loadDoc("caucus", bytesOf(us))),
      ru: readCaucus(loadDoc("caucus", bytesOf(ru))),
      anchor: resolveAnchor(must(clauseFragment(loadDoc("plan", bytesOf(plan)), "s1.c1", "en")), anchor, ""),
      authors: authorship.read("s1.c1", "en", ({ author }) => author)?.runs.map(({ from, to, key }) => [from, to, key]),
    },
    schemas: [bytesOf(plan), bytesOf(us), bytesOf(ru)].map((bytes, at) =>
      loadDoc(at === 0 ? "plan" : "caucus", bytes)
        .getMap("meta")
        .get("schema"),
    ),
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error("not there")
  return value
}

test("[STORE110] a start that dies among the documents leaves whole ones of either layout, and the next start does the rest, once", async () => {
  const before = await seen()
  expect(before.words.us.notes[0]?.text).toBe("Never US.\nNever.")
  expect(before.words.us.drafts[0]?.note).toEqual({ en: "US because", ru: "потому" })
  expect(before.words.plan.tables.cost_lines).toMatchObject([{ id: "L01", years: [YEAR] }])
  expect(before.epochs).toEqual([1, 1, 1])

  // the second document that is written fails as a dying process would have it fail: with all that its transaction did
  const sql = connect(db.superUrl, { role: null, max: 1 })
  await sql.unsafe(`
    create sequence upgrades;
    create function die() returns trigger language plpgsql as $$
    begin
      if new.schema_version <> old.schema_version and nextval('upgrades') = 2 then raise exception 'killed'; end if;
      return new;
    end $$;
    create trigger die before update on doc for each row execute function die();
    grant usage on sequence upgrades to public;`)
  expect(await migrate(db.urls)).toMatchObject({ ok: false, error: { type: "MigrationFailed" } })
  const middle = await seen()
  expect(middle.words).toEqual(before.words)
  expect(middle.epochs.map(Number).toSorted((a, b) => a - b)).toEqual([1, 1, 2])

  expect(await migrate(db.urls)).toMatchObject({ ok: true })
  const after = await seen()
  expect(after.words).toEqual(before.words)
  expect(after.epochs).toEqual([2, 2, 2])
  expect(after.rules).toEqual(before.rules.map((rev) => (rev ?? 0) + 1))
  expect(after.schemas).toEqual([SCHEMA_VERSION, SCHEMA_VERSION, SCHEMA_VERSION])
  expect(await migrate(db.urls)).toMatchObject({ ok: true })
  expect((await seen()).epochs).toEqual([2, 2, 2])
  await sql.end()
})

test("[STORE111] comments keep their words and words their authors, and tickets name the new room", async () => {
  const { words } = await seen()
  expect(words.anchor).toEqual({ from: 10, to: 15, by: "anchor" })
  expect(words.authors).toEqual([
    [0, 9, "server"],
    [9, 15, CAST.drafterUs.userId],
    [15, 21, "server"],
  ])
  const sql = connect(db.superUrl, { role: null, max: 1 })
  const rows = await sql<{ schema_version: number }[]>`select schema_version from doc`
  expect(rows.map((row) => row.schema_version)).toEqual([SCHEMA_VERSION, SCHEMA_VERSION, SCHEMA_VERSION])
  // a program of the former layout finds a migration that it doesn't know, and does not start
  expect(await sql`select name from schema_migration where name = ${`documents-${SCHEMA_VERSION}`}`).toHaveLength(1)
  await sql.end()
})
