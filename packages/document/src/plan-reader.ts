import type { Clause, LivePlan, Proposal, Row, Section, TableName, TableProposal, WithdrawnRow } from "@alternat/plan"
import { TABLE_NAMES } from "@alternat/plan"
import type * as Y from "yjs"
import { observeKeys } from "./changes.ts"
import {
  readClause,
  readHead,
  readProposals,
  readRow,
  readSectionsWith,
  readTableProposals,
  readTableWith,
  readTerms,
  readWithdrawnRows,
} from "./plan-space.ts"

export interface PlanReader {
  /** as `readPlan`, but only what changed since the last call is read again; what didn't change is the same object */
  read(seq: number): LivePlan
  destroy(): void
}

/**
 * Reads a document that goes on living. It remembers every clause and row by its id and every table by its name, and
 * forgets them by the keys that each transaction reports.
 */
export function createPlanReader(doc: Y.Doc): PlanReader {
  const clauses = new Map<string, Clause | null>()
  const rows = new Map<string, Row | null>()
  const tables = new Map<TableName, readonly Row[]>()
  let sections: readonly Section[] | null = null
  let proposals: readonly Proposal[] | null = null
  let tableProposals: readonly TableProposal[] | null = null
  let terms: ReturnType<typeof readTerms> | null = null
  let head: ReturnType<typeof readHead> | null = null
  let withdrawnRows: readonly WithdrawnRow[] | null = null

  const forget = (key: string) => {
    const [kind = "", first = "", ...rest] = key.split(":")
    if (kind === "clause") {
      // a clause id may hold colons; the language stands last
      clauses.delete([first, ...rest.slice(0, -1)].join(":"))
      sections = null
    } else if (kind === "row") {
      rows.delete(key)
      tables.delete(first as TableName)
      withdrawnRows = null
    } else if (kind === "proposals") proposals = null
    else if (kind === "tableProposals") tableProposals = null
    else if (kind === "terms") terms = null
    else if (kind === "structure") {
      sections = null
      proposals = null
      head = null
    }
  }
  const stop = observeKeys(doc, (keys) => {
    for (const key of keys) forget(key)
  })

  const clauseOf = (id: string) => remember(clauses, id, () => readClause(doc, id))
  const rowOf = (table: TableName, id: string) => remember(rows, `row:${table}:${id}`, () => readRow(doc, table, id))
  const tableOf = (table: TableName) =>
    remember(tables, table, () => readTableWith(doc, table, (id) => rowOf(table, id)))

  return {
    read(seq) {
      sections ??= readSectionsWith(doc, clauseOf)
      proposals ??= readProposals(doc)
      tableProposals ??= readTableProposals(doc)
      terms ??= readTerms(doc)
      head ??= readHead(doc)
      withdrawnRows ??= readWithdrawnRows(doc)
      const all = Object.fromEntries(TABLE_NAMES.map((table) => [table, tableOf(table)])) as unknown
      const plan = { ...head, terms, sections, tables: all } as LivePlan["plan"]
      const live = { plan, proposals, tableProposals, seq }
      return withdrawnRows.length > 0 ? { ...live, withdrawnRows } : live
    },
    destroy: stop,
  }
}

function remember<K, V>(known: Map<K, V>, key: K, read: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = read()
  known.set(key, made)
  return made
}
