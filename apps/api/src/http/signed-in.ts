import type { Actor } from "@alternat/plan"
import type { ReaderTx, SignedIn } from "@alternat/store"
import type { Context } from "hono"
import type { ApiDeps } from "../deps.ts"
import type { ApiEnv } from "./env.ts"
import { fail } from "./problem.ts"

/** The session behind a request, or a 401. */
export async function signedIn(c: Context<ApiEnv>, deps: Pick<ApiDeps, "auth">): Promise<SignedIn> {
  const pending = c.get("session") ?? deps.auth.session(c.req.raw.headers)
  c.set("session", pending)
  return (await pending) ?? fail("not_signed_in")
}

/** Runs `fn` through the eyes of whoever asks, once it is known that they are a member of the plan. */
export async function asMember<T>(
  c: Context<ApiEnv>,
  deps: Pick<ApiDeps, "auth" | "store">,
  planId: string,
  fn: (tx: ReaderTx, actor: Actor) => Promise<T>,
): Promise<T> {
  const { userId } = await signedIn(c, deps)
  return deps.store.withReader({ userId }, async (tx) => fn(tx, (await tx.actor(planId)) ?? fail("no_such_plan")))
}
