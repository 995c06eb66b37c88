import { randomInt } from "node:crypto"
import { initialCaucusUpdate, initialPlanUpdate, SCHEMA_VERSION } from "@alternat/document"
import type { Auth, NewDoc, NewPlan, Store } from "@alternat/store"
import { demoAccounts, silentAuthors } from "./accounts.ts"
import { readDemo } from "./read-demo.ts"
import { demoCaucus } from "./seed-caucus.ts"
import { demoEvents, demoRankings, demoRecord } from "./seed-history.ts"
import { demoStanding } from "./seed-standing.ts"
import { caucusThread, cellThread, createDaysAgo, textThread } from "./seed-talk.ts"

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
  const demo = readDemo()
  const { live, history } = demo
  const { plan } = live
  const daysAgo = createDaysAgo(demo.storyDate)
  const [a, b] = plan.parties
  const people = [...demoAccounts.accounts, ...silentAuthors]
  const caucusOf = (party: string) => demo.caucus[party] ?? []
  return {
    id: plan.id,
    title: plan.title,
    shortTitle: plan.shortTitle,
    parties: [a.code, b.code],
    at: history.standsAt.at,
    docs: [
      newDoc("plan", null, (clientId) => initialPlanUpdate(live, { epoch: 1, clientId })),
      ...[a.code, b.code].map((party) =>
        newDoc("caucus", party, (clientId) =>
          initialCaucusUpdate(
            demoCaucus(party, {
              items: caucusOf(party),
              costs: demo.caucusCosts,
              scenarios: demo.scenarios,
              storyAt: history.standsAt.at,
              daysAgo,
            }),
            { planId: plan.id, epoch: 1, clientId },
          ),
        ),
      ),
    ],
    people: people.map(({ userId, name, language }) => ({ userId, name, language })),
    // The administrator runs the installation and is a member of no plan: no content right at all.
    members: people
      .filter(({ roles }) => !roles.includes("admin"))
      .map(({ userId, party, roles }) => ({ userId, party, roles })),
    standing: demoStanding(plan, demo.states, demo.reserves),
    events: demoEvents(history, live, demo.reserves),
    comments: [
      ...demo.textThreads.map((thread) => textThread(thread, daysAgo)),
      ...demo.cellThreads.map(cellThread),
      ...[a.code, b.code].flatMap((party) =>
        caucusOf(party).flatMap((item) => (item.kind === "comment" ? [caucusThread(party, item, daysAgo)] : [])),
      ),
    ],
    record: demoRecord(history),
    rankings: demoRankings(plan.tables.priorities, history),
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
