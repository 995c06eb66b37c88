import { isPermittedText, type TextForm } from "@alternat/plan"
import * as Y from "yjs"
import { pathOf } from "./changes.ts"

/**
 * What characters a transaction brings into a document. Only inserted strings are looked at, so a keystroke costs one
 * character, and what stood there before is never a reason to refuse: a character that the same transaction takes from
 * the same place (a paragraph is split, another word of a cell is changed) was there before.
 */
export function insertedFault(transaction: Y.Transaction): { readonly clauseId: string | null } | null {
  let brought: Tally | null = null
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    const structs = begin === end ? undefined : transaction.doc.store.clients.get(client)
    if (structs === undefined) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const item = structs[index]
      if (!(item instanceof Y.Item) || item.deleted || isPermittedContent(item.content)) continue
      brought ??= new Map()
      count(item, brought)
    }
  }
  return brought === null ? null : firstNew(brought, transaction)
}

/** By place, how often each forbidden code unit is there. */
type Tally = Map<string, { readonly clauseId: string | null; readonly units: Map<number, number> }>

function firstNew(brought: Tally, transaction: Y.Transaction): { readonly clauseId: string | null } | null {
  const taken: Tally = new Map()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    if (item instanceof Y.Item && !isPermittedContent(item.content)) count(item, taken)
  })
  for (const [place, { clauseId, units }] of brought) {
    const before = taken.get(place)?.units
    for (const [unit, times] of units) if (times > (before?.get(unit) ?? 0)) return { clauseId }
  }
  return null
}

function count(item: Y.Item, tally: Tally): void {
  const { root, keys } = pathOf(item.parent as Y.AbstractType<unknown>)
  const path = [...keys, item.parentSub]
  // texts of clauses and drafts: all below the fragment; rows, terms, notes: the one value
  const place = [root, ...path.slice(0, 2)].join("\n")
  const units = tally.get(place)?.units ?? new Map<number, number>()
  tally.set(place, { clauseId: root === "clauses" ? (path[0] ?? null) : null, units })
  const form = formOf(item.content)
  for (const text of stringsOf(item.content)) {
    for (const unit of Array.from({ length: text.length }, (_, i) => text.charAt(i))) {
      if (!isPermittedText(unit, form)) units.set(unit.charCodeAt(0), (units.get(unit.charCodeAt(0)) ?? 0) + 1)
    }
  }
}

const LINE: TextForm = { form: "line" }
const LINES: TextForm = { form: "lines" }
/** Words of a clause hold no line break: a paragraph of its own stands for one. */
const formOf = (content: Y.Item["content"]): TextForm => (content instanceof Y.ContentString ? LINE : LINES)

const isPermittedContent = (content: Y.Item["content"]): boolean => {
  if (content instanceof Y.ContentString) return isPermittedText(content.str, LINE)
  return stringsOf(content).every((text) => isPermittedText(text, LINES))
}

function stringsOf(content: Y.Item["content"]): readonly string[] {
  if (content instanceof Y.ContentString) return [content.str]
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr.flatMap(stringsIn)
  return content instanceof Y.ContentEmbed ? stringsIn(content.embed) : []
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
}
