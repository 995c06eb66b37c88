/** One's own edits of the tables, for undo, and for the races that they may lose. */
export const TABLE_ORIGIN = Symbol("table")
