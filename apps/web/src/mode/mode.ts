import { type Actor, mayEdit } from "@alternat/plan"

/** The readers of the next keystroke: nobody, both delegations, or one's own alone. */
export type Mode = "read" | "draft" | "propose"

/** The modes a person has in a plan. Who may not write, or whose plan is frozen, reads. */
export function modesOf(actor: Actor, plan: { readonly isOpen: boolean }): readonly Mode[] {
  if (actor.party === null || !plan.isOpen) return ["read"]
  return mayEditAnything(actor) ? ["read", "draft", "propose"] : ["read", "propose"]
}

const mayEditAnything = (actor: Actor): boolean =>
  mayEdit(actor, { type: "clause" }) ||
  mayEdit(actor, { type: "terms" }) ||
  mayEdit(actor, { type: "row", table: "cost_lines" }) ||
  mayEdit(actor, { type: "row", table: "raci" })

/** The mode a person begins in: the one used last, and the first time the shared text. */
export function modeAtStart(kept: string | null, modes: readonly Mode[]): Mode {
  return modes.find((mode) => mode === (kept ?? "draft")) ?? "read"
}

/** Why something was not typed into the shared plan, to be said to the person. */
export type Barred =
  /** the mode lets nobody type here */
  | { readonly type: "reading" }
  /** the person proposes, and this would write into the shared text or table */
  | { readonly type: "text" | "table" }
  /** the draft's document has not been read from the server yet */
  | { readonly type: "caucusAway" }

export interface ModeStore {
  /** as it is at this moment, also between a switch and the drawing of it */
  readonly mode: Mode
  readonly barred: Barred | null
  choose(mode: Mode): void
  /** the modes there are; a chosen one that is not among them waits until it is again */
  allow(modes: readonly Mode[]): void
  tell(barred: Barred | null): void
  subscribe(listener: () => void): () => void
}

/** Holds one person's mode. `keep` is where the mode last used is kept for the next time. */
export function createModeStore(kept: string | null, keep: (mode: Mode) => void): ModeStore {
  let chosen = kept
  let modes: readonly Mode[] = ["read"]
  let barred: Barred | null = null
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  return {
    get mode() {
      return modeAtStart(chosen, modes)
    },
    get barred() {
      return barred
    },
    choose(mode) {
      if (!modes.includes(mode)) return
      chosen = mode
      barred = null
      keep(mode)
      changed()
    },
    allow(next) {
      modes = next
      changed()
    },
    tell(next) {
      barred = next
      changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
