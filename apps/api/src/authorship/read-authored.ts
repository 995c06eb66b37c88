import type { Reader } from "@alternat/store"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import type { BothTexts } from "./authorship-folds.ts"

/** Behind every log: sequence numbers are 32-bit integers. */
const END = 2 ** 31 - 1

/**
 * Both texts of a clause with who wrote them, at a log position or, with null, as far as the log goes. The log is read
 * through the eyes of the asker, page by page, each in a transaction of its own: what it holds never changes.
 */
export async function readAuthored(
  { store, authorship }: Pick<ApiDeps, "store" | "authorship">,
  reader: Reader,
  asked: { readonly planId: string; readonly clauseId: string; readonly upTo: number | null },
): Promise<{ readonly seq: number; readonly clauses: BothTexts }> {
  const { planId, clauseId } = asked
  const pageAfter = async (seq: number) =>
    (await store.withReader(reader, (tx) => tx.planLog(planId, seq))) ?? fail("no_such_plan")
  // where the document stands is asked first: a page of nothing costs nothing
  const head = await pageAfter(END)
  const upTo = asked.upTo ?? head.headSeq
  const key = `${head.doc}.${head.epoch}.${asked.upTo ?? "live"}`
  let answer = await authorship({ key, clauseId, upTo, entries: [] })
  while (answer.type === "behind") {
    const page = await pageAfter(answer.seq)
    const entries = page.entries.filter((entry) => entry.seq <= upTo)
    if (entries.length === 0) throw new Error("broken invariant: a log shorter than its document says ([LOG3])")
    answer = await authorship({ key, clauseId, upTo, entries })
  }
  return { seq: answer.seq, clauses: answer.clauses ?? fail("no_such_clause") }
}
