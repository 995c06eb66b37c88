import type { PartyCode } from "@alternat/plan"

export interface Present {
  readonly people: readonly { readonly userId: string; readonly name: string }[]
  readonly parties: readonly PartyCode[]
}

/** Who is here, from the awareness states: a person only of one's own delegation, of the other side only its party. */
export function readPresent(states: readonly unknown[], own: PartyCode | null): Present {
  const users = states.flatMap((state) => {
    const user = isRecord(state) ? state["user"] : null
    return isRecord(user) ? [user] : []
  })
  const people = new Map<string, string>()
  const parties = new Set<PartyCode>()
  for (const user of users) {
    const { party, userId, name } = user
    if (typeof party === "string") parties.add(party)
    if (party === own && own !== null && typeof userId === "string" && typeof name === "string")
      people.set(userId, name)
  }
  return { people: [...people].map(([userId, name]) => ({ userId, name })), parties: [...parties] }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null
