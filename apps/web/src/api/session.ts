import type { DemoInfo, Me } from "@alternat/plan"
import { forgetDevice } from "@alternat/room/client"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { getJson, postJson } from "./http.ts"
import { keys } from "./keys.ts"
import { isApiError } from "./problem.ts"
import { type Readiness, saysDiskIsLow } from "./readiness.ts"

/** Who is signed in; null is a fact, not a failure. */
export const useMe = () =>
  useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) =>
      getJson<Me>("/api/me", signal).catch((error: unknown) => {
        if (isApiError(error) && error.status === 401) return null
        throw error
      }),
    staleTime: 60_000,
  })

export const useDemo = () =>
  useQuery({
    queryKey: keys.demo,
    queryFn: ({ signal }) => getJson<DemoInfo>("/api/demo", signal),
    staleTime: Infinity,
  })

/** Is there little room left on the server's disk? Asked now and then; who can't ask has been told so already. */
export const useIsDiskLow = (): boolean =>
  saysDiskIsLow(
    useQuery({
      queryKey: keys.readiness,
      queryFn: ({ signal }) => getJson<Readiness>("/readyz", signal),
      refetchInterval: 60_000,
      retry: false,
    }).data,
  )

export interface Credentials {
  readonly email: string
  readonly password: string
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: Credentials) => postJson("/api/auth/sign-in/email", credentials),
    onSuccess: async () => {
      // another person's answers must never be shown to this one
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.demo[0] })
      await client.fetchQuery({ queryKey: keys.me, queryFn: () => getJson<Me>("/api/me") })
    },
  })
}

/** The page is loaded anew, so that nothing one person has read stays in memory for the next; then the device forgets. */
export const useSignOut = (on: { readonly left: () => void; readonly failed: () => void }) =>
  useMutation({
    mutationFn: (_userId: string) => postJson("/api/auth/sign-out"),
    onError: on.failed,
    onSuccess: (_reply, userId) => {
      on.left()
      sessionStorage.setItem(FORGET, userId)
      location.replace("/sign-in")
    },
  })

const FORGET = "alternat-forget"

/** Called once as a page starts: removes the copies of whoever has just signed out, before anybody opens one. */
export async function forgetSignedOut(): Promise<void> {
  const userId = sessionStorage.getItem(FORGET)
  if (userId === null) return
  sessionStorage.removeItem(FORGET)
  await forgetDevice(userId)
}
