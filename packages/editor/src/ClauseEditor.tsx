import type { ClauseText as ClauseTextValue, Lang } from "@alternat/plan"
import type { AnyExtension } from "@tiptap/core"
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import type * as Y from "yjs"
import { ClauseText } from "./ClauseText.tsx"
import { type Caret, type ClauseView, createClauseView, type Leave } from "./clause-view.ts"
import type { FieldDisplay } from "./field-view.ts"
import type { PasteReport } from "./paste/read-pasted.ts"
import type { PasteRefusal } from "./paste.ts"
import { RestingText, type TextSelection, type TypingStart } from "./RestingText.tsx"
import type { TextMark } from "./text-marks.ts"
import type { SharedUndo } from "./undo.ts"

export type { TextSelection, TypingStart } from "./RestingText.tsx"

export interface ClauseEditorHandle {
  /** puts the caret in; a closed text takes the focus without becoming editable */
  focus(at: Caret): void
  /** puts in what a paste or a drop carried, at the caret of the live editor */
  paste(data: DataTransfer): void
  insertField(attrs: Readonly<Record<string, unknown>>): void
}

export interface ClauseEditorProps {
  readonly fragment: Y.XmlFragment | null
  readonly text: ClauseTextValue
  readonly lang: Lang
  /** accessible name, as "17.2 English" */
  readonly label: string
  /** why it can't be edited, in words; null when it can */
  readonly closed: string | null
  readonly extensions: readonly AnyExtension[]
  readonly undo: SharedUndo
  /** asked at every change of this person's; absent: an open text may be edited */
  readonly mayEdit?: () => boolean
  /** at rest, letters are the page's keys and not words */
  readonly areLettersKeys?: boolean
  /** where a text isn't edited itself, but what is typed on it begins elsewhere: moves the focus there */
  readonly onBegin?: ((start: TypingStart) => void) | undefined
  /** C was pressed on words that are selected at rest; absent: it types */
  readonly onComment?: (() => void) | null
  /** a key that would have written into a closed text at rest */
  readonly onClosedKey?: () => void
  /** a click into a text at rest, with its place */
  readonly onPoint?: ((at: number | "end") => void) | undefined
  readonly marks: readonly TextMark[]
  /** drawn only while somebody types here, beside the others: what stands for the brackets then */
  readonly liveMarks?: readonly TextMark[]
  readonly display: FieldDisplay
  /** drawn instead of the words while nobody types here: brackets, or a note that a text is awaited */
  readonly atRest?: ReactNode
  readonly ref?: Ref<ClauseEditorHandle>
  readonly onSelect?: (selection: TextSelection) => void
  readonly onLeave?: (leave: Leave) => void
  readonly onFocusChange?: (focused: boolean) => void
  readonly onTable?: (() => void) | undefined
  readonly onFieldMenu?: (() => void) | undefined
  readonly onRefused?: (reason: PasteRefusal) => void
  readonly onPasted?: (report: PasteReport) => void
}

/**
 * One clause in one language. At rest it is plain text; it becomes a live editor when it takes the focus and plain
 * text again when it loses it, so a plan of 400 clauses holds one or two editors and not eight hundred.
 */
export function ClauseEditor(props: ClauseEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<ClauseView | null>(null)
  const latest = useRef(props)
  latest.current = props
  const [live, setLive] = useState(false)
  const caret = useRef<Caret>("end")
  const isEditable = props.closed === null && props.fragment !== null

  useLayoutEffect(() => {
    const element = host.current
    const { fragment } = latest.current
    if (!live || !isEditable || element === null || fragment === null) return
    const made = createClauseView({
      element,
      fragment,
      extensions: latest.current.extensions,
      lang: latest.current.lang,
      label: latest.current.label,
      undo: latest.current.undo,
      mayEdit: () => (latest.current.mayEdit ?? always)(),
      display: () => latest.current.display,
      onSelect: (selection) => latest.current.onSelect?.(selection),
      onLeave: (leave) => latest.current.onLeave?.(leave),
      onTable: latest.current.onTable === undefined ? null : () => latest.current.onTable?.(),
      onFieldMenu: latest.current.onFieldMenu === undefined ? null : () => latest.current.onFieldMenu?.(),
      onRefused: (reason) => latest.current.onRefused?.(reason),
      onPasted: (report) => latest.current.onPasted?.(report),
      onFocusChange: (focused) => {
        latest.current.onFocusChange?.(focused)
        // a menu that took the focus for a moment gives it back; only then is the editor put away
        if (!focused) setTimeout(() => (view.current?.editor.isFocused === true ? undefined : setLive(false)), 250)
      },
    })
    view.current = made
    latest.current.undo.cut()
    made.setMarks([...latest.current.marks, ...(latest.current.liveMarks ?? [])])
    made.focusAt(caret.current)
    return () => {
      view.current = null
      made.destroy()
    }
    // a new fragment under the same clause (after a refusal) needs a new binding
  }, [live, isEditable, props.fragment])

  useEffect(() => view.current?.setMarks([...props.marks, ...(props.liveMarks ?? [])]), [props.marks, props.liveMarks])
  useEffect(() => view.current?.refreshFields(), [props.display])
  // closed while one was typing: the words stand as text again
  if (live && !isEditable) setLive(false)

  const enter = (at: Caret) => {
    caret.current = at
    if (view.current !== null) view.current.focusAt(at)
    else if (isEditable) flushSync(() => setLive(true))
    else host.current?.focus()
  }
  useImperativeHandle(props.ref, () => ({
    focus: enter,
    paste: (data) => view.current?.paste(data),
    insertField: (attrs) => view.current?.insertField(attrs),
  }))

  if (live && isEditable) return <div key="live" ref={host} className="tx-live" />
  return (
    <RestingText
      ref={host}
      lang={props.lang}
      label={props.label}
      closed={props.closed}
      isEditable={isEditable}
      areLettersKeys={props.areLettersKeys ?? false}
      onEnter={enter}
      onBegin={props.onBegin ?? null}
      onComment={props.onComment ?? null}
      onClosedKey={props.onClosedKey}
      onPoint={props.onPoint}
      onSelect={props.onSelect}
      onFocusChange={props.onFocusChange}
      onLeave={props.onLeave}
    >
      {props.atRest ?? <ClauseText text={props.text} lang={props.lang} marks={props.marks} display={props.display} />}
    </RestingText>
  )
}

const always = () => true
