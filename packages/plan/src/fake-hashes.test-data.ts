import type { HashPort } from "./hash-port.ts"

/** A hash port for tests: no cryptography, but equal values hash alike whatever their key order, and others apart. */
const stable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(stable)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, stable(inner)]),
  )
}

export const fakeHash = (value: unknown): string => {
  const text = JSON.stringify(stable(value))
  const words = Array.from({ length: 2 }, (_, seed) => {
    let hash = (0x811c9dc5 ^ (seed * 0x9e3779b1)) >>> 0
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
    return hash.toString(16).padStart(8, "0")
  })
  return words.join("").repeat(4)
}

export const fakeHashes: HashPort = {
  clausePair: ({ en, ru, alternat }) => ({
    en: fakeHash(alternat === undefined ? en : [en, alternat.en]),
    ru: fakeHash(alternat === undefined ? ru : [ru, alternat.ru]),
  }),
  rowHash: fakeHash,
  tableHash: fakeHash,
  proposalHash: ({ base, clauseId, en, kind, note, party, ru }) =>
    fakeHash({ base, clauseId, en, kind, note, party, ru }),
  tableProposalHash: ({ base, kind, party, reason, value }) => fakeHash({ base, kind, party, reason, value }),
  draftHash: fakeHash,
  planHash: fakeHash,
}
