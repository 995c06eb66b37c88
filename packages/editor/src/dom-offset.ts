/**
 * From what the browser points at in a text at rest to a place in the text. Every run of a text at rest carries its
 * first place in `data-o`; what carries none (a bracket's code, a caret's name) belongs to no place.
 */
export function offsetAtPoint(root: Element, x: number, y: number): number | null {
  const doc = root.ownerDocument
  const point =
    typeof doc.caretPositionFromPoint === "function"
      ? doc.caretPositionFromPoint(x, y)
      : fromRange(doc.caretRangeFromPoint(x, y))
  return point === null ? null : offsetOf(root, point.offsetNode, point.offset)
}

const fromRange = (range: Range | null) =>
  range === null ? null : { offsetNode: range.startContainer, offset: range.startOffset }

function offsetOf(root: Element, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null
  const element = node instanceof Element ? node : node.parentElement
  const run = element?.closest("[data-o]")
  if (run === null || run === undefined || !root.contains(run)) return null
  const start = Number(run.getAttribute("data-o"))
  const isValue = run.querySelector(".fld,.ph") !== null
  return isValue ? start + (offset > 0 ? 1 : 0) : start + (node instanceof Text ? offset : 0)
}

/** What is selected inside a text at rest; null when nothing is, or when the selection goes beyond it. */
export function selectionIn(
  root: Element,
): { readonly from: number; readonly to: number; readonly quote: string } | null {
  const selection = root.ownerDocument.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const from = offsetOf(root, range.startContainer, range.startOffset)
  const to = offsetOf(root, range.endContainer, range.endOffset)
  if (from === null || to === null || from >= to) return null
  return { from, to, quote: selection.toString() }
}

/** Where in a text at rest a caret would stand, from its upper left corner; null where no words are. */
export function caretRectAt(
  root: Element,
  x: number,
  y: number,
): { readonly left: number; readonly top: number; readonly height: number } | null {
  const doc = root.ownerDocument
  const range = doc.createRange()
  const point =
    typeof doc.caretPositionFromPoint === "function"
      ? doc.caretPositionFromPoint(x, y)
      : fromRange(doc.caretRangeFromPoint(x, y))
  if (point === null || !root.contains(point.offsetNode)) return null
  range.setStart(point.offsetNode, point.offset)
  const [{ left, top, height } = new DOMRect()] = range.getClientRects()
  if (height === 0) return null
  const frame = root.getBoundingClientRect()
  return { left: left - frame.left, top: top - frame.top, height }
}
