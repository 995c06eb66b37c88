import type {
  Caret,
  ClauseEditorHandle,
  FieldDisplay,
  Leave,
  PasteRefusal,
  SharedUndo,
  TextMark,
  TextSelection,
  TypingStart,
} from "@alternat/editor"
import type {
  Actor,
  Bilingual,
  ClauseText,
  CommentTarget,
  Field,
  Lang,
  LivePlan,
  Me,
  Parties,
  PartyCode,
  Standing,
} from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import type { LintContext } from "@alternat/text"
import { createContext, type Ref, useContext } from "react"
import type { Translate } from "../../i18n/index.ts"
import type { Mode, SharedWrite } from "../../mode/index.ts"
import type { Acts } from "./acts.ts"
import type { BulkAct, ClauseView, PlanView } from "./plan-view.ts"
import type { ThreadCounts } from "./threads.ts"
import type { Caucus } from "./use-caucus.ts"

/** A sheet over the page that must be answered. */
export type Sheet =
  | { readonly type: "open" }
  | { readonly type: "release"; readonly draftId: string }
  | { readonly type: "reason"; readonly act: "park" | "unpark" | "reopen"; readonly clauseIds: readonly string[] }
  | { readonly type: "reserve"; readonly clauseId: string }
  | { readonly type: "flag"; readonly clauseId: string }
  | { readonly type: "fill"; readonly clauseId: string; readonly key: string }
  | { readonly type: "field"; readonly clauseId: string; readonly lang: Lang; readonly at: number | "end" }

/** A comment being written. */
export interface Composing {
  readonly target: Extract<CommentTarget, { type: "clause" | "selection" }>
  readonly audience: "shared" | "own"
}

/** A clause read for who wrote it: as it stands, or as a version froze it. */
export interface Authored {
  readonly clauseId: string
  readonly version: number | null
}

export type CaucusTab = "drafts" | "comments" | "instructions" | "scenarios"

/** What the person has in hand; nothing of it leaves the page. */
export interface Hand {
  readonly active: string | null
  readonly rail: "comments" | "proposals" | "activity"
  readonly caucus: CaucusTab | null
  readonly filter: "all" | "open"
  readonly isPicking: boolean
  readonly picked: ReadonlySet<string>
  readonly composing: Composing | null
  readonly thread: string | null
  readonly sheet: Sheet | null
  readonly authored: Authored | null
  readonly shownLang: Lang | "both"
  readonly panel: "outline" | "rail" | null
}

export const EMPTY_HAND: Hand = {
  active: null,
  rail: "comments",
  caucus: null,
  filter: "all",
  isPicking: false,
  picked: new Set(),
  composing: null,
  thread: null,
  sheet: null,
  authored: null,
  shownLang: "en",
  panel: null,
}

/** Things that stay the same while one types, so that no clause renders for another's sake. */
export interface Desk {
  readonly me: Me
  readonly actor: Actor
  readonly parties: Parties
  readonly session: Session
  readonly undo: SharedUndo
  readonly display: Readonly<Record<Lang, FieldDisplay>>
  readonly lintContext: LintContext
  readonly say: Translate
  readonly mode: Mode
  /** the gate before everything that writes into the shared text */
  readonly shared: SharedWrite
  choose(mode: Mode): void
  setHand(patch: Partial<Hand> | ((hand: Hand) => Partial<Hand>)): void
  /** makes a clause the active one where it stands: what opens and closes around it does not move it */
  activate(clauseId: string): void
  /** brings a clause on screen and makes it the active one */
  goTo(clauseId: string): void
  /** puts the caret into a text */
  enter(clauseId: string, lang: Lang, at?: Caret): void
  /** takes to the draft of a clause what a person begins to type on its text, and makes the draft if there is none */
  begin(clauseId: string, lang: Lang, start: TypingStart): void
  /** a click into a text while proposing: opens the draft if there is one */
  point(clauseId: string, lang: Lang, at: number | "end"): void
  /** C on selected words; null where the person has single-letter keys turned off */
  readonly onCommentKey: ((clauseId: string) => void) | null
  /** the handle of a text's editor, kept for `enter` */
  editorRef(clauseId: string, lang: Lang): Ref<ClauseEditorHandle>
  onFocus(clauseId: string, lang: Lang, focused: boolean): void
  onSelect(clauseId: string, lang: Lang, selection: TextSelection): void
  /** what was selected in a clause is no longer what a comment would be about */
  forgetSelection(clauseId: string): void
  onLeave(clauseId: string, lang: Lang, leave: Leave): void
  openFieldMenu(clauseId: string, lang: Lang): void
  /** says that a paste was refused */
  refusePaste(reason: PasteRefusal): void
  /** says why a key wrote nothing into a closed text */
  onClosedKey(why: string): void
}

/** Everything the parts of the page that follow the plan need. */
export interface PlanText extends Desk {
  readonly planId: string
  readonly live: LivePlan
  readonly standing: Standing
  readonly view: PlanView
  /** how many threads hang on each clause; their words are read where they are shown */
  readonly threadCounts: ThreadCounts
  readonly carets: ReadonlyMap<string, Readonly<Record<Lang, readonly TextMark[]>>>
  readonly caucus: Caucus | null
  readonly caucusUndo: SharedUndo | null
  /** what Mod-z and its like take back outside of a text, in this mode */
  readonly history: Pick<SharedUndo, "undo" | "redo">
  readonly acts: Acts
  readonly hand: Hand
  /** opens a draft for a clause, an existing one if there is one, and shows it */
  propose(view: ClauseView, kind: "replace" | "insert_after" | "delete", text?: Partial<Bilingual<ClauseText>>): void
  /** puts words in place of a placeholder in both texts */
  fill(view: ClauseView, key: string, words: Bilingual): void
  insertField(clauseId: string, lang: Lang, field: Field, at: number | "end"): void
  /** colleagues' carets in drafts, by `<draft id>:<lang>` */
  readonly draftCarets: Readonly<Record<string, readonly TextMark[]>>
  /** opens the comment form on what is selected in a clause, or on the clause; without one, on the active clause */
  comment(clauseId?: string): void
  bulk(act: BulkAct, views: readonly ClauseView[]): void
}

export const DeskContext = createContext<Desk | null>(null)
export const PlanTextContext = createContext<PlanText | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error("broken invariant: no plan text page above")
  return desk
}

export function usePlanText(): PlanText {
  const value = useContext(PlanTextContext)
  if (value === null) throw new Error("broken invariant: no plan text page above")
  return value
}

/** What a clause is called in words: its number, or its section and place. */
export function nameOf(view: ClauseView, say: Translate): string {
  if (view.number !== null) return view.number
  const heading =
    view.section.kind === "annex"
      ? say("pt.annexes", { number: view.section.number ?? 0 })
      : say.pick(view.section.heading)
  return `${heading} ${view.position}`
}

export const otherParty = (parties: Parties, code: PartyCode | null): PartyCode =>
  parties[0].code === code ? parties[1].code : parties[0].code
