import { clauseFragment, loadDoc, writeFragment } from "@alternat/document"
import type { ActReply, ClauseAuthorship, ClauseText, LivePlan } from "@alternat/plan"
import { proposalHash } from "@alternat/seal"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { updatesOf } from "../plans/fold.ts"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"

const CLAUSE = "s17.c2"
const path = (clauseId = CLAUSE, query = "") => `/api/plans/demo/clauses/${clauseId}/authorship${query}`

let api: DemoApi
let us: Caller
let ru: Caller
beforeAll(async () => {
  api = await openDemoApi()
  us = await api.as("drafter@us.example")
  ru = await api.as("drafter@ru.example")
})
afterAll(() => api.close())

const userIdOf = async (caller: Caller) => (await caller.get<{ userId: string }>("/api/me")).body.userId

/** A text as one string: a field counts as a character. */
const flatText = (text: ClauseText): string =>
  text
    .flatMap((block) => ("p" in block ? [block.p] : block.list))
    .map((line) => line.map((one) => (typeof one === "string" ? one : "em" in one ? one.em : "\uFFFC")).join(""))
    .join("\n")

let nextClient = 5000
/** What the sync server does with a person's keystrokes: the update goes to the log under the person's name. */
async function type(caller: Caller, change: (words: string) => string, lang: "en" | "ru" = "en", clauseId = CLAUSE) {
  const userId = await userIdOf(caller)
  const stored = await api.database.store.withReader({ userId }, (tx) => tx.loadDoc("demo", "plan"))
  if (!stored) throw new Error("no plan")
  const doc = loadDoc("plan", updatesOf(stored))
  doc.clientID = nextClient++
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => void sent.push(update))
  const fragment = clauseFragment(doc, clauseId, lang)
  if (!fragment) throw new Error("no clause")
  doc.transact(() => writeFragment(fragment, [{ p: [change(fragment.toString().replaceAll(/<[^>]*>/g, ""))] }]))
  const [outcome] = await api.database.store.log.append([
    {
      doc: stored.doc,
      rulesRev: stored.rulesRev,
      updates: sent.map((bytes) => ({ author: userId, bytes })),
      newClients: [{ clientId: doc.clientID, author: userId }],
    },
  ])
  expect(outcome?.type).toBe("appended")
}

/** "drafter US Dana: words", as a reader sees it */
const said = ({ authors, en }: ClauseAuthorship, which = en) =>
  which.runs.map((run) => {
    const author = authors[run.author]
    const words = flatText(which.text).slice(run.from, run.to)
    if (author?.kind !== "person") return `${author?.kind}: ${words}`
    return `${author.role} ${author.party} ${author.name === null ? "-" : "named"}: ${words}`
  })

describe("[API23] who wrote which words of a clause", () => {
  test("at first all of it came with the plan", async () => {
    const { status, body } = await us.get<ClauseAuthorship>(path())
    expect(status).toBe(200)
    expect(body).toMatchObject({ clauseId: CLAUSE, version: null, authors: { a1: { kind: "loaded" } } })
    expect(body.en.runs).toHaveLength(1)
    expect(body.ru.runs).toHaveLength(1)
  })

  test("typed words are a person's on the own side, a party's and a role's on the other", async () => {
    await type(us, () => "Alpha and gamma.")
    await type(ru, (words) => words.replace("gamma", "beta and gamma"))
    await type(ru, () => "Альфа.", "ru")
    const [forUs, forRu] = [
      (await us.get<ClauseAuthorship>(path())).body,
      (await ru.get<ClauseAuthorship>(path())).body,
    ]
    expect(said(forUs).filter((run) => run.startsWith("drafter"))).toEqual(
      said(forRu)
        .filter((run) => run.startsWith("drafter"))
        .map((run) => (run.includes(" named") ? run.replace(" named", " -") : run.replace(" -", " named"))),
    )
    expect(said(forUs).join("|")).toContain("drafter US named: Alpha")
    expect(said(forUs).join("|")).toContain("drafter RU -: beta")
    expect(said(forUs, forUs.ru).join("|")).toContain("drafter RU -: ")
    for (const run of forUs.en.runs) expect(Date.parse(run.until)).toBeGreaterThanOrEqual(Date.parse(run.since))
  })

  test("neither name nor id of the other side's people is in a reply, both ways", async () => {
    const people = { us: await userIdOf(us), ru: await userIdOf(ru) }
    const names = async (caller: Caller) =>
      (await caller.get<{ name: { en: string; ru: string } }>("/api/me")).body.name
    const [nameUs, nameRu] = [await names(us), await names(ru)]
    const [forUs, forRu] = [(await us.get(path())).text, (await ru.get(path())).text]
    for (const secret of [people.ru, nameRu.en, nameRu.ru]) expect(forUs).not.toContain(secret)
    for (const secret of [people.us, nameUs.en, nameUs.ru]) expect(forRu).not.toContain(secret)
    expect(forUs).toContain(nameUs.en)
    expect(forRu).toContain(nameRu.ru)
    for (const email of ["secretary@plan.example", "observer@plan.example"]) {
      const { text } = await (await api.as(email)).get(path())
      for (const secret of [people.us, people.ru, nameUs.en, nameRu.ru]) expect(text).not.toContain(secret)
    }
  })

  test("two people of the other side with one role are one author", async () => {
    const head = await api.as("head@us.example")
    await type(head, (words) => `${words} Delta.`)
    const own = (await us.get<ClauseAuthorship>(path())).body
    const other = (await ru.get<ClauseAuthorship>(path())).body
    const people = (one: ClauseAuthorship, party: string) =>
      Object.values(one.authors).filter((author) => author.kind === "person" && author.party === party)
    expect(people(own, "US")).toHaveLength(2)
    const seen = people(other, "US").map((author) => (author.kind === "person" ? author.role : null))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test("words of an accepted proposal name the act and whose wording it was", async () => {
    const live = (await us.get<LivePlan>("/api/plans/demo")).body
    const proposal = live.proposals.find((one) => one.status === "open" && one.party === "RU" && one.kind === "replace")
    if (!proposal) throw new Error("the demo has open proposals of both sides")
    const head = await api.as("head@us.example")
    const item = { proposalId: proposal.id, hash: proposalHash(proposal), base: proposal.base }
    const done = await head.post<ActReply>("/api/plans/demo/acts", { act: "consent_proposal", items: [item] })
    expect(done.body).toMatchObject({ completed: true })
    const { body } = await ru.get<ClauseAuthorship>(path(proposal.clauseId))
    const acts = Object.values(body.authors).filter((author) => author.kind === "act")
    expect(acts).toMatchObject([{ proposedBy: "RU", event: { kind: "proposal_accepted", party: "US" } }])
    expect(acts[0]?.kind === "act" && acts[0].event.seq).toBe(done.body.events[0]?.seq)
    expect(flatText(body.en.text)).toBe(flatText(proposal.en))
  })

  test("who has no seat, no session or asks for what is not there gets the documented problem", async () => {
    expect((await api.stranger.get(path())).status).toBe(401)
    expect((await (await api.as("admin@plan.example")).get(path())).body).toMatchObject({ code: "no_such_plan" })
    expect((await us.get(path("nowhere"))).body).toMatchObject({ status: 404, code: "no_such_clause" })
    expect((await us.get(path(CLAUSE, "?version=9"))).body).toMatchObject({ status: 404, code: "no_such_version" })
    expect((await us.get(path(CLAUSE, "?version=x"))).body).toMatchObject({ status: 422, code: "invalid_request" })
  })
})

describe("[API24] authorship is of one log position", () => {
  test("a version is read as it was frozen, whatever was written since", async () => {
    const userId = await userIdOf(await api.as("head@us.example"))
    const before = (await us.get<ClauseAuthorship>(path())).body
    await api.database.store.transactAct("demo", { userId }, { caucus: false }, async (tx) => ({
      ok: true,
      value: await tx.createVersion({
        seq: tx.doc.headSeq,
        planHash: "0".repeat(64),
        manifestHash: "0".repeat(64),
        plan: new Uint8Array(),
        update: null,
        standing: tx.before,
        files: [],
      }),
    }))
    await type(ru, () => "Nothing is as it was.")
    const version = (await us.get<ClauseAuthorship>(path(CLAUSE, "?version=1"))).body
    expect(version).toMatchObject({ version: 1, seq: before.seq, en: before.en, ru: before.ru })
    const live = (await us.get<ClauseAuthorship>(path())).body
    expect(live.seq).toBeGreaterThan(before.seq)
    expect(flatText(live.en.text)).toContain("Nothing is as it was.")
  })

  test("compaction changes nothing: the history keeps the authors", async () => {
    const userId = await userIdOf(us)
    const { store } = api.database
    const stored = await store.withReader({ userId }, (tx) => tx.loadDoc("demo", "plan"))
    if (!stored) throw new Error("no plan")
    const before = (await us.get<ClauseAuthorship>(path())).body
    const other = await openCold()
    await store.log.compact(stored.doc, {
      seq: stored.headSeq,
      state: new Uint8Array([0, 0]),
      stateVector: new Uint8Array([0]),
    })
    expect((await other()).en).toEqual(before.en)
  })
})

/** The same question to a process that has folded nothing yet. */
async function openCold() {
  const { createApi } = await import("../create-api.ts")
  const app = createApi(api.deps)
  const signIn = await app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://localhost:3000" },
    body: JSON.stringify({ email: "drafter@us.example", password: "alternat-demo" }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  return async () => (await (await app.request(path(), { headers: { cookie } })).json()) as ClauseAuthorship
}
