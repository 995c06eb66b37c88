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
