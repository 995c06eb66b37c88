import type { TableName } from "@alternat/plan"
import * as Y from "yjs"
import { tableOf, tableOfRoot } from "./layout.ts"

/** A value that two people wrote at the same moment, each without knowing of the other's: one stands, the other is lost. */
export interface LostWrite {
  readonly table: TableName
  readonly rowId: string
  readonly cell: string
  /** what the person here wrote */
  readonly mine: unknown
  /** the client id that wrote what stands */
  readonly clientId: number
}

interface OwnWrite {
  readonly item: Y.Item
  readonly value: unknown
}

/**
 * Tells `onLost` of each cell that was written here with this origin and lost a race. Everybody converges on one of two
 * concurrent values, and Yjs says nothing to the writer of the other. A write that knew of ours is no race but an
 * ordinary edit: its item has ours among its origins. Returns the end of it.
 */
export function watchLostWrites(doc: Y.Doc, origin: unknown, onLost: (lost: LostWrite) => void): () => void {
  const own = new Map<Y.Map<unknown>, Map<string, OwnWrite>>()
  const remember = (row: Y.Map<unknown>, cell: string): void => {
    const item = row._map.get(cell)
    if (item === undefined || item.deleted) return void own.get(row)?.delete(cell)
    const cells = own.get(row) ?? new Map<string, OwnWrite>()
    cells.set(cell, { item, value: row.get(cell) })
    own.set(row, cells)
  }
  const compare = (row: Y.Map<unknown>, cell: string): void => {
    const written = own.get(row)?.get(cell)
    const standing = row._map.get(cell)
    if (written === undefined || standing === undefined || standing === written.item) return
    own.get(row)?.delete(cell)
    const place = placeOf(row)
    if (place === null || standing.id.client === doc.clientID || knewOf(doc, standing, written.item)) return
    if (JSON.stringify(row.get(cell)) === JSON.stringify(written.value)) return
    onLost({ ...place, cell, mine: written.value, clientId: standing.id.client })
  }
  const after = (transaction: Y.Transaction): void => {
    if (transaction.local && transaction.origin !== origin) return
    for (const [type, keys] of transaction.changed) {
      if (!(type instanceof Y.Map)) continue
      for (const key of keys) if (key !== null) (transaction.local ? remember : compare)(type, key)
    }
  }
  doc.on("afterTransaction", after)
  return () => doc.off("afterTransaction", after)
}

/** Did the writer of `later` have `earlier` before it? Each value under a key names the one that it replaced. */
function knewOf(doc: Y.Doc, later: Y.Item, earlier: Y.Item): boolean {
  for (let at: Y.Item | null = later; at !== null; ) {
    if (at === earlier) return true
    const before: Y.Item | Y.GC | null = at.origin === null ? null : Y.getItem(doc.store, at.origin)
    at = before instanceof Y.Item ? before : null
  }
  return false
}

/** The table and row of a row's map; null for another one. */
function placeOf(row: Y.Map<unknown>): { readonly table: TableName; readonly rowId: string } | null {
  const rowId = row._item?.parentSub ?? null
  const rows = row.parent
  if (rowId === null || rows === null) return null
  for (const [name, root] of row.doc?.share ?? []) {
    const table = root === rows ? tableOfRoot(name) : null
    if (table !== null) return { table, rowId }
  }
  return null
}

/** Reads the value that stands in a cell now, and its writer's client id; null: no such row, or it is withdrawn. */
export function standingCell(
  doc: Y.Doc,
  table: TableName,
  rowId: string,
  cell: string,
): { readonly value: unknown; readonly clientId: number | null } | null {
  const row = tableOf(doc, table).get(rowId)
  if (row === undefined || row.get("deleted") !== undefined) return null
  return { value: row.get(cell), clientId: row._map.get(cell)?.id.client ?? null }
}
