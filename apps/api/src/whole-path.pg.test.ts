import {
  type ActInput,
  type ActReply,
  type Clause,
  type ClauseText,
  type LivePlan,
  type PreflightReport,
  type Problem,
  type SignRequest,
  type SignStatement,
  type Standing,
  type VersionInfo,
} from "@alternat/plan"
import {
  clausePair,
  keyPairFromSeed,
  planHash,
  proposalHash,
  rowHash,
  signStatement,
  tableProposalHash,
  verifyPack,
} from "@alternat/seal"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createExporter } from "./exports/create-exporter.ts"
import { type Caller, type DemoApi, openDemoApi } from "./testing/demo-api.ts"

/** One story, and longer than most files for that: each test goes on where the one before it has ended. */

let api: DemoApi
let us: Side
let ru: Side
interface Side {
  readonly head: Caller
  readonly drafter: Caller
  readonly translator: Caller
  readonly budget: Caller
}

beforeAll(async () => {
  api = await openDemoApi({ exporter: createExporter() })
  us = await side("us")
  ru = await side("ru")
})
afterAll(() => api.close())

const side = async (code: string): Promise<Side> => ({
  head: await api.as(`head@${code}.example`),
  drafter: await api.as(`drafter@${code}.example`),
  translator: await api.as(`translator@${code}.example`),
  budget: await api.as(`budget@${code}.example`),
})

const plan = async (): Promise<LivePlan> => (await us.head.get<LivePlan>("/api/plans/demo")).body
const standing = async (): Promise<Standing> => (await us.head.get<Standing>("/api/plans/demo/standing")).body

async function act(caller: Caller, input: ActInput): Promise<ActReply> {
  const reply = await caller.post<ActReply>("/api/plans/demo/acts", input)
  expect(reply.status, `${input.act}: ${reply.text.slice(0, 1500)}`).toBe(200)
  return reply.body
}

const clausesOf = (live: LivePlan): readonly Clause[] => live.plan.sections.flatMap((section) => section.clauses)
const clauseOf = (live: LivePlan, id: string): Clause =>
  found(
    clausesOf(live).find((clause) => clause.id === id),
    id,
  )
function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`)
  return value
}

async function consent(caller: Caller, proposalId: string): Promise<ActReply> {
  const live = await plan()
  const proposal = found(
    live.proposals.find((p) => p.id === proposalId),
    proposalId,
  )
  const items = [{ proposalId, hash: proposalHash(proposal), base: clausePair(clauseOf(live, proposal.clauseId)) }]
  return act(caller, { act: "consent_proposal", items })
}

async function withdraw(caller: Caller, proposalId: string): Promise<ActReply> {
  const proposal = found(
    (await plan()).proposals.find((p) => p.id === proposalId),
    proposalId,
  )
  return act(caller, { act: "withdraw_proposal", proposalId, hash: proposalHash(proposal) })
}

/** A head tables a new wording, the other side's drafter consents to it. */
async function settle(
  by: Caller,
  other: Caller,
  clauseId: string,
  wording: (clause: Clause) => { en: ClauseText; ru: ClauseText },
) {
  const clause = clauseOf(await plan(), clauseId)
  const tabled = await act(by, {
    act: "table_proposal",
    clauseId,
    kind: "replace",
    base: clausePair(clause),
    ...mutable(wording(clause)),
  })
  const done = await consent(other, found(tabled.created ?? undefined, "proposal").id)
  expect(done.completed).toBe(true)
}

const mutable = (wording: { en: ClauseText; ru: ClauseText }) =>
  structuredClone(wording) as unknown as Pick<Extract<ActInput, { act: "table_proposal" }>, "en" | "ru">

async function tableProposal(caller: Caller, id: string, what: "consent" | "withdraw"): Promise<ActReply> {
  const proposal = found(
    (await plan()).tableProposals.find((p) => p.id === id),
    id,
  )
  const hash = tableProposalHash(proposal)
  return what === "withdraw"
    ? act(caller, { act: "withdraw_table_proposal", proposalId: id, hash })
    : act(caller, { act: "consent_table_proposal", items: [{ proposalId: id, hash, base: proposal.base }] })
}

describe("the whole path, from the open demo to a pack that verifies", () => {
  test("[API10] the nine open clauses are settled, each by both sides", async () => {
    await consent(us.drafter, "p-17.2-ru")
    await withdraw(us.head, "p-17.2-us")
    await consent(us.drafter, "p-17.3-ru")
    await consent(us.head, "p-15.3-ru")
    await consent(ru.drafter, "p-18.4-us")
    await consent(ru.head, "p-12.3-us")
    await withdraw(ru.head, "p-12.3-ru")
    await act(us.head, {
      act: "unpark",
      clauses: [{ clauseId: "s21.c2", hash: clausePair(clauseOf(await plan(), "s21.c2")) }],
      reason: "settled in the fourth round",
    })
    const withdrawn = await consent(us.head, "p-21.2-ru")
    expect(withdrawn.completed).toBe(true)
    const inserted = await consent(ru.drafter, "p-17.7-us")
    expect(inserted.completed).toBe(true)
    await settle(us.head, ru.drafter, "s17.c6", (clause) => ({
      en: filled(clause.en, "the embassy science office"),
      ru: filled(clause.ru, "научный отдел посольства"),
    }))
    await settle(ru.head, us.drafter, "s18.c2", (clause) => ({
      en: clause.en,
      ru: [{ p: ["Каждая Сторона вправе проверять документы об использовании взносов другой Стороны."] }],
    }))
    await settle(ru.head, us.drafter, "s24.c3", (clause) => ({
      en: clause.en,
      ru: [{ p: ["Публичные заявления согласуются Сторонами заранее."] }],
    }))
    const live = await plan()
    expect(live.proposals.filter((p) => p.status === "open").map((p) => p.id)).toEqual([])
    expect((await standing()).clauses["s21.c2"]?.state).toBe("withdrawn")
  })

  test("the Russian side lifts its reserve on 17.4; the other side could not have", async () => {
    const [reserve] = found((await standing()).clauses["s17.c4"], "standing").reserves
    const lift: ActInput = { act: "lift_reserve", reserveId: found(reserve, "reserve").id }
    expect((await us.head.post("/api/plans/demo/acts", lift)).status).toBe(403)
    await act(ru.head, lift)
  })

  test("cost proposals and joint orders are accepted or withdrawn", async () => {
    await tableProposal(ru.budget, "CP2", "withdraw")
    expect((await tableProposal(ru.budget, "CP1", "consent")).completed).toBe(true)
    await tableProposal(us.budget, "CP3", "withdraw")
    expect((await tableProposal(us.budget, "CP4", "consent")).completed).toBe(true)
    await tableProposal(us.head, "JP1", "withdraw")
    expect((await tableProposal(us.drafter, "JP2", "consent")).completed).toBe(true)
    const { plan: now } = await plan()
    expect(now.tables.cost_lines.map((line) => line.id)).toContain("L14")
  })

  test("everything is attested, agreed ad referendum and agreed in bulk", async () => {
    const live = await plan()
    const before = await standing()
    const items = clausesOf(live)
      .filter((clause) => before.clauses[clause.id]?.state !== "withdrawn")
      .map((clause) => ({ clauseId: clause.id, hash: clausePair(clause) }))
    const lines = live.plan.tables.cost_lines.map((line) => ({ lineId: line.id, hash: rowHash(line) }))
    const inState = (state: string) =>
      items.filter((item) => (before.clauses[item.clauseId]?.state ?? "tabled") === state)
    const open = [...inState("tabled"), ...inState("under_negotiation")]
    const openLines = lines.filter((line) => before.lines[line.lineId]?.state !== "agreed_ad_ref")
    const unattested = (party: string) =>
      items.filter(({ clauseId, hash }) => {
        const own = before.clauses[clauseId]?.attestations.filter((one) => one.party === party) ?? []
        return !own.some((one) => one.hash.en === hash.en && one.hash.ru === hash.ru)
      })
    await act(us.translator, { act: "attest", clauses: unattested("US") })
    await act(ru.translator, { act: "attest", clauses: unattested("RU") })
    expect((await act(us.head, { act: "agree_ad_referendum", clauses: open, lines: openLines })).completed).toBe(false)
    expect((await act(ru.head, { act: "agree_ad_referendum", clauses: open, lines: openLines })).completed).toBe(true)
    const adRef = await standing()
    const toAgree = items.filter((item) => adRef.clauses[item.clauseId]?.state === "agreed_ad_ref")
    await act(us.head, { act: "agree", clauses: toAgree, lines })
    expect((await act(ru.head, { act: "agree", clauses: toAgree, lines })).completed).toBe(true)
    const after = await standing()
    expect(items.filter((item) => after.clauses[item.clauseId]?.state !== "agreed")).toEqual([])
  })

  test("[API13] preflight is clean, a freeze of other bytes is stale, the freeze makes version 1", async () => {
    const report = (await us.head.get<PreflightReport>("/api/plans/demo/preflight")).body
    expect(report.items.filter((item) => item.severity === "blocks")).toEqual([])
    expect(report.ready).toBe(true)
    expect(report.planHash).toBe(planHash((await plan()).plan))
    expect((await us.head.post("/api/plans/demo/acts", { act: "freeze", planHash: "0".repeat(64) })).status).toBe(409)
    const frozen = await act(us.head, { act: "freeze", planHash: report.planHash })
    expect(frozen.completed).toBe(true)
    const [version] = (await ru.head.get<VersionInfo[]>("/api/plans/demo/versions")).body
    expect(version).toMatchObject({
      number: 1,
      planHash: report.planHash,
      status: "frozen",
      signatures: [],
      pack: false,
    })
    expect((await us.head.get("/api/plans/demo/versions/1/pack")).status).toBe(409)
  }, 60_000)

  test("[API10] both heads unlock it, and the next version begins with no signature", async () => {
    const { manifestHash } = (await us.head.get<VersionInfo>("/api/plans/demo/versions/1")).body
    const early = signStatement(statement(manifestHash, "US"), keyOf(9))
    expect((await us.head.post("/api/plans/demo/versions/1/signatures", early)).status).toBe(201)
    const unlock: ActInput = { act: "unlock", version: 1, manifestHash, reason: "a date to be put right" }
    expect((await act(us.head, unlock)).completed).toBe(false)
    expect((await us.head.post("/api/plans/demo/acts", unlock)).status).toBe(409)
    expect((await act(ru.head, unlock)).completed).toBe(true)
    const { planHash: hash } = (await us.head.get<PreflightReport>("/api/plans/demo/preflight")).body
    await act(ru.head, { act: "freeze", planHash: hash })
    const versions = (await ru.head.get<VersionInfo[]>("/api/plans/demo/versions")).body
    expect(versions.map(({ number, status }) => [number, status])).toEqual([
      [1, "unlocked"],
      [2, "frozen"],
    ])
    const stale = signStatement(statement(manifestHash, "US"), keyOf(1))
    expect((await us.head.post("/api/plans/demo/versions/1/signatures", stale)).status).toBe(409)
  }, 60_000)

  test("[API14] only a head's own, true and timely statement is kept", async () => {
    const version = (await us.head.get<VersionInfo>("/api/plans/demo/versions/2")).body
    const good = statement(version.manifestHash, "US")
    const send = async (caller: Caller, request: SignRequest) =>
      (await caller.post<{ code: string }>("/api/plans/demo/versions/2/signatures", request)).body.code
    const forged = { ...signStatement(good, keyOf(1)), statement: { ...good, date: dayFrom(1) } }
    expect(await send(us.head, forged)).toBe("bad_signature")
    expect(await send(us.head, signStatement({ ...good, party: "RU" }, keyOf(1)))).toBe("wrong_party")
    expect(await send(us.head, signStatement({ ...good, manifest: "0".repeat(64) }, keyOf(1)))).toBe("stale")
    expect(await send(us.head, signStatement({ ...good, date: "2009-12-14" }, keyOf(1)))).toBe("signed_before_rate")
    expect(await send(us.drafter, signStatement(good, keyOf(1)))).toBe("forbidden")
    expect((await us.head.get<VersionInfo>("/api/plans/demo/versions/2")).body.signatures).toEqual([])
  })

  test("[API63] name, post and organization are the record's, whatever a client sends", async () => {
    const version = (await us.head.get<VersionInfo>("/api/plans/demo/versions/2")).body
    const own = (await us.head.get<SignStatement>("/api/plans/demo/versions/2/signatory")).body
    const good = statement(version.manifestHash, "US")
    expect(own).toMatchObject({ name: good.name, post: good.post, organisation: good.organisation, acting: false })
    for (const place of ["name", "post", "organisation"] as const) {
      const other = { ...good, [place]: { en: "Mickey Mouse", ru: "Микки Маус" } }
      const reply = await us.head.post<Problem>("/api/plans/demo/versions/2/signatures", signStatement(other, keyOf(1)))
      expect([reply.status, reply.body.code]).toEqual([422, "signatory_differs"])
      expect(reply.body.items?.map((item) => item.id)).toEqual([`statement.${place}`])
    }
    expect((await us.drafter.get("/api/plans/demo/versions/2/signatory")).status).toBe(403)
  })

  test("[API64] the date is the signatory's day, at most one off the server's", async () => {
    const version = (await us.head.get<VersionInfo>("/api/plans/demo/versions/2")).body
    for (const date of ["2031-01-01", dayFrom(2), dayFrom(-2), "2009-12-16"]) {
      const late = signStatement({ ...statement(version.manifestHash, "US"), date }, keyOf(1))
      const reply = await us.head.post<Problem>("/api/plans/demo/versions/2/signatures", late)
      expect([date, reply.status, reply.body.code]).toEqual([date, 422, "not_the_day"])
    }
  })

  test("[API15] [API65] after both signatures the pack is there and the verifier accepts it", async () => {
    const version = (await us.head.get<VersionInfo>("/api/plans/demo/versions/2")).body
    const sign = (caller: Caller, party: string, seed: number, date = dayFrom(0)) =>
      caller.post<VersionInfo & { code?: string }>(
        "/api/plans/demo/versions/2/signatures",
        signStatement({ ...statement(version.manifestHash, party), date }, keyOf(seed)),
      )
    expect((await sign(us.head, "US", 1)).status).toBe(201)
    expect((await sign(us.head, "US", 1)).body.code).toBe("already_signed")
    expect((await sign(ru.head, "RU", 1)).body.code).toBe("key_of_the_other_side")
    const signed = await sign(ru.head, "RU", 2, dayFrom(1))
    expect(signed.status, signed.text).toBe(201)
    expect(signed.body).toMatchObject({ status: "signed", pack: true })
    const events = (await ru.head.get("/api/plans/demo/events")).text
    expect(events, "[API65] the other side is told of another key").toContain("with another key than version 1")
    expect(events).toContain("ключ отличается от ключа версии 1")
    const pack = await ru.head.bytes("/api/plans/demo/versions/2/pack")
    const report = verifyPack(pack)
    expect(report.checks.filter((check) => !check.ok)).toEqual([])
    expect(report).toMatchObject({ kind: "pack", ok: true })
    const again = await us.head.bytes("/api/plans/demo/versions/2/pack")
    expect(Buffer.compare(again, pack), "the pack is the same bytes every time").toBe(0)
  }, 60_000)

  test("a frozen plan takes no more acts on its text", async () => {
    const clause = clauseOf(await plan(), "s15.c3")
    const attest: ActInput = { act: "attest", clauses: [{ clauseId: clause.id, hash: clausePair(clause) }] }
    expect((await us.translator.post("/api/plans/demo/acts", attest)).status).toBeGreaterThanOrEqual(400)
  })
})

const keyOf = (seed: number) => keyPairFromSeed(new Uint8Array(32).fill(seed))

/** so many days from the server's today: the signatory's day may be the one beside it */
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const SIGNATORIES: Readonly<Record<string, Pick<SignStatement, "name" | "post" | "organisation" | "place">>> = {
  US: {
    name: { en: "Eleanor Whitfield", ru: "Элинор Уитфилд" },
    post: { en: "Director, MPC&A Program Office", ru: "Директор управления по программе УКиФЗ ЯМ" },
    organisation: {
      en: "Department of Nuclear Material Security of the United States of America",
      ru: "Министерство по защите ядерных материалов Соединенных Штатов Америки",
    },
    place: { en: "Washington", ru: "Вашингтон" },
  },
  RU: {
    name: { en: "Nina Viktorovna Orlova", ru: "Нина Викторовна Орлова" },
    post: {
      en: "Head, Department of Nuclear and Radiation Security",
      ru: "Начальник департамента ядерной и радиационной безопасности",
    },
    organisation: {
      en: "Federal Agency for Nuclear Sites of the Russian Federation",
      ru: "Федеральное агентство по ядерным объектам Российской Федерации",
    },
    place: { en: "Moscow", ru: "Москва" },
  },
}

const statement = (manifest: string, party: string): SignStatement => ({
  format: "alternat-statement/1",
  manifest,
  party,
  ...found(SIGNATORIES[party], party),
  acting: false,
  date: dayFrom(0),
})

/** The text with its placeholders filled in. */
const filled = (text: ClauseText, words: string): ClauseText =>
  text.map((block) =>
    "p" in block
      ? {
          p: block.p.map((inline) =>
            typeof inline === "object" && "field" in inline && inline.field === "placeholder" ? words : inline,
          ),
        }
      : block,
  )
