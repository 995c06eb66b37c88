import {
  type Bilingual,
  type Clause,
  type ClauseText,
  cellsToRow,
  type Lang,
  type LivePlan,
  type PlanDocument,
  type PlanTables,
  type PlanTerms,
  type Proposal,
  type Row,
  rowToCells,
  type Section,
  TABLE_NAMES,
  type TableName,
  type TableProposal,
  type TableRows,
  type WithdrawnRow,
} from "@alternat/plan"
import * as Y from "yjs"
import { newFragment, readFragment } from "./fragment.ts"
import {
  byOrder,
  type ClauseMap,
  clauseFragment,
  clausesOf,
  newDoc,
  orderKeys,
  orderOf,
  SCHEMA_VERSION,
  tableOf,
} from "./layout.ts"

/** The first update of a plan's document, under the client id of the server's first write. */
export function initialPlanUpdate(
  live: LivePlan,
  options: { readonly epoch: number; readonly clientId: number },
): Uint8Array {
  const doc = newDoc("plan")
  doc.clientID = options.clientId
  const { plan } = live
  doc.transact(() => {
    setAll(doc.getMap("meta"), { schema: SCHEMA_VERSION, planId: plan.id, epoch: options.epoch })
    const { title, shortTitle, titlePage, parties, signature } = plan
    setAll(doc.getMap("head"), { title, shortTitle, titlePage, parties, signature })
    setAll(doc.getMap("terms"), { ...plan.terms })
    writeSections(doc, plan, live.proposals)
    for (const table of TABLE_NAMES) writeTable(doc, table, plan.tables[table])
    for (const proposal of live.tableProposals) doc.getMap("tableProposals").set(proposal.id, proposal)
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

const setAll = (map: Y.Map<unknown>, values: Readonly<Record<string, unknown>>): void => {
  for (const [key, value] of Object.entries(values)) map.set(key, value)
}

function writeSections(doc: Y.Doc, plan: PlanDocument, proposals: readonly Proposal[]): void {
  const keys = orderKeys(plan.sections.length)
  plan.sections.forEach(({ clauses, id, ...section }, index) => {
    doc.getMap("sections").set(id, { ...section, order: keys[index] })
    const clauseKeys = orderKeys(clauses.length)
    clauses.forEach((clause, at) => {
      const own = proposals.filter((proposal) => proposal.clauseId === clause.id)
      clausesOf(doc).set(clause.id, newClause(clause, id, clauseKeys[at] ?? "a0", own))
    })
  })
}

/** A clause with all its parts, in one piece: two made under one key would lose one side's words. */
export function newClause(
  clause: Clause,
  section: string,
  order: string,
  proposals: readonly Proposal[] = [],
): ClauseMap {
  const map = new Y.Map<unknown>()
  const held = new Y.Map<unknown>()
  for (const proposal of proposals) held.set(proposal.id, proposal)
  setAll(map, { section, order, en: newFragment(clause.en), ru: newFragment(clause.ru), proposals: held })
  if (clause.alternat !== undefined) map.set("alternat", clause.alternat)
  return map
}

function writeTable(doc: Y.Doc, table: TableName, rows: readonly Row[]): void {
  const keys = orderKeys(rows.length)
  rows.forEach((row, index) => tableOf(doc, table).set(row.id, newRow(table, row, keys[index] ?? "a0")))
}

export function newRow(table: TableName, row: Row, order: string): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  setAll(map, { order, ...rowToCells(table, row) })
  return map
}

/** The live document as a value. `seq` is the log position it was folded to. */
export function readPlan(doc: Y.Doc, seq: number): LivePlan {
  const tables = Object.fromEntries(TABLE_NAMES.map((table) => [table, readTable(doc, table)])) as unknown as PlanTables
  const plan: PlanDocument = { ...readHead(doc), terms: readTerms(doc), sections: readSections(doc), tables }
  const withdrawnRows = readWithdrawnRows(doc)
  const proposals = readProposals(doc)
  const live = { plan, proposals, tableProposals: readTableProposals(doc), seq }
  return withdrawnRows.length > 0 ? { ...live, withdrawnRows } : live
}

/** What stands on the title page and under the text. */
export function readHead(doc: Y.Doc): Omit<PlanDocument, "terms" | "sections" | "tables"> {
  const head = doc.getMap("head")
  return {
    format: "alternat-plan/1",
    id: doc.getMap("meta").get("planId"),
    title: head.get("title"),
    shortTitle: head.get("shortTitle"),
    titlePage: head.get("titlePage"),
    parties: head.get("parties"),
    signature: head.get("signature"),
  } as Omit<PlanDocument, "terms" | "sections" | "tables">
}

/** The same from stored bytes: a snapshot and what came after it. */
export function readPlanState(updates: readonly Uint8Array[], seq: number): LivePlan {
  const doc = loadDoc("plan", updates)
  const live = readPlan(doc, seq)
  doc.destroy()
  return live
}

/** A document made of stored updates. They count as another's, as they do in every client. */
export function loadDoc(space: "plan" | "caucus", updates: readonly Uint8Array[]): Y.Doc {
  const doc = newDoc(space)
  const apply = () => {
    for (const update of updates) Y.applyUpdate(doc, update)
  }
  Y.transact(doc, apply, null, false)
  return doc
}

/** Sections in order with their clauses; withdrawn clauses are not among them. */
export const readSections = (doc: Y.Doc): readonly Section[] => readSectionsWith(doc, (id) => readClause(doc, id))

/** The same, with clauses from elsewhere. */
export function readSectionsWith(doc: Y.Doc, clauseOf: (id: string) => Clause | null): readonly Section[] {
  const clauses = new Map<string, { order: string; id: string; clause: Clause }[]>()
  for (const [id, map] of clausesOf(doc)) {
    const clause = clauseOf(id)
    if (clause === null) continue
    const section = String(map.get("section"))
    const group = clauses.get(section) ?? []
    group.push({ order: orderOf(map), id, clause })
    clauses.set(section, group)
  }
  return [...doc.getMap<Omit<Section, "id" | "clauses"> & { readonly order: string }>("sections")]
    .map(([id, section]) => ({ id, ...section }))
    .toSorted(byOrder)
    .map(({ id, kind, number, mandatory, heading }) => ({
      id,
      kind,
      number,
      mandatory,
      heading,
      clauses: (clauses.get(id) ?? []).toSorted(byOrder).map((entry) => entry.clause),
    }))
}

function clauseIn(id: string, map: ClauseMap): Clause | null {
  const en = map.get("en")
  const ru = map.get("ru")
  if (map.get("deleted") !== undefined || !(en instanceof Y.XmlFragment) || !(ru instanceof Y.XmlFragment)) return null
  const alternat = map.get("alternat") as Bilingual<ClauseText> | undefined
  const texts = { id, en: readFragment(en), ru: readFragment(ru) }
  return alternat === undefined ? texts : { ...texts, alternat }
}

/** One clause; null when there is none or it was withdrawn. */
export function readClause(doc: Y.Doc, clauseId: string): Clause | null {
  const map = clausesOf(doc).get(clauseId)
  return map === undefined ? null : clauseIn(clauseId, map)
}

export function readClauseText(doc: Y.Doc, clauseId: string, lang: Lang): ClauseText | null {
  const fragment = clauseFragment(doc, clauseId, lang)
  return fragment === null ? null : readFragment(fragment)
}

/** The rows of a table in order; removed rows are not among them. */
export const readTable = <T extends TableName>(doc: Y.Doc, table: T): readonly TableRows[T][] =>
  readTableWith(doc, table, (id) => readRow(doc, table, id))

/** The same, with rows from elsewhere. */
export const readTableWith = <R>(doc: Y.Doc, table: TableName, rowOf: (id: string) => R | null): readonly R[] =>
  rowMaps(doc, table).flatMap(({ id }) => rowOf(id) ?? [])

/** Rows that were taken out of their tables, with their cells, by table and in order of id. */
export const readWithdrawnRows = (doc: Y.Doc): readonly WithdrawnRow[] =>
  TABLE_NAMES.flatMap((table) =>
    [...tableOf(doc, table)]
      .filter(([, map]) => map instanceof Y.Map && map.get("deleted") !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, map]) => {
        // a row withdrawn before it was kept who did it holds `true`
        const { party = null, at = null } = Object(map.get("deleted")) as Partial<WithdrawnRow>
        return { table, row: cellsToRow(table, id, cellsOf(map)), party, at }
      }),
  )

/** One row, or null. */
export function readRow<T extends TableName>(doc: Y.Doc, table: T, rowId: string): TableRows[T] | null {
  const map = tableOf(doc, table).get(rowId)
  return map === undefined || map.get("deleted") !== undefined ? null : cellsToRow(table, rowId, cellsOf(map))
}

/** Rows that stand, in order. */
export const rowMaps = (doc: Y.Doc, table: TableName) =>
  [...tableOf(doc, table)]
    .filter(([, map]) => map instanceof Y.Map && map.get("deleted") === undefined)
    .map(([id, map]) => ({ id, map, order: orderOf(map) }))
    .toSorted(byOrder)

const cellsOf = (map: Y.Map<unknown>): Readonly<Record<string, unknown>> => {
  const { order: _order, deleted: _deleted, ...cells } = Object.fromEntries(map.entries())
  return cells
}

export const TERM_KEYS: readonly (keyof PlanTerms)[] = [
  "plan_year_basis",
  "start",
  "end",
  "handover_complete_by",
  "fx",
  "caps",
  "min_ru_share_bp_final_year",
  "binding",
]

export const readTerms = (doc: Y.Doc): PlanTerms =>
  Object.fromEntries(TERM_KEYS.map((key) => [key, doc.getMap("terms").get(key)])) as unknown as PlanTerms

/** All proposals on clauses, open and closed, by the time they were opened. */
export const readProposals = (doc: Y.Doc): readonly Proposal[] =>
  [...clausesOf(doc).values()]
    .flatMap((map) => {
      const held = map.get("proposals")
      return held instanceof Y.Map ? [...(held as Y.Map<Proposal>).values()] : []
    })
    .toSorted(byOpening)

export const readTableProposals = (doc: Y.Doc): readonly TableProposal[] =>
  [...doc.getMap<TableProposal>("tableProposals").values()].toSorted(byOpening)

const byOpening = (a: { openedAt: string; id: string }, b: { openedAt: string; id: string }) =>
  a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
