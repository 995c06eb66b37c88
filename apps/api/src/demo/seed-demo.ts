import { randomInt } from "node:crypto"
import { initialCaucusUpdate, initialPlanUpdate, SCHEMA_VERSION } from "@alternat/document"
import { type Demo, type DemoFiles, type DemoThread, loadDemo } from "@alternat/plan"
import costs from "@alternat/plan/demo/demo-plan-costs.json"
import tables from "@alternat/plan/demo/demo-plan-tables.json"
import text from "@alternat/plan/demo/demo-plan-text.json"
import { hashPort } from "@alternat/seal"
import type { Auth, NewDoc, NewPlan, NewThread, Store } from "@alternat/store"
import { authorOf, demoAccounts, silentAuthors } from "./accounts.ts"
import { demoEvents } from "./demo-events.ts"

const EPOCH = 1

/**
 * Loads the demonstration, once: an installation that has it keeps it as its people left it. Accounts come first, so
 * that a seed that was cut off in the middle is finished by the next start.
 */
export async function seedDemo({
  store,
  auth,
}: {
  readonly store: Store
  readonly auth: Auth
}): Promise<"loaded" | "kept"> {
  if (await store.hasPlan("demo")) return "kept"
  const { accounts, password } = demoAccounts
  await Promise.all(
    accounts.map(({ userId, email, name, language }) => auth.createUser({ userId, email, password, name, language })),
  )
  return (await store.installPlan(demoPlan())) ? "loaded" : "kept"
}

/** The whole of the demo's data as one new plan. */
export function demoPlan(): NewPlan {
  // The files are the interchange form's own; the compiler's reading of a quarter of a megabyte of JSON is of no use.
  const demo = loadDemo({ text, tables, costs } as unknown as DemoFiles, hashPort)
  const { plan } = demo
  const [a, b] = plan.parties
  const people = [...demoAccounts.accounts, ...silentAuthors]
  return {
    id: plan.id,
    title: plan.title,
    shortTitle: plan.shortTitle,
    parties: [a.code, b.code],
    at: demo.record.at(-1)?.at ?? `${demo.storyDate}T15:00:00.000Z`,
    docs: [planDoc(demo), caucusDoc(demo, a.code), caucusDoc(demo, b.code)],
    people: people.map(({ userId, name, language }) => ({ userId, name, language })),
    // The administrator runs the installation and is a member of no plan: no content right at all.
    members: people
      .filter(({ roles }) => !roles.includes("admin"))
      .map(({ userId, party, roles }) => ({ userId, party, roles })),
    standing: demo.standing,
    events: demoEvents(demo),
    comments: demo.comments.map(newThread),
    record: demo.record,
    rankings: demo.rankings.map((ranking) => ({ ...ranking, userId: authorOf(ranking.party, "head"), reason: null })),
  }
}

const planDoc = ({ plan, proposals, tableProposals }: Demo): NewDoc =>
  newDoc("plan", null, (clientId) =>
    initialPlanUpdate({ plan, proposals, tableProposals, seq: 0 }, { epoch: EPOCH, clientId }),
  )

const caucusDoc = ({ plan, caucus }: Demo, party: string): NewDoc =>
  newDoc("caucus", party, (clientId) =>
    initialCaucusUpdate(caucus[party] ?? { drafts: [], notes: [] }, { planId: plan.id, epoch: EPOCH, clientId }),
  )

/** The server wrote what the demo begins with: no one person typed it. */
export function newDoc(space: NewDoc["space"], party: string | null, make: (clientId: number) => Uint8Array): NewDoc {
  const clientId = randomInt(1, 2 ** 32 - 1)
  return {
    space,
    party,
    schemaVersion: SCHEMA_VERSION,
    updates: [{ bytes: make(clientId), author: "server" }],
    clients: [{ clientId, author: "server" }],
  }
}

const newThread = ({ target, audience, due, status, entries }: DemoThread): NewThread => ({
  target,
  audience,
  due,
  status,
  entries: entries.map(({ party, role, at, text }) => ({ userId: authorOf(party, role), party, role, at, text })),
})
