import type { Bilingual, Lang, PartyCode, Role } from "@alternat/plan"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { getJson, postJson } from "./http.ts"
import { keys } from "./keys.ts"

export interface Setup {
  readonly token: string
  readonly plan: { readonly title: Bilingual; readonly start: string; readonly end: string }
  readonly delegations: readonly {
    readonly party: PartyCode
    readonly language: Lang
    readonly people: readonly {
      readonly email: string
      readonly name: Bilingual
      readonly roles: readonly Role[]
      readonly password: string
    }[]
  }[]
}

/** Whether this installation still waits for its first members. */
export const useSetupAwaited = () =>
  useQuery({
    queryKey: keys.setup,
    queryFn: ({ signal }) => getJson<{ readonly awaited: boolean }>("/api/setup", signal),
  })

export function useSetUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (setup: Setup) => postJson<{ readonly planId: string }>("/api/setup", setup),
    onSuccess: () => client.setQueryData(keys.setup, { awaited: false }),
  })
}
