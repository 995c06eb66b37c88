import { type EditRules, mayEdit, type TableName } from "@alternat/plan"
import { isSameText } from "@alternat/text"
import * as Y from "yjs"
import { keysOf, type Path, pathOf } from "./changes.ts"
import { readFragment } from "./fragment.ts"
import { insertedFault } from "./inserted-characters.ts"
import { clauseFragment, clausesOf, ROOTS, type Space, TEXTS_OF, tableOfRoot, tableRootName } from "./layout.ts"
import { isCell, isDraft, isNote, isRow, textLength } from "./shape.ts"
import { parseTerm } from "./terms.ts"
import { type Bearer, type GuardLimits, refuse, type Verdict } from "./verdict.ts"

type Subs = ReadonlySet<string | null>

/** What one transaction has changed, and by what it is judged. */
export interface Changes {
  readonly transaction: Y.Transaction
  readonly space: Space
  readonly bearer: Bearer
  readonly rules: EditRules
  readonly limits: GuardLimits
  /** filled with the keys of what was changed */
  readonly touched: Set<string>
  /** the document without these changes, made anew */
  readonly before: () => Y.Doc
}

const ROW_ID = /^[A-Za-z0-9._:-]{1,80}$/

/** May this person change all that was changed, and has it kept its shape? Gives the first refusal, or null. */
export function judgeChanges(context: Changes): Verdict | null {
  for (const [type, subs] of context.transaction.changed) {
    const path = pathOf(type as Y.AbstractType<unknown>)
    for (const key of keysOf(path, subs)) context.touched.add(key)
    const refusal = judgeChange(path, subs, type, context)
    if (refusal !== null) return refusal
  }
  const fault = insertedFault(context.transaction)
  return fault && refuse("bad_characters", fault.clauseId)
}

function judgeChange(path: Path, subs: Subs, type: unknown, context: Changes): Verdict | null {
  const { root, keys } = path
  if (!ROOTS[context.space].includes(root)) return refuse("unknown_root")
  const table = tableOfRoot(root)
  if (table !== null) return judgeTable(table, keys, subs, context)
  switch (root) {
    case "clauses":
      return judgeClause(keys, context, () => onlyClearsFormats(keys, type, context))
    case "terms":
      return judgeTerms(keys, subs, context)
    case "drafts":
    case "notes":
      return judgeCaucus(root, keys, subs, context)
    default:
      return refuse("server_only")
  }
}

/** The two texts of a clause that is open; nothing else in it, and no clause comes or goes. */
function judgeClause([clauseId, part]: Path["keys"], context: Changes, isClearing: () => boolean): Verdict | null {
  const { transaction, bearer, rules, limits } = context
  if (clauseId == null) return refuse("server_only")
  if (part !== "en" && part !== "ru") return refuse("server_only", clauseId)
  const clause = clausesOf(transaction.doc).get(clauseId)
  if (rules.closedClauses.has(clauseId) || clause?.get("deleted") !== undefined) {
    return isClearing() ? null : refuse("clause_closed", clauseId)
  }
  if (!mayEdit(bearer, { type: "clause" })) return refuse("role", clauseId)
  const fragment = clause?.get(part)
  const length = fragment instanceof Y.XmlFragment ? textLength(fragment) : null
  if (length === null) return refuse("bad_text", clauseId)
  return length > limits.textLength ? refuse("too_large", clauseId) : null
}

/** Among other edits: takes away nothing but format marks of this type, and the text reads as it did. */
function onlyClearsFormats([clauseId, part]: Path["keys"], type: unknown, { transaction, before }: Changes): boolean {
  for (const [client, begin] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0
    if (begin === from) continue
    const structs = transaction.doc.store.clients.get(client) ?? []
    for (const item of structs.slice(Y.findIndexSS(structs, from)))
      if (item instanceof Y.Item && item.parent === type) return false
  }
  let isSound = true
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    if (item instanceof Y.Item && item.parent === type && !(item.content instanceof Y.ContentFormat)) isSound = false
  })
  if (!isSound || clauseId == null || (part !== "en" && part !== "ru")) return false
  const doc = before()
  const [old, now] = [doc, transaction.doc].map((one) => clauseFragment(one, clauseId, part))
  const isSame = old != null && now != null && isSameText(readFragment(old), readFragment(now))
  doc.destroy()
  return isSame
}

function judgeTable(table: TableName, keys: Path["keys"], subs: Subs, context: Changes): Verdict | null {
  const { transaction, bearer, rules, limits } = context
  if (!mayEdit(bearer, { type: "row", table })) return refuse("role")
  const rows = transaction.doc.getMap<unknown>(tableRootName(table))
  const [rowId] = keys
  if (keys.length > 1 || rowId === null) return refuse("bad_value")
  const ids = rowId === undefined ? [...subs] : [rowId]
  for (const id of ids) {
    if (id === null || !ROW_ID.test(id)) return refuse("bad_value")
    if (table === "cost_lines" && rules.closedLines.has(id)) return refuse("line_closed")
    if (rowId === undefined ? !isNewRow(rows, id) : subs.has("deleted")) return refuse("server_only")
    if (!rows.has(id)) continue
    const row = rows.get(id)
    if (rowId === undefined ? !isRow(table, row) : !hasGoodCells(table, row, subs)) return refuse("bad_value")
  }
  return rowId === undefined && rows.size > limits.rowsPerTable ? refuse("too_large") : null
}

/** A row comes under an id that nobody has used. It is never taken away or put in another's place: acts withdraw rows. */
const isNewRow = (rows: Y.Map<unknown>, id: string): boolean => rows.has(id) && rows._map.get(id)?.left === null

function hasGoodCells(table: TableName, row: unknown, subs: Subs): boolean {
  if (!(row instanceof Y.Map)) return false
  return [...subs].every(
    (field) => field !== null && (field === "order" || row.has(field) ? isCell(table, field, row.get(field)) : true),
  )
}

function judgeTerms(keys: Path["keys"], subs: Subs, { transaction, bearer }: Changes): Verdict | null {
  if (!mayEdit(bearer, { type: "terms" })) return refuse("role")
  const terms = transaction.doc.getMap<unknown>("terms")
  const isGood = (key: string | null) => key !== null && parseTerm(key, terms.get(key)).ok
  return keys.length === 0 && [...subs].every(isGood) ? null : refuse("bad_value")
}

function judgeCaucus(root: "drafts" | "notes", keys: Path["keys"], subs: Subs, context: Changes): Verdict | null {
  const { transaction, limits } = context
  const held = transaction.doc.getMap<unknown>(root)
  const [first] = keys
  const ids = first === undefined ? [...subs] : [first]
  for (const id of ids) {
    if (id === null || !ROW_ID.test(id)) return refuse("bad_value")
    if (!held.has(id)) continue
    const value = held.get(id)
    // of a draft or note that was there: a text put in another's place would take with it what is typed there meanwhile
    if (keys.length === 1 && TEXTS_OF[root].some((text) => subs.has(text))) return refuse("bad_value")
    if (root === "drafts" ? !isDraft(value, limits.textLength) : !isNote(value))
      return refuse(keys.length > 1 ? "bad_text" : "bad_value")
  }
  return first === undefined && held.size > limits.draftsAndNotes ? refuse("too_large") : null
}
