import type { Parties, Party, PartyCode } from "@alternat/plan"
import text from "@alternat/plan/demo/demo-plan-text.json"

/** The parties whose names are known in both languages, in every case: what a first plan can be between. */
const known = text.parties as unknown as readonly Party[]

export const KNOWN_PARTIES: readonly PartyCode[] = known.map((party) => party.code)

/** In the order that the request names them: the first is A, the second B. */
export function partiesOf(codes: readonly [PartyCode, PartyCode]): Parties {
  const party = (code: PartyCode): Party => {
    const found = known.find((candidate) => candidate.code === code)
    if (!found) throw new Error("broken invariant: the request's schema lets only known parties pass")
    return found
  }
  return [party(codes[0]), party(codes[1])]
}
