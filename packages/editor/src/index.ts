export { AuthoredText, type AuthoredTextProps, type AuthorRun } from "./AuthoredText.tsx"
export { BracketedText, type BracketedTextProps, bracketMarks } from "./BracketedText.tsx"
export {
  ClauseEditor,
  type ClauseEditorHandle,
  type ClauseEditorProps,
  type TextSelection,
  type TypingStart,
} from "./ClauseEditor.tsx"
export { ClauseText, type Drawing, FieldText, Words } from "./ClauseText.tsx"
export { type Caret, type ClauseView, createClauseView, type Leave } from "./clause-view.ts"
export type { FieldDisplay, ShownField } from "./field-view.ts"
export { findQuote, offsetOfRelative, offsetToPos, posToOffset, relativeAt } from "./flat-offset.ts"
export type { LostForm, PasteReport } from "./paste/read-pasted.ts"
export { CLAUSE_LIMIT, PASTE_LIMIT, type PasteRefusal } from "./paste.ts"
export { type Author, RedlineText } from "./RedlineText.tsx"
export type { TextMark } from "./text-marks.ts"
export { CHARACTERS_EVENT } from "./typed-characters.ts"
export { createSharedUndo, INTERFACE_ORIGIN, type Place, type SharedUndo, type UndoOptions } from "./undo.ts"
