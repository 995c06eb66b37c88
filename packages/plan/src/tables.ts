/** Typed tables of a plan; rows keep the field names of the interchange form. Filled in by the table schemas. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string }
export interface PlanTables {
  readonly [table: string]: readonly Row[]
}
