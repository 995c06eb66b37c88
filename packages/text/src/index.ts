// The face of the package, listed by hand.
export {
  type Alternative,
  type BracketProposal,
  type BracketSegment,
  bracketLabel,
  brackets,
  bracketText,
} from "./brackets.ts"
export {
  cleanClauseText,
  cleanWords,
  FIELD_CHAR,
  fieldsOf,
  flatText,
  inlineLength,
  inlineString,
  isBlankText,
  isSameText,
  type Line,
  linesOf,
  linesToText,
  normaliseInlines,
  normaliseText,
} from "./clause-value.ts"
export {
  bindSpaces,
  formatAnnex,
  formatDate,
  formatDecimal,
  formatInteger,
  formatMillions,
  formatMinor,
  formatMoney,
  formatNumero,
  formatPercent,
  formatTableDate,
  itemLabel,
  NBSP,
  typographicQuotes,
} from "./format.ts"
export { cleanCharacters, jsonToText, plainToText } from "./ingest.ts"
export { type Finding, type LintCode, type LintContext, lintClause, lintText } from "./lints.ts"
export { mergeTexts } from "./merge.ts"
export { fieldToken, formatNotation, parseNotation, parseToken } from "./notation.ts"
export { nodeToText, parseField, textToNode } from "./pm.ts"
export { type Raise, raisedText } from "./raised.ts"
export {
  acceptHunks,
  diffTokens,
  type Hunk,
  type Piece,
  type Redline,
  type RedlineLine,
  type RedlineRun,
  redline,
  type TokenHunk,
} from "./redline.ts"
export {
  type FieldResolver,
  formatFieldValue,
  OPEN_PLACE,
  plainText,
  type RenderedLine,
  type Run,
  renderInlines,
  renderText,
} from "./render.ts"
export { clauseExtensions, clauseSchema, FIELD_ATTRIBUTES, plainExtensions } from "./schema.ts"
export { type Token, tokenOffsets, tokensOf, tokensOfInlines, tokensToText } from "./tokens.ts"
