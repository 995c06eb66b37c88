import type { Role } from "@alternat/plan"
import { z } from "@hono/zod-openapi"
import { words } from "../plans/new-plan.ts"
import { KNOWN_PARTIES } from "./parties.ts"

const DELEGATION_ROLES = [
  "head",
  "drafter",
  "legal",
  "translator",
  "budget",
  "expert",
  "releasing",
  "clearing",
  "members",
] as const satisfies readonly Role[]

/** Without these a delegation could table, agree or sign nothing. */
const NEEDED = ["head", "releasing", "clearing", "members"] as const

const name = z.string().trim().min(1).max(120)
const person = z
  .object({
    email: z.email().max(254),
    name: z.object({ en: name, ru: name }).strict(),
    roles: z.array(z.enum(DELEGATION_ROLES)).min(1).max(DELEGATION_ROLES.length),
    // how long and how good it must be is told with `weak_password`
    password: z.string().min(1).max(128),
  })
  .strict()
  .openapi("FirstMember")

const delegation = z
  .object({
    party: z.enum(KNOWN_PARTIES),
    language: z.enum(["en", "ru"]).default("en").openapi({ description: "in which its people begin to read" }),
    people: z.array(person).min(1).max(30),
  })
  .strict()
  .superRefine(({ people }, context) => {
    for (const role of NEEDED)
      if (!people.some(({ roles }) => roles.includes(role)))
        context.addIssue({ code: "custom", path: ["people"], message: `nobody is ${role}` })
    if (people.filter(({ roles }) => roles.includes("head")).length > 1)
      context.addIssue({ code: "custom", path: ["people"], message: "a delegation has one head" })
  })
  .openapi("FirstDelegation")

export const setupSchema = z
  .object({
    token: z.string().min(1).max(200),
    plan: z
      .object({
        title: words.optional(),
        start: z.iso.date().optional(),
        end: z.iso.date().optional(),
      })
      .strict()
      .optional(),
    delegations: z.array(delegation).length(2),
  })
  .strict()
  .superRefine(({ delegations, plan }, context) => {
    const [a, b] = delegations
    if (a && b && a.party === b.party)
      context.addIssue({ code: "custom", path: ["delegations", 1, "party"], message: "is the first delegation again" })
    if (plan?.start && plan.end && plan.start >= plan.end)
      context.addIssue({ code: "custom", path: ["plan", "end"], message: "lies before the start" })
    const seen = new Set<string>()
    for (const [d, { people }] of delegations.entries())
      for (const [p, { email }] of people.entries()) {
        const known = email.toLowerCase()
        if (seen.has(known)) {
          const path = ["delegations", d, "people", p, "email"]
          context.addIssue({ code: "custom", path, message: "stands here twice" })
        }
        seen.add(known)
      }
  })
  .openapi("Setup")

export type SetupRequest = z.infer<typeof setupSchema>
