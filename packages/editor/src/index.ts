export { ClauseEditor, type ClauseEditorHandle, type ClauseEditorProps, type TextSelection } from "./ClauseEditor.tsx"
export { ClauseText, FieldText, itemLabel } from "./ClauseText.tsx"
export { type ClauseView, createClauseView, type Leave } from "./clause-view.ts"
export { drawField, type FieldDisplay, type ShownField } from "./field-view.ts"
export {
  findQuote,
  flatString,
  linesOf,
  offsetOfRelative,
  offsetToPos,
  posToOffset,
  relativeAt,
} from "./flat-offset.ts"
export { CLAUSE_LIMIT, cleanPastedHtml, cleanPastedText, PASTE_LIMIT } from "./paste.ts"
export { markClass, type TextMark, textMarksPlugin } from "./text-marks.ts"
export { createSharedUndo, INTERFACE_ORIGIN, type Place, type SharedUndo, type UndoOptions } from "./undo.ts"
