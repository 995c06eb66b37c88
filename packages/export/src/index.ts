// The face of the package, listed by hand. PDF needs a native compiler and lies under `@alternat/export/pdf`.
export { annexCsvs } from "./csv.ts"
export { renderDocx } from "./docx/render-docx.ts"
export type {
  Audience,
  Cell,
  DocumentModel,
  ExportSource,
  Original,
  PrintBlock,
  PrintClause,
  PrintColumn,
  PrintRow,
  PrintSection,
  PrintSignature,
  PrintTable,
  RenderOptions,
  Run,
} from "./model.ts"
export { languageOf, type Order, orderFor } from "./order.ts"
export { planJson } from "./plan-json.ts"
export { renderModel } from "./render-model.ts"
