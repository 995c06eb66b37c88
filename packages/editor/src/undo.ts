import { isEdit, mayTakeBack } from "@alternat/document"
import { defaultDeleteFilter, defaultProtectedNodes, ySyncPluginKey } from "@tiptap/y-tiptap"
import * as Y from "yjs"

/** Origin of edits made outside text editors (a table cell, a field put in by a menu) that Mod-z must also take back. */
export const INTERFACE_ORIGIN = Symbol("alternat interface")

/** What an edit touched, as `changedKeys` of the document names it: `clause:<id>:<lang>`, `row:<table>:<id>`, `draft:<id>`. */
export type Place = string

export interface UndoOptions {
  /** names what a transaction touched */
  readonly placesOf: (transaction: Y.Transaction) => ReadonlySet<Place>
  /** false once a clause is closed: its edits are skipped, never half undone */
  readonly isEditable: (place: Place) => boolean
  /** asked to bring the place on screen after an undo or redo went there */
  readonly onWent: (place: Place) => void
}

/**
 * One history for everything a person does in one document, so that Mod-z takes back their own last edit wherever it
 * was. It belongs to the session, not to an editor: editors come and go as clauses scroll by.
 */
export interface SharedUndo {
  undo(): boolean
  redo(): boolean
  /** the next edit starts a step of its own: called when the caret moves to another text */
  cut(): void
  destroy(): void
}

const PLACES = "places"

/** Makes the history of a document. */
export function createSharedUndo(doc: Y.Doc, options: UndoOptions): SharedUndo {
  let touched: ReadonlySet<Place> = new Set()
  const manager = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([ySyncPluginKey, INTERFACE_ORIGIN]),
    captureTransaction: (transaction) => {
      if (!isEdit(transaction)) return false
      touched = options.placesOf(transaction)
      return true
    },
    // without this filter, undoing a paste over a whole text also takes away the empty paragraph the text lives in
    deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes) && mayTakeBack(item),
  })
  const remember = (event: StackEvent) => {
    const known = (event.stackItem.meta.get(PLACES) as ReadonlySet<Place> | undefined) ?? new Set<Place>()
    event.stackItem.meta.set(PLACES, new Set([...known, ...touched]))
  }
  const went = (event: StackEvent) => {
    const place = placesOf(event.stackItem)[0]
    if (place !== undefined) options.onWent(place)
  }
  manager.on("stack-item-added", remember)
  manager.on("stack-item-updated", remember)
  manager.on("stack-item-popped", went)

  const isOpen = (item: StackItem) => placesOf(item).every(options.isEditable)
  const step = (stack: StackItem[], run: () => unknown): boolean => {
    while (stack.length > 0 && !isOpen(stack[stack.length - 1] as StackItem)) stack.pop()
    return stack.length > 0 && run() !== null
  }
  return {
    undo: () => step(manager.undoStack, () => manager.undo()),
    redo: () => step(manager.redoStack, () => manager.redo()),
    cut: () => manager.stopCapturing(),
    destroy: () => manager.destroy(),
  }
}

interface StackItem {
  readonly meta: Map<unknown, unknown>
}
interface StackEvent {
  readonly stackItem: StackItem
}
const placesOf = (item: StackItem): readonly Place[] => [
  ...((item.meta.get(PLACES) as ReadonlySet<Place> | undefined) ?? []),
]
