import type { TextFault } from "@alternat/plan"
import { clauseSchema } from "@alternat/text"
import { EditorState, type Plugin } from "@tiptap/pm/state"
import { ySyncPluginKey } from "@tiptap/y-tiptap"
import { expect, test } from "vitest"
import { CHARACTERS_EVENT, typedCharacters } from "./typed-characters.ts"

const plugin = () => (typedCharacters().config.addProseMirrorPlugins as () => Plugin[])()[0] as Plugin
const docOf = (...lines: readonly string[]) =>
  clauseSchema.node(
    "doc",
    null,
    lines.map((line) => clauseSchema.node("paragraph", null, line === "" ? [] : [clauseSchema.text(line)])),
  )

/** A view as far as typing needs one. */
function typing(...lines: readonly string[]) {
  const dom = new EventTarget()
  const told: TextFault[] = []
  dom.addEventListener(CHARACTERS_EVENT, (event) => told.push(...(event as CustomEvent<TextFault[]>).detail))
  const own = plugin()
  const view = {
    dom,
    state: EditorState.create({ doc: docOf(...lines), plugins: [own] }),
    dispatch(tr: EditorState["tr"]) {
      view.state = view.state.apply(tr)
    },
  }
  type Input = (view: unknown, from: number, to: number, text: string) => boolean
  const type = (text: string, at = 1): boolean => (own.props.handleTextInput as unknown as Input)(view, at, at, text)
  return { view, type, told, text: () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n") }
}

test("[EDIT40] a typed sign that no font has does not come into the text, and the page is told", () => {
  const { type, told, text } = typing("ab")
  expect(type("😀")).toBe(true)
  expect(type("\u202e")).toBe(true)
  expect(text()).toBe("ab")
  expect(told.map((fault) => fault.kind)).toEqual(["emoji", "bidirectional"])
})

test("[EDIT40] one with a printed twin comes as that, and what is permitted is left to the editor", () => {
  const { type, told, text } = typing("ab")
  expect(type("o\ufb03ce ✅")).toBe(true)
  expect(text()).toBe("office ✔ab")
  expect(told.map((fault) => fault.replacement)).toEqual(["ffi", "✔"])
  for (const plain of ["x", "ж", "☐", "\u0301", "\u00a0"]) expect(type(plain)).toBe(false)
})

test("[EDIT41] nothing else brings such a sign, and what came from others or stood there before stays", () => {
  const { view } = typing("old 😀 words", "next")
  const refused = view.state.applyTransaction(view.state.tr.insertText("漢", 1))
  expect(refused.state.doc.eq(view.state.doc)).toBe(true)
  const fromOthers = view.state.tr.insertText("漢", 1).setMeta(ySyncPluginKey, { isChangeOrigin: true })
  expect(view.state.apply(fromOthers).doc.textContent).toContain("漢")
  const split = view.state.apply(view.state.tr.split(3))
  expect(split.doc.childCount).toBe(3)
  const moved = view.state.apply(view.state.tr.replaceWith(1, 13, clauseSchema.text("new 😀")))
  expect(moved.doc.firstChild?.textContent).toBe("new 😀")
})
