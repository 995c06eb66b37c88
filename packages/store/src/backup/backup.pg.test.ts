import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ok } from "@alternat/plan"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
import type { Store } from "../contract/store.ts"
import { dumpDatabase } from "./dump.ts"
import { restoreDatabase } from "./restore.ts"
import { BACKUP_TABLES, NOT_BACKED_UP } from "./tables.ts"

const root = mkdtempSync(join(tmpdir(), "alternat-backup-"))
let from: TestDatabase
let to: TestDatabase
beforeAll(async () => {
  from = await createTestDatabase()
  to = await createTestDatabase()
  await from.store.installPlan(smallPlan())
  await from.store.withReader(CAST.headRu, (tx) =>
    tx.addComment("small", {
      target: { type: "clause", clauseId: "s1.c1" },
      audience: "RU",
      text: 'line\u2028separator, "quotes" \\ and\nбуквы',
      due: "2009-11-20",
    }),
  )
  await from.store.transactAct("small", CAST.headUs, { caucus: false }, async (tx) => {
    await tx.appendUpdate(tx.doc.doc, { bytes: Uint8Array.of(0, 255, 10, 13), clientId: 5 })
    await tx.appendEvents([{ kind: "x", subject: null, summary: { en: "x", ru: "x" }, data: { amount: "1" } }])
    return ok(
      await tx.createVersion({
        seq: 2,
        planHash: "p",
        manifestHash: "m",
        plan: Buffer.from("{}"),
        update: null,
        standing: tx.before,
        files: [{ name: "f", type: "t", bytes: Buffer.from([0, 1, 2]) }],
      }),
    )
  })
})
afterAll(async () => {
  await from.close()
  await to.close()
  rmSync(root, { recursive: true, force: true })
})

const seen = (store: Store) =>
  store.withReader(CAST.headRu, async (tx) => ({
    comments: await tx.commentPage("small"),
    standing: await tx.standing("small"),
    events: await tx.events("small"),
    tail: (await tx.loadDoc("small", "plan"))?.tail.map((entry) => [entry.seq, entry.author, [...entry.bytes]]),
    version: (await tx.version("small", 1))?.info,
    file: await tx.versionFile("small", 1, "f"),
  }))

test("[STORE95] every table is either in the backup or left out on purpose", async () => {
  const admin = connect(from.superUrl, { role: null, max: 1 })
  const tables = await admin<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`
  await admin.end()
  const listed = [...BACKUP_TABLES.map((table) => table.name), ...NOT_BACKED_UP]
  expect(tables.map((table) => table.name).sort()).toEqual(listed.sort())
})

test("[STORE96] what a backup restores is what was there, in a new epoch", async () => {
  const dir = join(root, "whole")
  const dumped = await dumpDatabase(from.urls.owner, dir)
  expect(dumped.ok).toBe(true)
  expect(await dumpDatabase(from.urls.owner, dir)).toMatchObject({ ok: false, error: { type: "NotEmpty" } })
  expect(await restoreDatabase(to.urls.owner, dir)).toEqual(dumped)
  const [before, after] = [await seen(from.store), await seen(to.store)]
  const rev = (before.standing?.rulesRev ?? 0) + 1
  expect(after).toEqual({ ...before, standing: { ...before.standing, rulesRev: rev } })
  const epochs = await Promise.all(
    [from, to].map((db) => db.store.withReader(CAST.headRu, async (tx) => (await tx.loadDoc("small", "plan"))?.epoch)),
  )
  expect(epochs).toEqual([1, 2])
  expect(await to.store.verifyChain("small")).toMatchObject({ ok: true, length: 1 })
  expect(await restoreDatabase(to.urls.owner, dir)).toMatchObject({ ok: false, error: { type: "NotEmpty" } })
})

test("[STORE97] a backup that was changed, or is none, restores nothing", async () => {
  const dir = join(root, "damaged")
  await dumpDatabase(from.urls.owner, dir)
  expect(await restoreDatabase(to.urls.owner, join(root, "absent"))).toMatchObject({
    ok: false,
    error: { type: "NotABackup" },
  })
  for (const name of readdirSync(dir).filter((file) => file === "comment_entry.jsonl" || file === "event.jsonl")) {
    const text = readFileSync(join(dir, name), "utf8")
    writeFileSync(join(dir, name), text.replace("small", "smalk"))
    const result = await restoreDatabase(to.urls.owner, dir)
    expect(result).toMatchObject({ ok: false, error: { type: "Damaged" } })
    if (!result.ok) expect(result.error.message).toContain(name)
    writeFileSync(join(dir, name), text)
  }
})
