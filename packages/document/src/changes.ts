import * as Y from "yjs"
import { tableOfRoot } from "./layout.ts"

/** Where a shared type lies: its root's name and the map keys on the way down; `null` for a place in a sequence. */
export interface Path {
  readonly root: string
  readonly keys: readonly (string | null)[]
}

/** Climbs from a type to its root. */
export function pathOf(type: Y.AbstractType<unknown>): Path {
  const keys: (string | null)[] = []
  let at: Y.AbstractType<unknown> = type
  while (at._item !== null) {
    keys.push(at._item.parentSub)
    at = at._item.parent as Y.AbstractType<unknown>
  }
  return { root: Y.findRootTypeKey(at), keys: keys.toReversed() }
}

/**
 * What a transaction changed, in the words of the product: `clause:<id>:<en|ru>`, `row:<table>:<id>`, `terms`,
 * `proposals:<clauseId>`, `tableProposals`, `structure` (clauses added, moved, withdrawn; headings), `draft:<id>`,
 * `note:<id>`.
 */
export function changedKeys(transaction: Y.Transaction): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [type, subs] of transaction.changed) {
    const path = pathOf(type as Y.AbstractType<unknown>)
    for (const key of keysOf(path, subs)) found.add(key)
  }
  return found
}

/** The keys of one changed type. `subs` are the changed map keys, null for a changed sequence. */
export function keysOf(path: Path, subs: ReadonlySet<string | null>): readonly string[] {
  const { root, keys } = path
  const inside = (position: number): readonly string[] => {
    const key = keys[position]
    return key == null ? [...subs].filter((sub): sub is string => sub !== null) : [key]
  }
  const table = tableOfRoot(root)
  if (table !== null) return inside(0).map((id) => `row:${table}:${id}`)
  switch (root) {
    case "clauses":
      return keysOfClause(keys, subs)
    case "terms":
    case "tableProposals":
      return [root]
    case "sections":
    case "head":
      return ["structure"]
    case "drafts":
      return inside(0).map((id) => `draft:${id}`)
    case "notes":
      return inside(0).map((id) => `note:${id}`)
    default:
      return []
  }
}

function keysOfClause(keys: readonly (string | null)[], subs: ReadonlySet<string | null>): readonly string[] {
  const [id, part] = keys
  const texts = (of: string) => [`clause:${of}:en`, `clause:${of}:ru`]
  if (id == null) return ["structure", ...[...subs].flatMap((sub) => (sub === null ? [] : texts(sub)))]
  if (part === "en" || part === "ru") return [`clause:${id}:${part}`]
  if (part === "proposals") return [`proposals:${id}`]
  return ["structure", ...texts(id)]
}

/** Tells what each transaction changed. */
export function observeKeys(
  doc: Y.Doc,
  listener: (keys: ReadonlySet<string>, transaction: Y.Transaction) => void,
): () => void {
  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0) return
    const keys = changedKeys(transaction)
    if (keys.size > 0) listener(keys, transaction)
  }
  doc.on("afterTransaction", onTransaction)
  return () => doc.off("afterTransaction", onTransaction)
}
