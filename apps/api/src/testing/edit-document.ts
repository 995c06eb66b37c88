import { clauseFragment, loadDoc, readFragment, writeFragment } from "@alternat/document"
import type { ClauseText, Lang } from "@alternat/plan"
import { updatesOf } from "../plans/fold.ts"
import type { Caller, DemoApi } from "./demo-api.ts"

let nextClient = 7000

/** Appends a person's updates to the log under the person's name, as the sync server does. */
export async function editDocument(
  api: DemoApi,
  caller: Caller,
  space: "plan" | "caucus",
  write: (doc: ReturnType<typeof loadDoc>) => void,
  planId = "demo",
): Promise<void> {
  const { userId } = (await caller.get<{ userId: string }>("/api/me")).body
  const stored = await api.database.store.withReader({ userId }, (tx) => tx.loadDoc(planId, space))
  if (!stored) throw new Error(`no ${space}`)
  const doc = loadDoc(space, updatesOf(stored))
  doc.clientID = nextClient++
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => void sent.push(update))
  doc.transact(() => write(doc))
  const [outcome] = await api.database.store.log.append([
    {
      doc: stored.doc,
      rulesRev: stored.rulesRev,
      updates: sent.map((bytes) => ({ author: userId, bytes })),
      newClients: [{ clientId: doc.clientID, author: userId }],
    },
  ])
  if (outcome?.type !== "appended") throw new Error(`not appended: ${outcome?.type}`)
}

/** Types into the working text of a clause. */
export const typeInto = (
  api: DemoApi,
  caller: Caller,
  o: { readonly clauseId: string; readonly lang: Lang; readonly change: (text: ClauseText) => ClauseText },
): Promise<void> =>
  editDocument(api, caller, "plan", (doc) => {
    const fragment = clauseFragment(doc, o.clauseId, o.lang)
    if (!fragment) throw new Error(`no clause ${o.clauseId}`)
    writeFragment(fragment, o.change(readFragment(fragment)))
  })
