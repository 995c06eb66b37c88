import { serverUpdate, writeEffects } from "@alternat/document"
import { bundleForThread } from "@alternat/testkit"
import { beforeAll, expect, test } from "vitest"
import { demoPlan } from "../demo/seed-demo.ts"
import { createFolds, type FoldQuestion } from "./authorship-folds.ts"
import { createAuthorshipThread } from "./authorship-thread.ts"

let file: URL
beforeAll(async () => {
  file = await bundleForThread(new URL("./authorship-worker.ts", import.meta.url))
})

const CLAUSE = "s18.c2"
const loaded = demoPlan().docs.flatMap((doc) => (doc.space === "plan" ? doc.updates.map(({ bytes }) => bytes) : []))
const typed = serverUpdate(loaded, (doc) =>
  writeEffects(doc, [
    { type: "clause_text", clauseId: CLAUSE, en: [{ p: ["Alpha."] }], ru: [{ p: ["Альфа."] }], dropAlternat: false },
  ]),
).update
const log = [...loaded, ...(typed === null ? [] : [typed])].map((bytes, index) => ({
  seq: index + 1,
  author: index === 0 ? "server" : "u1",
  at: new Date(1000 * index),
  bytes,
}))
const question = (entries: FoldQuestion["entries"], upTo = 2, key = "d.1.live"): FoldQuestion => ({
  key,
  clauseId: CLAUSE,
  upTo,
  entries,
})

test("[API25] the thread answers as the process would, and keeps what it was sent", async () => {
  const ask = createAuthorshipThread(file)
  const here = createFolds()
  for (const entries of [[], log.slice(0, 1), log.slice(1), []])
    expect(await ask(question(entries))).toEqual(here(question(entries)))
  expect(await ask(question([]))).toMatchObject({
    type: "read",
    seq: 2,
    clauses: { en: { text: [{ p: ["Alpha."] }] } },
  })
  expect(await ask(question(log.slice(0, 1), 1, "d.1.1"))).toMatchObject({ type: "read", seq: 1 })
})

test("[API25] what begins behind a gap is not taken, and a fold that was let go begins anew", () => {
  const answerTo = createFolds()
  expect(answerTo(question(log.slice(1)))).toEqual({ type: "behind", seq: 0 })
  answerTo(question(log))
  for (let other = 0; other < 4; other++) answerTo(question([], 2, `other ${other}`))
  expect(answerTo(question([]))).toEqual({ type: "behind", seq: 0 })
  expect(answerTo(question(log))).toMatchObject({ type: "read", seq: 2 })
})

test("[API25] bytes that are no update fail alone, and a thread that can't start fails what it was asked", async () => {
  const ask = createAuthorshipThread(file)
  const broken = [{ seq: 1, author: "u1", at: new Date(0), bytes: Uint8Array.of(9, 9, 9) }]
  await expect(ask(question(broken, 1, "broken"))).rejects.toThrow()
  expect(await ask(question(log))).toMatchObject({ type: "read" })
  await expect(createAuthorshipThread(new URL("./no-such-worker.mjs", import.meta.url))(question([]))).rejects.toThrow()
})
