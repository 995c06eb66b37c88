import { SCHEMA_VERSION } from "@alternat/document"
import type { Standing } from "@alternat/plan"
import type { NewDoc, NewPlan } from "@alternat/store"
import * as Y from "yjs"
import { CAST } from "./cast.ts"

const AT = "2009-11-05T12:00:00.000Z"

/** A document with one map `meta`, as the one update that makes it. For tests of the log, not of the plan's shape. */
export function tinyUpdate(clientId: number, text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getMap("meta").set("text", text)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

const tinyDoc = (space: NewDoc["space"], party: string | null, clientId: number): NewDoc => ({
  space,
  party,
  schemaVersion: SCHEMA_VERSION,
  updates: [{ bytes: tinyUpdate(clientId, `${space} ${party ?? ""}`), author: "server" }],
  clients: [{ clientId, author: "server" }],
})

const standing: NewPlan["standing"] = {
  status: "negotiation",
  clauses: {
    "s1.c1": {
      state: "under_negotiation",
      since: AT,
      attestations: [],
      divergence: null,
      reserves: [],
      consents: [],
      reopened: null,
    },
    "s1.c2": {
      state: "agreed_ad_ref",
      since: AT,
      attestations: [],
      divergence: null,
      reserves: [],
      consents: [],
      reopened: null,
    },
  },
  lines: {
    L01: { state: "under_negotiation", since: AT, consents: [] },
    L08: { state: "agreed_ad_ref", since: AT, consents: [] },
  },
  version: null,
} satisfies Omit<Standing, "planId" | "rulesRev">

/** Two clauses, two cost lines, a plan document and two caucuses, with the whole cast as members. */
export function smallPlan(overrides: Partial<NewPlan> = {}): NewPlan {
  const people = Object.values(CAST)
  return {
    id: "small",
    title: { en: "A small plan", ru: "Небольшой план" },
    shortTitle: { en: "Small", ru: "План" },
    parties: ["US", "RU"],
    at: AT,
    docs: [tinyDoc("plan", null, 11), tinyDoc("caucus", "US", 12), tinyDoc("caucus", "RU", 13)],
    people: people.map(({ userId, name, language }) => ({ userId, name, language })),
    members: people.map(({ userId, party, roles }) => ({ userId, party, roles })),
    standing,
    events: [],
    comments: [],
    record: [],
    rankings: [],
    ...overrides,
  }
}
