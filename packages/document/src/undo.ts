import * as Y from "yjs"

/**
 * For Yjs' UndoManager, as `captureTransaction` or in it: is this transaction an edit? The binding of a text editor opens one
 * at every selection, caret and mark, and most change nothing. A history whose scope is the whole document would take
 * each for an edit, and every edit ends what can be redone.
 */
export const isEdit = (transaction: Y.Transaction): boolean => transaction.changed.size > 0

/**
 * For Yjs' UndoManager, as `deleteFilter` or in it: may an undo take this item away? Where two people set one cell at the
 * same moment, and the one whose value stood takes it back, Yjs can't bring back what was there before, since the other's
 * value lies between, and nobody has that any more. The cell would be left without a value, which is none, and the
 * server would refuse it: what stands stays.
 */
export function mayTakeBack(item: Y.Item): boolean {
  const { parent, parentSub } = item
  const isStanding =
    parentSub !== null && !item.deleted && parent instanceof Y.Map && parent._map.get(parentSub) === item
  return !isStanding || !hasPassedOver(item)
}

/** Does a value lie in or before one's own run under this key that its writer had not seen? */
function hasPassedOver(item: Y.Item): boolean {
  for (let own: Y.Item | null = item; own !== null && own.id.client === item.id.client; own = own.left) {
    const { left, origin } = own
    if (left !== null && (origin === null || !Y.compareIDs(left.lastId, origin))) return true
  }
  return false
}
