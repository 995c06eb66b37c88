// What the acts on a whole plan cost, phase by phase. No peer: nobody else agrees 140 clauses in one act.
import { randomInt } from "node:crypto"
import {
  apiDeps,
  createApi,
  createExporter,
  createSettings,
  demoAccounts,
  type Exporter,
  seedDemo,
} from "@alternat/api"
import { initialCaucusUpdate, initialPlanUpdate, loadDoc, readPlan, SCHEMA_VERSION } from "@alternat/document"
import type { ActInput, Clause, ClauseText, LivePlan, PlanDocument, PreflightReport } from "@alternat/plan"
import { clausePair, planHash, rowHash } from "@alternat/seal"
import { createAuth, type NewDoc, type NewPlan } from "@alternat/store"
import { readDemo } from "./harness/demo.ts"
import { openDatabase } from "./harness/postgres.ts"
import { readOptions, report } from "./harness/report.ts"

const ORIGIN = "http://localhost:3000"
const options = readOptions()
const rounds = options.quick ? 1 : 3
const times = new Map<string, number[]>()
const note = (phase: string, ms: number) => times.set(phase, [...(times.get(phase) ?? []), ms])
async function timed<T>(phase: string, run: () => T | Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await run()
  note(phase, performance.now() - started)
  return result
}

const { plan: agreed, clauseIds } = settledPlan()
const database = await openDatabase()
const settings = createSettings({ publicUrl: ORIGIN, demo: true, rate: { perSecond: 10_000, burst: 10_000 } })
const auth = createAuth({
  url: database.urls.auth,
  secret: "a secret of a benchmark, long enough to be one",
  baseUrl: ORIGIN,
  trustedOrigins: settings.trustedOrigins,
  addressHeader: "x-alternat-address",
})
await seedDemo({ store: database.store, auth })
const typesetter = createExporter()
const exporter: Exporter = {
  ...typesetter,
  versionFiles: (version) =>
    timed("  of it: two PDF/A originals and the other files", () => typesetter.versionFiles(version)),
}
const silent = () => undefined
const logger = { info: silent, warn: silent, error: silent }
const app = createApi(apiDeps({ store: database.store, auth, settings, exporter, logger, demo: demoAccounts }))

const headUs = await signIn("head@us.example")
const headRu = await signIn("head@ru.example")
const translatorUs = await signIn("translator@us.example")
const translatorRu = await signIn("translator@ru.example")
for (let round = 0; round < rounds; round++) await walk(`bench${round}`)
await auth.close()
await database.close()
report(
  "acts",
  `acts over ${clauseIds.length} clauses and ${agreed.tables.cost_lines.length} cost lines, then a freeze; HTTP in process, PostgreSQL with fsync, ${rounds} rounds; no peer`,
  [...times].map(([figure, ours]) => ({ figure, unit: "ms", ours, peer: null })),
  options,
)

/** From open clauses to a frozen version. */
async function walk(planId: string): Promise<void> {
  const installed = newPlan(planId)
  await database.store.installPlan(installed)
  const [update] = installed.docs[0]?.updates ?? []
  if (update) {
    const doc = await timed("read: fold the document", () => loadDoc("plan", [update.bytes]))
    const live = await timed("read: the document as a plan", () => readPlan(doc, 1))
    await timed(`read: hash ${clauseIds.length} clauses in both languages`, () => clausesOf(live.plan).map(clausePair))
    await timed("read: hash of the whole plan", () => planHash(live.plan))
  }
  const live = await timed("GET the live plan", () => headUs<LivePlan>("GET", `/api/plans/${planId}`))
  const clauses = clausesOf(live.plan).map((clause) => ({ clauseId: clause.id, hash: clausePair(clause) }))
  const lines = live.plan.tables.cost_lines.map((line) => ({ lineId: line.id, hash: rowHash(line) }))
  const act = (phase: string, caller: Caller, input: ActInput) =>
    timed(phase, () => caller("POST", `/api/plans/${planId}/acts`, input))
  await act("attest, first side", translatorUs, { act: "attest", clauses })
  await act("attest, second side", translatorRu, { act: "attest", clauses })
  await act("agree ad referendum, first head", headUs, { act: "agree_ad_referendum", clauses, lines })
  await act("agree ad referendum, second head", headRu, { act: "agree_ad_referendum", clauses, lines })
  await act("agree, first side", headUs, { act: "agree", clauses, lines })
  await act("agree, second side", headRu, { act: "agree", clauses, lines })
  const preflight = await timed("preflight", () => headUs<PreflightReport>("GET", `/api/plans/${planId}/preflight`))
  if (!preflight.ready) throw new Error(`not ready: ${JSON.stringify(preflight.items).slice(0, 2000)}`)
  await act("freeze, whole", headUs, { act: "freeze", planHash: preflight.planHash })
}

type Caller = <T>(method: "GET" | "POST", path: string, body?: unknown) => Promise<T>

async function signIn(email: string): Promise<Caller> {
  const headers = { origin: ORIGIN, "content-type": "application/json" }
  const body = JSON.stringify({ email, password: demoAccounts.password })
  const reply = await app.request("/api/auth/sign-in/email", { method: "POST", headers, body })
  const cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  return async <T>(method: "GET" | "POST", path: string, sent?: unknown): Promise<T> => {
    const init = { method, headers: { ...headers, cookie }, ...(sent !== undefined && { body: JSON.stringify(sent) }) }
    const answer = await app.request(path, init)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 2000)}`)
    return (await answer.json()) as T
  }
}

function clausesOf(plan: PlanDocument): readonly Clause[] {
  return plan.sections.flatMap((section) => section.clauses)
}

/** The demo's plan with nothing left open in its words. */
function settledPlan() {
  const { plan } = readDemo()
  const settle = (clause: Clause): Clause => {
    const en = filled(clause.en, "the embassy science office")
    const ru = filled(clause.ru, "научный отдел посольства")
    return { ...clause, en, ru: ru.length === 0 ? [{ p: ["Публичные заявления согласуются Сторонами заранее."] }] : ru }
  }
  const sections = plan.sections.map((section) =>
    section.kind === "signature" ? section : { ...section, clauses: section.clauses.map(settle) },
  )
  const settled = { ...plan, sections } as PlanDocument
  return { plan: settled, clauseIds: clausesOf(settled).map((clause) => clause.id) }
}

function filled(text: ClauseText, words: string): ClauseText {
  return text.map((block) =>
    "p" in block
      ? {
          p: block.p.map((inline) =>
            typeof inline === "object" && "field" in inline && inline.field === "placeholder" ? words : inline,
          ),
        }
      : block,
  )
}

function newPlan(id: string): NewPlan {
  const plan = { ...agreed, id }
  const at = new Date().toISOString()
  const [a, b] = plan.parties
  const clause = {
    state: "under_negotiation",
    since: at,
    attestations: [],
    divergence: null,
    reserves: [],
    consents: [],
    reopened: null,
  } as const
  const people = demoAccounts.accounts.filter(({ roles }) => !roles.includes("admin"))
  const caucus = (party: string) =>
    newDoc("caucus", party, (clientId) =>
      initialCaucusUpdate({ drafts: [], notes: [] }, { planId: id, epoch: 1, clientId }),
    )
  return {
    id,
    title: plan.title,
    shortTitle: plan.shortTitle,
    parties: [a.code, b.code],
    at,
    docs: [
      newDoc("plan", null, (clientId) =>
        initialPlanUpdate({ plan, proposals: [], tableProposals: [], seq: 0 }, { epoch: 1, clientId }),
      ),
      caucus(a.code),
      caucus(b.code),
    ],
    people,
    members: people.map(({ userId, party, roles }) => ({ userId, party, roles })),
    standing: {
      status: "negotiation",
      clauses: Object.fromEntries(clauseIds.map((clauseId) => [clauseId, clause])),
      lines: Object.fromEntries(
        plan.tables.cost_lines.map((line) => [
          line.id,
          { state: "under_negotiation", since: at, consents: [] } as const,
        ]),
      ),
      version: null,
    },
    events: [],
    comments: [],
    record: [],
    rankings: [],
  }
}

function newDoc(space: NewDoc["space"], party: string | null, make: (clientId: number) => Uint8Array): NewDoc {
  const clientId = randomInt(1, 2 ** 32 - 1)
  return {
    space,
    party,
    schemaVersion: SCHEMA_VERSION,
    updates: [{ bytes: make(clientId), author: "server" }],
    clients: [{ clientId, author: "server" }],
  }
}
