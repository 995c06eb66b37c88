import { LANGS } from "@alternat/plan"
import * as Y from "yjs"
import { SCHEMA_VERSION, type Space } from "./layout.ts"
import { newPlain } from "./plain-text.ts"
import { serverUpdate } from "./server-update.ts"

/**
 * Brings a stored document to the present layout: one update on top of its log, under a client id nobody has used. What
 * stands before it in the log is not touched, so clause texts keep their items, and with them comments their anchors and
 * words their authors. Nothing that a person reads changes. Doing it twice changes nothing more.
 *
 * From 1 to 2: the free text of a caucus becomes fragments. Table rows stay as they are: their former cells are read for
 * ever (`cell-paths.ts` of `plan`), since any version folds to a place in the log before this.
 */
export function upgradeUpdate(
  space: Space,
  updates: readonly Uint8Array[],
  epoch: number,
): { readonly update: Uint8Array | null; readonly clientId: number } {
  return serverUpdate(updates, (doc) => {
    const meta = doc.getMap("meta")
    if (meta.get("schema") !== SCHEMA_VERSION) meta.set("schema", SCHEMA_VERSION)
    if (meta.get("epoch") !== epoch) meta.set("epoch", epoch)
    if (space === "caucus") upgradeCaucus(doc)
  })
}

function upgradeCaucus(doc: Y.Doc): void {
  for (const note of doc.getMap<unknown>("notes").values()) {
    if (!(note instanceof Y.Map)) continue
    const text: unknown = note.get("text")
    if (!(text instanceof Y.XmlFragment)) note.set("text", newPlain(typeof text === "string" ? text : ""))
  }
  for (const draft of doc.getMap<unknown>("drafts").values()) {
    if (!(draft instanceof Y.Map)) continue
    const former = draft.get("note") as Readonly<Record<string, string>> | null | undefined
    for (const lang of LANGS) if (!draft.has(`note.${lang}`)) draft.set(`note.${lang}`, newPlain(former?.[lang] ?? ""))
    if (draft.has("note")) draft.delete("note")
  }
}
