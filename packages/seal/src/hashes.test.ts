import type { Clause, Proposal } from "@alternat/plan"
import { expect, test } from "vitest"
import { plan } from "./fixture.test-support.ts"
import { clauseHash, clausePair, hashPort, planHash, proposalHash, rankingCommitment, sha256Hex } from "./hashes.ts"

const clause: Clause = { id: "c", en: [{ p: ["thirty days"] }], ru: [{ p: ["тридцать дней"] }] }

test("[SEAL4] a clause's hash is the SHA-256 of its canonical text", () => {
  expect(clauseHash(clause.en)).toBe(sha256Hex(new TextEncoder().encode('[{"p":["thirty days"]}]')))
  expect(sha256Hex(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  )
})

test("[SEAL4] each language has its own hash, and the id is no part of it", () => {
  const changed = clausePair({ ...clause, id: "d", ru: [{ p: ["сорок дней"] }] } as Clause)
  expect(changed.en).toBe(clausePair(clause).en)
  expect(changed.ru).not.toBe(clausePair(clause).ru)
})

test("[SEAL4] the wording for the other original is hashed with its language", () => {
  const alternat = { en: [{ p: ["RF and US"] }], ru: [{ p: ["США и РФ"] }] }
  const base = clausePair({ ...clause, alternat })
  expect(base.en).not.toBe(clausePair(clause).en)
  const other = clausePair({ ...clause, alternat: { ...alternat, ru: [{ p: ["иное"] }] } })
  expect(other.en).toBe(base.en)
  expect(other.ru).not.toBe(base.ru)
})

test("[SEAL5] a proposal's hash does not change with its fate, its dates or its reason", () => {
  const proposal: Proposal = {
    id: "p",
    clauseId: "c",
    party: "US",
    kind: "replace",
    base: clausePair(clause),
    status: "open",
    en: clause.en,
    ru: clause.ru,
    note: null,
    openedAt: "2009-11-01",
    closedAt: null,
  }
  const later: Proposal = { ...proposal, status: "accepted", closedAt: "2009-12-01", note: { en: "why", ru: "почему" } }
  expect(proposalHash(later)).toBe(proposalHash(proposal))
  expect(proposalHash({ ...proposal, en: [{ p: ["x"] }] })).not.toBe(proposalHash(proposal))
  expect(proposalHash({ ...proposal, base: { en: "a", ru: "b" } })).not.toBe(proposalHash(proposal))
})

test("[SEAL4] the plan's hash follows every field of it", () => {
  expect(hashPort.planHash(plan)).toBe(planHash(structuredClone(plan)))
  expect(planHash({ ...plan, terms: { ...plan.terms, binding: true } })).not.toBe(planHash(plan))
})

test("[SEAL40] a ranking's commitment is made of its salt and its ranks in canonical order, halves of equals included", () => {
  const salt = "00ff"
  const written = new TextEncoder().encode('00ff\n{"P1":1.5,"P2":1.5,"P3":3}')
  expect(rankingCommitment(salt, { P3: 3, P1: 1.5, P2: 1.5 })).toBe(sha256Hex(written))
  expect(rankingCommitment("00fe", { P3: 3, P1: 1.5, P2: 1.5 })).not.toBe(sha256Hex(written))
})
