// The face of the package, listed by hand.

export type {
  ActEffects,
  ActError,
  ActItemError,
  EventDraft,
  StandingChange,
  TextEffect,
} from "./act-effects.ts"
export type { ActContext, Decision } from "./act-parts.ts"
export type { Act, ActInput, ActName, SignRequest, SignStatement } from "./acts.ts"
export { actSchema, clauseTextSchema, signRequestSchema, signStatementSchema } from "./acts.ts"
export type { BlankPlan } from "./blank-plan.ts"
export { blankPlan } from "./blank-plan.ts"
export type { UnreadableCosts } from "./check-costs.ts"
export { checkCosts } from "./check-costs.ts"
export { checkPlanCosts, checkPlanTables, checkRateDrift } from "./check-plan.ts"
export { checkPriorities } from "./check-priorities.ts"
export { checkRoles } from "./check-roles.ts"
export { fieldsOf } from "./clause-faults.ts"
export type { ClausePlace } from "./clause-number.ts"
export { clausePlaces, numberOf } from "./clause-number.ts"
export type { OpenItems } from "./clause-standing.ts"
export {
  afterEdit,
  applyStanding,
  clauseStandingOf,
  conformityOf,
  editRulesOf,
  freshClauseStanding,
  freshRowStanding,
  isClosedClause,
  isClosedLine,
  isEmptyText,
  lineStandingOf,
  openItemsOf,
  openProposalsOn,
  placeholdersOf,
  shownState,
} from "./clause-standing.ts"
export type { Block, ClauseText, Emphasis, Field, Inline } from "./clause-text.ts"
export { EMPTY_TEXT } from "./clause-text.ts"
export type { Convergence, ConvergenceLabel } from "./convergence.ts"
export { convergenceOf } from "./convergence.ts"
export type {
  CostFinding,
  CostReport,
  CostTable,
  CostTotals,
  FindingCode,
  InterchangeLine,
  TotalColumn,
} from "./cost-table.ts"
export { costRows, costTable, costTotals, exactTotals, planYears, TOTAL_COLUMNS } from "./cost-table.ts"
export type { FiscalYearAmount, KindSplit, YearShare } from "./cost-views.ts"
export {
  categoryTotals,
  cellFromAmounts,
  cellFromNative,
  cellFromShare,
  convertLine,
  handoverByYear,
  kindSplit,
  rampByYear,
  sharesByYear,
  sharesOverall,
  usFiscalYears,
} from "./cost-views.ts"
export { addDays, dayNumber } from "./days.ts"
export { decideAct } from "./decide-act.ts"
export type {
  Demo,
  DemoAuthor,
  DemoCaucus,
  DemoClauseState,
  DemoDraft,
  DemoEntry,
  DemoNote,
  DemoRanking,
  DemoRecordEntry,
  DemoThread,
} from "./demo/demo.ts"
export type { DemoFiles } from "./demo/files.ts"
export { loadDemo } from "./demo/load-demo.ts"
export type { FieldValue } from "./fields.ts"
export { resolveField } from "./fields.ts"
export {
  type Currency,
  type FigureError,
  type FigureFault,
  type FigureReading,
  parseCount,
  parseFigure,
  parseRateFigure,
  parseShareFigure,
  type RateError,
} from "./figure.ts"
export type { FollowedProposal, MergedText, MergeTexts, TextPlaces } from "./follow-proposal.ts"
export { followProposal, overlapLangs } from "./follow-proposal.ts"
export type { FontName } from "./font-coverage.ts"
export type { HashPort } from "./hash-port.ts"
export type { LabelGroup } from "./labels.ts"
export { LABELS } from "./labels.ts"
export type { Bilingual, Lang } from "./lang.ts"
export { LANGS } from "./lang.ts"
export type { AllocateError, Rate } from "./money.ts"
export { allocate, convert, convertBack, exactShareBp, parseRate, sharesBp, splitByShare } from "./money.ts"
export type { OwnCaucus, ReleaseDraft } from "./own-caucus.ts"
export { isReleasable } from "./own-caucus.ts"
export { parseText } from "./parse-text.ts"
export type { Actor, Audience, Parties, Party, PartyCode, Role, RussianCase } from "./party.ts"
export { ROLES } from "./party.ts"
export type { EditTarget, PermittedAct } from "./permissions.ts"
export { may, mayEdit, mayTableKind } from "./permissions.ts"
export type {
  Clause,
  LivePlan,
  PlanDocument,
  PlanTerms,
  Proposal,
  ProposalStatus,
  Section,
  SignatureBlock,
  SignatureHalf,
  TableProposal,
  TableProposalKind,
  WithdrawnRow,
} from "./plan-document.ts"
export { preflight } from "./preflight.ts"
export { unprintableItems } from "./preflight-characters.ts"
export type { Ranks } from "./ranking.ts"
export { rankingFaults } from "./ranking.ts"
export type { Outgoing } from "./release-draft.ts"
export { outgoingOf } from "./release-draft.ts"
export type {
  ActReply,
  AuthoredText,
  AuthorInfo,
  ClauseAuthorship,
  CommentAuthor,
  CommentCount,
  CommentEntry,
  CommentPlace,
  CommentStatusChange,
  CommentTarget,
  CommentThread,
  DemoInfo,
  EventEntry,
  ExportFormat,
  JobInfo,
  Me,
  MemberInfo,
  PlanSummary,
  PreflightItem,
  PreflightReport,
  Problem,
  SignatureInfo,
  StreamHint,
  SyncTicket,
  VersionInfo,
} from "./replies.ts"
export type { Result } from "./result.ts"
export { assert, err, ok } from "./result.ts"
export { costYearSchema, ROW_SCHEMAS } from "./row-schemas.ts"
export type {
  Attestation,
  ClauseStanding,
  ClauseState,
  Conformity,
  Consent,
  Divergence,
  EditRules,
  HashPair,
  Reserve,
  RowStanding,
  ShownState,
  Standing,
} from "./standing.ts"
export { isSamePair, pairKey } from "./standing.ts"
export type { ProposalEffect, TableProposalFault } from "./table-proposals.ts"
export {
  linesTouchedBy,
  proposalEffect,
  TABLE_PROPOSAL_VALUES,
  tableProposalBase,
  writesOf,
} from "./table-proposals.ts"
export type {
  AccessRule,
  Annex,
  AuditRight,
  CellError,
  Committee,
  CompletionCriterion,
  CostLine,
  CostYear,
  DecisionRight,
  DeepReadonly,
  EquipmentItem,
  EscalationStep,
  ExecutiveAgent,
  FxReview,
  GlossaryEntry,
  Indicator,
  InKindValuation,
  Milestone,
  Person,
  PlanTables,
  Post,
  Priority,
  RaciActivity,
  RaciCode,
  Report,
  Risk,
  Row,
  Site,
  TableName,
  TableRows,
  WorkingGroup,
  Workstream,
} from "./tables.ts"
export {
  blankRow,
  cellsToRow,
  emptyTables,
  fieldToCells,
  isStoredCell,
  isTableName,
  parseCell,
  rowToCells,
  TABLE_NAMES,
} from "./tables.ts"
export { SIGNATURE_LABELS, TEMPLATE_ANNEXES, TEMPLATE_SECTIONS } from "./template-sections.ts"
export type { TextFault, TextForm } from "./text-characters.ts"
export {
  cleanText,
  FONT_NAMES,
  fontOf,
  isPermitted,
  isPermittedText,
  textFault,
  textFaults,
  valueFault,
} from "./text-characters.ts"
export type { TextFaultKind } from "./text-replacements.ts"
export { codePointName, describeFault } from "./text-replacements.ts"
