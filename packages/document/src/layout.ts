import { type Lang, TABLE_NAMES, type TableName } from "@alternat/plan"
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing"
import * as Y from "yjs"

/**
 * Where everything lies in the two kinds of Y.Doc. Nobody outside this package names a root.
 *
 * plan space: `meta`, `head`, `sections`, `clauses`, `terms`, `tableProposals`, one `t:<table>` for each typed table.
 * caucus: `meta`, `drafts`, `notes`.
 */

/**
 * Rises when a stored document must be migrated (`upgrade.ts`); part of the room's name.
 * 2: free text of a caucus is a fragment and no string; parts of a row's field are cells of their own.
 */
export const SCHEMA_VERSION = 2

export type Space = "plan" | "caucus"

const TABLE_ROOT = "t:"
export const tableRootName = (table: TableName): string => TABLE_ROOT + table
export const tableOfRoot = (root: string): TableName | null =>
  root.startsWith(TABLE_ROOT) ? (TABLE_NAMES.find((name) => name === root.slice(2)) ?? null) : null

export const ROOTS: Readonly<Record<Space, readonly string[]>> = {
  plan: ["meta", "head", "sections", "clauses", "terms", "tableProposals", ...TABLE_NAMES.map(tableRootName)],
  caucus: ["meta", "drafts", "notes"],
}

/**
 * A document whose roots come into being when something names them, and as maps, so that nothing that arrives can give
 * one another type. Most rooms use few, and an empty root takes half a kilobyte.
 */
class SpaceDoc extends Y.Doc {
  readonly #space: Space

  constructor(space: Space) {
    // nobody asks a document for its guid, and a random one costs as much as all else that an empty document is made of
    super({ guid: space })
    this.#space = space
  }

  /** Yjs calls some ten names a transaction, and lib0 makes a map and an array for each that nobody listens to. */
  override emit(...[name, args]: Parameters<Y.Doc["emit"]>): void {
    if (this._observers.has(name)) super.emit(name, args)
  }

  override get<Type extends typeof Y.AbstractType<unknown>>(name: string, type?: Type): InstanceType<Type> {
    return super.get(name, type ?? ((ROOTS[this.#space].includes(name) ? Y.Map : Y.AbstractType) as unknown as Type))
  }
}

export const newDoc = (space: Space): Y.Doc => keepFormats(new SpaceDoc(space))

/**
 * Yjs clears away, in every copy by itself, format marks that have lost their effect after a remote change. What it finds
 * to clear depends on how the updates were grouped into transactions, and a mark that comes back later (an undo, a late
 * update) then has another extent in each copy: two people would read different words as emphasised, and the log would
 * not give either ([LOG2]). Our documents keep such marks: what reads is a function of the updates alone. Yjs looks at
 * this flag after the event.
 */
export function keepFormats(doc: Y.Doc): Y.Doc {
  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}

export type ClauseMap = Y.Map<unknown>

export const clausesOf = (doc: Y.Doc): Y.Map<ClauseMap> => doc.getMap("clauses")
export const tableOf = (doc: Y.Doc, table: TableName): Y.Map<Y.Map<unknown>> => doc.getMap(tableRootName(table))

/** The shared text of a clause; null when there is no such clause. */
export function clauseFragment(doc: Y.Doc, clauseId: string, lang: Lang): Y.XmlFragment | null {
  const fragment = clausesOf(doc).get(clauseId)?.get(lang)
  return fragment instanceof Y.XmlFragment ? fragment : null
}

/** What one UndoManager watches: everything a person types into. */
export const undoScope = (doc: Y.Doc, space: Space): readonly Y.AbstractType<unknown>[] =>
  ROOTS[space]
    .filter((root) => ["clauses", "terms", "drafts", "notes"].includes(root) || tableOfRoot(root) !== null)
    .map((root) => doc.getMap(root) as Y.AbstractType<unknown>)

/** The texts of a caucus that several people type in at once. They come with their draft or note and are never replaced. */
export const TEXTS_OF: Readonly<Record<"drafts" | "notes", readonly string[]>> = {
  drafts: ["en", "ru", "note.en", "note.ru"],
  notes: ["text"],
}

/** Order keys for `count` neighbours. */
export const orderKeys = (count: number): readonly string[] => generateNKeysBetween(null, null, count)

/** A key between two neighbours. Two that collide (made by two people at once) count as one place. */
export function orderBetween(before: string | null, after: string | null): string {
  const isUsable = before === null || after === null || before < after
  return generateKeyBetween(before, isUsable ? after : null)
}

/** Is this a key that `orderBetween` can work with? */
export function isOrderKey(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 200) return false
  try {
    generateKeyBetween(value, null)
    return true
  } catch {
    return false // the library says so only by throwing
  }
}

/** By order key, ties by id: the same on every machine, whatever the order of arrival. */
export const byOrder = (
  a: { readonly order: string; readonly id: string },
  b: { readonly order: string; readonly id: string },
) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export const orderOf = (map: Y.Map<unknown>): string => {
  const order = map.get("order")
  return typeof order === "string" ? order : ""
}
