import type { Lang } from "@alternat/plan"
import { type KeyboardEvent, type ReactNode, type Ref, useState } from "react"
import type { Caret, Leave } from "./clause-view.ts"
import { copyAtRest } from "./copy-at-rest.ts"
import { caretRectAt, offsetAtPoint, selectionIn } from "./dom-offset.ts"

/** A stretch of one text, with the words it covers. */
export interface TextSelection {
  readonly from: number
  readonly to: number
  readonly quote: string
}

/** What begins on a text that isn't edited itself: where, and what a paste or a drop carries; null where keys were pressed. */
export interface TypingStart {
  readonly at: Caret
  readonly data: DataTransfer | null
}

export interface RestingTextProps {
  readonly ref: Ref<HTMLDivElement>
  readonly lang: Lang
  readonly label: string
  readonly closed: string | null
  readonly isEditable: boolean
  readonly areLettersKeys: boolean
  readonly children: ReactNode
  readonly onEnter: (at: Caret) => void
  readonly onBegin: ((start: TypingStart) => void) | null
  /** C on selected words; null where single letters do nothing */
  readonly onComment: (() => void) | null
  /** a key that would have written into a closed text */
  readonly onClosedKey: (() => void) | undefined
  readonly onPoint: ((at: number | "end") => void) | undefined
  readonly onSelect: ((selection: TextSelection) => void) | undefined
  readonly onFocusChange: ((focused: boolean) => void) | undefined
  readonly onLeave: ((leave: Leave) => void) | undefined
}

interface Pointed {
  readonly at: number | "end"
  readonly rect: { readonly left: number; readonly top: number; readonly height: number } | null
}

/** A clause text while nobody types into it: a textbox by its role, plain elements in it. */
export function RestingText(props: RestingTextProps) {
  const { lang, isEditable, onBegin } = props
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const begin = (element: HTMLElement, data: DataTransfer | null, at: Caret = pointed?.at ?? "end") =>
    onBegin?.({ at: selectionIn(element) ?? at, data })
  return (
    <div
      key="rest"
      ref={props.ref}
      className="tx-rest"
      role="textbox"
      aria-multiline="true"
      aria-label={props.label}
      aria-readonly={!isEditable && onBegin === null}
      title={props.closed ?? undefined}
      lang={lang}
      tabIndex={0}
      data-letters={props.areLettersKeys ? "keys" : undefined}
      onFocus={(event) => {
        if (event.target !== event.currentTarget) return
        // by mouse the caret goes where the button is released: a drag may be selecting words to comment on
        if (isEditable && !pressed.has(event.currentTarget)) props.onEnter("start")
        else props.onFocusChange?.(true)
      }}
      onBlur={() => {
        setPointed(null)
        props.onFocusChange?.(false)
      }}
      onCopy={(event) => copyAtRest(event.nativeEvent, event.currentTarget, props.lang)}
      onPointerDown={(event) => {
        pressed.add(event.currentTarget)
        setPointed(null)
      }}
      onPointerUp={(event) => {
        const element = event.currentTarget
        pressed.delete(element)
        const selection = selectionIn(element)
        if (selection !== null) return props.onSelect?.(selection)
        if (event.button !== 0) return
        const at = offsetAtPoint(element, event.clientX, event.clientY) ?? "end"
        if (at !== "end") props.onSelect?.({ from: at, to: at, quote: "" })
        if (onBegin !== null) setPointed({ at, rect: caretRectAt(element, event.clientX, event.clientY) })
        props.onPoint?.(at)
        props.onEnter(at)
      }}
      onPointerCancel={(event) => pressed.delete(event.currentTarget)}
      onKeyDown={(event) => pressedKey(event, props, begin)}
      onPaste={(event) => {
        if (onBegin === null || event.target !== event.currentTarget) return
        event.preventDefault()
        begin(event.currentTarget, event.clipboardData)
      }}
      onDragOver={(event) => {
        if (onBegin !== null && event.dataTransfer.types.includes("text/plain")) event.preventDefault()
      }}
      onDrop={(event) => {
        // whatever is dropped, the browser must neither open it nor put it here
        event.preventDefault()
        if (onBegin === null || !event.dataTransfer.types.includes("text/plain")) return
        const at = offsetAtPoint(event.currentTarget, event.clientX, event.clientY) ?? "end"
        onBegin({ at, data: event.dataTransfer })
      }}
    >
      {props.children}
      {pointed?.rect == null ? null : <span className="caret-here" style={pointed.rect} aria-hidden="true" />}
    </div>
  )
}

/** Texts on which a pointer is down. */
const pressed = new WeakSet<Element>()

type Begin = (element: HTMLElement, data: DataTransfer | null) => void

/** What a key does on a text at rest: leave it, comment on selected words, or begin to write, here or where `begin` leads. */
function pressedKey(event: KeyboardEvent<HTMLElement>, props: RestingTextProps, begin: Begin): void {
  const leave = leaveOf(event.key, props.lang, event.shiftKey)
  if (leave !== null) {
    event.preventDefault()
    props.onLeave?.(leave)
    return
  }
  if (props.areLettersKeys) return
  const element = event.currentTarget
  const selection = selectionIn(element)
  if (selection !== null && props.onComment !== null && isCommentKey(event)) {
    event.preventDefault()
    props.onComment()
    return
  }
  const isEnter = event.key === "Enter"
  if (!isEnter && !isTyping(event)) return
  // but for Enter the browser delivers the key, the composition or the paste under way to what has the focus by then
  if (isEnter) event.preventDefault()
  if (props.onBegin !== null) begin(element, null)
  else if (!props.isEditable) return isEnter ? undefined : props.onClosedKey?.()
  // a letter alone opens no text: where a mode was switched by a key, the next letter may still be meant for the page
  else if (isEnter || selection !== null) props.onEnter(selection ?? "end")
}

const isCommentKey = ({ nativeEvent: { code }, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  code === "KeyC" && !ctrlKey && !metaKey && !altKey && !shiftKey

/** A key that would write, erase or paste, or begins a composition. */
function isTyping({ key, ctrlKey, metaKey, altKey, nativeEvent }: KeyboardEvent): boolean {
  if (nativeEvent.isComposing || key === "Process" || key === "Dead" || nativeEvent.keyCode === 229) return true
  const isCommand = metaKey || (ctrlKey !== altKey && !nativeEvent.getModifierState("AltGraph"))
  if (isCommand) return (ctrlKey || metaKey) && nativeEvent.code === "KeyV"
  return key.length === 1 || key === "Backspace" || key === "Delete"
}

function leaveOf(key: string, lang: Lang, shift: boolean): Leave | null {
  if (key === "ArrowUp") return "previous"
  if (key === "ArrowDown") return "next"
  if (key === "Escape") return "row"
  if (key === "Tab" && lang === "en" && !shift) return "other"
  if (key === "Tab" && lang === "ru" && shift) return "other"
  return null
}
