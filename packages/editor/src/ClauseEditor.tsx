import type { ClauseText as ClauseTextValue, Lang } from "@alternat/plan"
import type { AnyExtension } from "@tiptap/core"
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import type * as Y from "yjs"
import { ClauseText } from "./ClauseText.tsx"
import { type ClauseView, createClauseView, type Leave } from "./clause-view.ts"
import { offsetAtPoint, selectionIn } from "./dom-offset.ts"
import type { FieldDisplay } from "./field-view.ts"
import type { TextMark } from "./text-marks.ts"
import type { SharedUndo } from "./undo.ts"

/** A stretch of one text, with the words it covers. */
export interface TextSelection {
  readonly from: number
  readonly to: number
  readonly quote: string
}

export interface ClauseEditorHandle {
  /** puts the caret in; a closed text takes the focus without becoming editable */
  focus(at: number | "start" | "end"): void
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
  readonly onRefused?: (reason: "too large" | "clause full") => void
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
  const caret = useRef<number | "start" | "end">("end")
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
      display: () => latest.current.display,
      onSelect: (selection) => latest.current.onSelect?.(selection),
      onLeave: (leave) => latest.current.onLeave?.(leave),
      onTable: latest.current.onTable === undefined ? null : () => latest.current.onTable?.(),
      onFieldMenu: latest.current.onFieldMenu === undefined ? null : () => latest.current.onFieldMenu?.(),
      onRefused: (reason) => latest.current.onRefused?.(reason),
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

  const enter = (at: number | "start" | "end") => {
    caret.current = at
    if (view.current !== null) view.current.focusAt(at)
    else if (isEditable) flushSync(() => setLive(true))
    else host.current?.focus()
  }
  useImperativeHandle(props.ref, () => ({
    focus: enter,
    insertField: (attrs) => view.current?.insertField(attrs),
  }))

  if (live && isEditable) return <div key="live" ref={host} className="tx-live" />
  return (
    <div
      key="rest"
      ref={host}
      className="tx-rest"
      role="textbox"
      aria-multiline="true"
      aria-label={props.label}
      aria-readonly={!isEditable}
      title={props.closed ?? undefined}
      lang={props.lang}
      tabIndex={0}
      onFocus={(event) => {
        if (event.target !== event.currentTarget) return
        // by mouse the caret goes where the button is released: a drag may be selecting words to comment on
        if (isEditable && !pressed.has(event.currentTarget)) enter("start")
        else props.onFocusChange?.(true)
      }}
      onBlur={() => props.onFocusChange?.(false)}
      onPointerDown={(event) => pressed.add(event.currentTarget)}
      onPointerUp={(event) => {
        pressed.delete(event.currentTarget)
        const selection = selectionIn(event.currentTarget)
        if (selection !== null) props.onSelect?.(selection)
        else if (event.button === 0) enter(offsetAtPoint(event.currentTarget, event.clientX, event.clientY) ?? "end")
      }}
      onPointerCancel={(event) => pressed.delete(event.currentTarget)}
      onKeyDown={(event) => {
        const leave = leaveOf(event.key, props.lang, event.shiftKey)
        if (leave === null) return
        event.preventDefault()
        props.onLeave?.(leave)
      }}
    >
      {props.atRest ?? <ClauseText text={props.text} lang={props.lang} marks={props.marks} display={props.display} />}
    </div>
  )
}

/** Texts on which a pointer is down. */
const pressed = new WeakSet<Element>()

function leaveOf(key: string, lang: Lang, shift: boolean): Leave | null {
  if (key === "ArrowUp") return "previous"
  if (key === "ArrowDown") return "next"
  if (key === "Escape") return "row"
  if (key === "Tab" && lang === "en" && !shift) return "other"
  if (key === "Tab" && lang === "ru" && shift) return "other"
  return null
}
