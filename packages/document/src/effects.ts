import {
  assert,
  fieldToCells,
  type Proposal,
  type Row,
  rowToCells,
  type TableName,
  type TableProposal,
  type TextEffect,
} from "@alternat/plan"
import * as Y from "yjs"
import { setChanged } from "./cells.ts"
import { writeFragment } from "./fragment.ts"
import { byOrder, clauseFragment, clausesOf, orderBetween, orderOf, tableOf } from "./layout.ts"
import { newClause, newRow, rowMaps } from "./plan-space.ts"

/**
 * Writes into the plan space what an act decided, all of it in one transaction. `remove_draft` belongs to a caucus
 * document and is left to the caller. An effect about something that isn't there is a broken invariant: the rules
 * decided on this very state.
 */
export function writeEffects(doc: Y.Doc, effects: readonly TextEffect[]): void {
  doc.transact(() => {
    for (const effect of effects) writeEffect(doc, effect)
  })
}

function writeEffect(doc: Y.Doc, effect: TextEffect): void {
  switch (effect.type) {
    case "put_proposal":
      proposalsOn(doc, effect.proposal.clauseId).set(effect.proposal.id, effect.proposal)
      return
    case "proposal_status": {
      const held = proposalsOn(doc, effect.clauseId)
      const proposal = held.get(effect.proposalId)
      assert(proposal !== undefined, `proposal ${effect.proposalId}`)
      held.set(effect.proposalId, { ...proposal, status: effect.status, closedAt: effect.closedAt })
      return
    }
    case "clause_text": {
      const map = clauseMap(doc, effect.clauseId)
      for (const lang of ["en", "ru"] as const) {
        const fragment = clauseFragment(doc, effect.clauseId, lang)
        assert(fragment !== null, `text of clause ${effect.clauseId}`)
        writeFragment(fragment, effect[lang])
      }
      if (effect.dropAlternat && map.has("alternat")) map.delete("alternat")
      return
    }
    case "insert_clause": {
      assert(!clausesOf(doc).has(effect.clause.id), `clause ${effect.clause.id} is new`)
      clausesOf(doc).set(
        effect.clause.id,
        newClause(effect.clause, effect.sectionId, orderAfter(doc, effect.sectionId, effect.afterClauseId)),
      )
      return
    }
    case "clause_withdrawn":
      clauseMap(doc, effect.clauseId).set("deleted", true)
      return
    case "remove_draft":
      return
    case "put_table_proposal":
      doc.getMap("tableProposals").set(effect.proposal.id, effect.proposal)
      return
    case "table_proposal_status": {
      const held = doc.getMap<TableProposal>("tableProposals")
      const proposal = held.get(effect.proposalId)
      assert(proposal !== undefined, `table proposal ${effect.proposalId}`)
      held.set(effect.proposalId, { ...proposal, status: effect.status, closedAt: effect.closedAt })
      return
    }
    case "write_row":
      writeRow(doc, effect.table, effect.row)
      return
    case "row_withdrawn":
      rowMap(doc, effect.table, effect.rowId).set("deleted", { party: effect.party, at: effect.at })
      return
    case "row_restored":
      rowMap(doc, effect.table, effect.rowId).delete("deleted")
      return
    case "write_cells": {
      const row = rowMap(doc, effect.table, effect.rowId)
      for (const [name, value] of Object.entries(effect.cells)) setChanged(row, fieldToCells(effect.table, name, value))
      return
    }
  }
}

const rowMap = (doc: Y.Doc, table: TableName, rowId: string): Y.Map<unknown> => {
  const row = tableOf(doc, table).get(rowId)
  assert(row !== undefined, `row ${table}/${rowId}`)
  return row
}

const clauseMap = (doc: Y.Doc, clauseId: string): Y.Map<unknown> => {
  const map = clausesOf(doc).get(clauseId)
  assert(map !== undefined, `clause ${clauseId}`)
  return map
}

function proposalsOn(doc: Y.Doc, clauseId: string): Y.Map<Proposal> {
  const held = clauseMap(doc, clauseId).get("proposals")
  assert(held instanceof Y.Map, `proposals of clause ${clauseId}`)
  return held as Y.Map<Proposal>
}

/** A key behind a clause of that section, before whatever follows it, withdrawn clauses too. */
function orderAfter(doc: Y.Doc, sectionId: string, afterClauseId: string): string {
  const clauses = [...clausesOf(doc)]
    .filter(([, map]) => map.get("section") === sectionId)
    .map(([id, map]) => ({ id, order: orderOf(map) }))
    .toSorted(byOrder)
  const at = clauses.findIndex((clause) => clause.id === afterClauseId)
  const before = (at < 0 ? clauses.at(-1) : clauses[at])?.order ?? null
  const next = at < 0 ? undefined : clauses.slice(at + 1).find((clause) => before === null || clause.order > before)
  return orderBetween(before, next?.order ?? null)
}

function writeRow(doc: Y.Doc, table: TableName, row: Row): void {
  const known = tableOf(doc, table).get(row.id)
  if (known === undefined) {
    const last = rowMaps(doc, table).at(-1)?.order ?? null
    tableOf(doc, table).set(row.id, newRow(table, row, orderBetween(last, null)))
    return
  }
  const cells = rowToCells(table, row)
  setChanged(known, cells)
  if (known.has("deleted")) known.delete("deleted")
  const stale = Array.from(known.keys()).filter((field) => field !== "order" && !Object.hasOwn(cells, field))
  for (const field of stale) known.delete(field)
}
