import * as Y from "yjs"
import { LateMap } from "./late-map.ts"
import { type Space, tableOfRoot } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"

/**
 * A document that is judged by and never read: a third smaller than any other. A room has one for as long as somebody
 * writes, and it is the larger part of what the room holds. Let go of are
 * - what Yjs makes for listeners, in the document and in each of its types: nobody listens here,
 * - the map of keys of whatever has no keys: a text, a paragraph,
 * - the room to grow of arrays that have grown,
 * - the values that the server alone writes: who touches them is refused, whatever they are.
 * What comes later is held as Yjs makes it. Not to be encoded: it lacks what was let go of.
 */
export function loadJudgedCopy(space: Space, updates: readonly Uint8Array[]): Y.Doc {
  const doc = loadDoc(space, updates)
  doc.whenLoaded = NEVER
  doc.whenSynced = NEVER
  for (const name of ["load", "sync"] as const) doc._observers.delete(name)
  for (const type of doc.share.values()) slimType(type)
  for (const [client, structs] of doc.store.clients) {
    for (const struct of structs) if (struct instanceof Y.Item) slimContent(struct)
    doc.store.clients.set(client, structs.slice())
  }
  return doc
}

const NEVER = new Promise<never>(() => undefined)

function slimContent({ content, parent }: Y.Item): void {
  if (content instanceof Y.ContentType) slimType(content.type)
  if (content instanceof Y.ContentAny)
    content.arr =
      parent instanceof Y.Map && !isClients(rootOf(parent)) ? nothing(content.arr.length) : content.arr.slice()
}

/** The part of a type of Yjs that is let go of here. */
interface Slimmed {
  _eH: { readonly l: readonly unknown[] }
  _dEH: { readonly l: readonly unknown[] }
  _map: { readonly size: number } | LateMap<string, Y.Item>
}

/** Frozen: whoever listens after all is told so, and does not hear what happens in other rooms. */
const NOBODY = Object.freeze({ l: Object.freeze([]) })

function slimType(type: Slimmed): void {
  type._eH = NOBODY
  type._dEH = NOBODY
  if (type._map.size === 0) type._map = new LateMap()
}

/** Are values here written by clients? Of clauses they write the two texts, and no value. */
const isClients = (root: string): boolean =>
  root === "terms" || root === "drafts" || root === "notes" || tableOfRoot(root) !== null

function rootOf(type: Y.Map<unknown>): string {
  let at = type
  while (at._item !== null) at = at._item.parent as Y.Map<unknown>
  return Y.findRootTypeKey(at)
}

const ONE_NOTHING: null[] = [null]
Object.freeze(ONE_NOTHING)
const nothing = (length: number): null[] => (length === 1 ? ONE_NOTHING : Array.from({ length }, () => null))
