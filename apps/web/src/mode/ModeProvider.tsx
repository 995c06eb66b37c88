import type { Me } from "@alternat/plan"
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react"
import { keepMode, keptMode } from "./kept-mode.ts"
import { type Barred, createModeStore, type Mode, type ModeStore, modesOf } from "./mode.ts"

interface Held {
  readonly store: ModeStore
  readonly modes: readonly Mode[]
}

const Context = createContext<Held | null>(null)

export interface ModeProviderProps {
  readonly me: Me
  /** false while a version is frozen */
  readonly isOpen: boolean
  readonly children: ReactNode
}

/** The mode of all parts of one plan. */
export function ModeProvider({ me, isOpen, children }: ModeProviderProps) {
  const { userId } = me
  const modes = useMemo(() => modesOf(me, { isOpen }), [me, isOpen])
  const [store] = useState(() => {
    const made = createModeStore(keptMode(userId), (mode) => keepMode(userId, mode))
    made.allow(modes)
    return made
  })
  useLayoutEffect(() => store.allow(modes), [store, modes])
  return <Context value={useMemo(() => ({ store, modes }), [store, modes])}>{children}</Context>
}

export interface ModeChoice {
  readonly mode: Mode
  readonly modes: readonly Mode[]
  choose(mode: Mode): void
}

export function useMode(): ModeChoice {
  const { store, modes } = useHeld()
  const mode = useSyncExternalStore(store.subscribe, () => store.mode)
  return useMemo(() => ({ mode, modes, choose: store.choose }), [mode, modes, store])
}

export interface BarredNews {
  readonly barred: Barred | null
  tell(barred: Barred | null): void
}

/** The notice to show when typing was not taken. */
export function useBarred(): BarredNews {
  const { store } = useHeld()
  const barred = useSyncExternalStore(store.subscribe, () => store.barred)
  return { barred, tell: store.tell }
}

/** The one gate before everything by which a person writes into the shared plan. */
export interface SharedWrite {
  readonly isOpen: boolean
  /** asked at the moment of writing; where the mode forbids it, the person is told */
  mayWrite(): boolean
  /** the same, without a word: for an editor that asks at every keystroke */
  isOpenNow(): boolean
  /** says why nothing can be typed here */
  tellWhy(): void
}

export function useSharedWrite(part: "text" | "table"): SharedWrite {
  const { store } = useHeld()
  const isOpen = useSyncExternalStore(store.subscribe, () => store.mode === "draft")
  const isOpenNow = useCallback(() => store.mode === "draft", [store])
  const tellWhy = useCallback(() => {
    if (store.mode !== "draft") store.tell({ type: store.mode === "read" ? "reading" : part })
  }, [store, part])
  const mayWrite = useCallback(() => {
    tellWhy()
    return isOpenNow()
  }, [tellWhy, isOpenNow])
  return useMemo(() => ({ isOpen, mayWrite, isOpenNow, tellWhy }), [isOpen, mayWrite, isOpenNow, tellWhy])
}

function useHeld(): Held {
  const held = useContext(Context)
  if (held === null) throw new Error("broken invariant: no ModeProvider above")
  return held
}
