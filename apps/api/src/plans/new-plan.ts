import { initialCaucusUpdate, initialPlanUpdate } from "@alternat/document"
import { blankPlan, freshClauseStanding, type MemberInfo, type Parties, type PlanDocument } from "@alternat/plan"
import type { NewPlan } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import { newDoc } from "../demo/seed-demo.ts"

export const words = z.object({ en: z.string().trim().min(1).max(400), ru: z.string().trim().min(1).max(400) }).strict()

export const newPlanSchema = z
  .object({
    title: words,
    shortTitle: words,
    start: z.iso.date(),
    end: z.iso.date(),
    binding: z.boolean().default(false),
    like: z
      .string()
      .openapi({ description: "a plan of the same two delegations: its parties and members are taken over" }),
  })
  .strict()
  .refine((body) => body.start < body.end, { path: ["end"], message: "lies before the start" })
  .openapi("NewPlan")

export type NewPlanRequest = z.infer<typeof newPlanSchema>

/** A plan from the template, empty, with the members of both delegations: those of another plan of theirs, or the first. */
export function planFromTemplate(
  request: Omit<NewPlanRequest, "like">,
  o: { readonly id: string; readonly at: string; readonly parties: Parties; readonly members: readonly MemberInfo[] },
): NewPlan {
  const { title, shortTitle, start, end, binding } = request
  const plan = blankPlan({ id: o.id, title, shortTitle, parties: o.parties, start, end, binding })
  const [a, b] = o.parties
  const live = { plan, proposals: [], tableProposals: [], seq: 0 }
  return {
    id: o.id,
    title,
    shortTitle,
    parties: [a.code, b.code],
    at: o.at,
    docs: [
      newDoc("plan", null, (clientId) => initialPlanUpdate(live, { epoch: 1, clientId })),
      ...[a.code, b.code].map((party) =>
        newDoc("caucus", party, (clientId) =>
          initialCaucusUpdate({ drafts: [], notes: [] }, { planId: o.id, epoch: 1, clientId }),
        ),
      ),
    ],
    people: [],
    members: o.members.map(({ userId, party, roles }) => ({ userId, party, roles })),
    standing: blankStanding(plan, o.at),
    events: [
      {
        kind: "plan_started",
        subject: { type: "plan", id: o.id },
        summary: { en: "Plan started from the template", ru: "План начат по образцу" },
        at: o.at,
      },
    ],
    comments: [],
    record: [],
    rankings: [],
  }
}

const blankStanding = (plan: PlanDocument, at: string): NewPlan["standing"] => ({
  status: "negotiation",
  clauses: Object.fromEntries(
    plan.sections.flatMap((section) => section.clauses).map((clause) => [clause.id, freshClauseStanding(at)]),
  ),
  lines: {},
  version: null,
})
