import { createContext, type ReactNode, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react"
import { createHalfWritten, type FormValues, type HalfWritten, kept } from "./half-written.ts"

const Context = createContext<HalfWritten | null>(null)

export interface HalfWrittenProviderProps {
  readonly userId: string
  readonly planId: string
  readonly children: ReactNode
}

/** Kept for one person, on this computer, for each plan apart; signing out removes all that begins with the person. */
export function HalfWrittenProvider({ userId, planId, children }: HalfWrittenProviderProps) {
  const [store] = useState(() => createHalfWritten(`${ownName(userId)}${planId}:`, browserStorage()))
  return <Context value={store}>{children}</Context>
}

const ownName = (userId: string): string => `alternat:${userId}:half:`

/** All that one person has begun on this computer: a sign-out offers it as a file, since it removes it. */
export const halfWrittenWork = (userId: string): readonly { readonly what: string; readonly text: string }[] =>
  kept(ownName(userId), browserStorage()).map(([what, values]) => ({ what, text: wordsIn(values).join("\n") }))

const wordsIn = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : typeof value === "object" && value ? Object.values(value).flatMap(wordsIn) : []

export interface Form<T extends object> {
  readonly values: T
  change(part: Partial<T>): void
  /** the form was sent, or thrown away */
  clear(): void
}

/**
 * The fields of a form that outlives its being closed. `place` says which form it is and who will read what it sends.
 * A form as empty as it began is not kept.
 */
export function useForm<T extends object>(place: string, empty: T): Form<T> {
  const store = useHalfWritten()
  const [begun] = useState(empty)
  const held = useSyncExternalStore(store.subscribe, () => store.read(place))
  const values = useMemo<T>(() => ({ ...begun, ...held }), [begun, held])
  const change = useCallback(
    (part: Partial<T>) => {
      store.write(place, changedFrom(begun, { ...store.read(place), ...part }))
    },
    [store, place, begun],
  )
  const clear = useCallback(() => store.write(place, null), [store, place])
  return useMemo(() => ({ values, change, clear }), [values, change, clear])
}

/** Only what was changed is kept: the rest follows what the plan holds when the form is opened again. */
function changedFrom(begun: object, next: FormValues): FormValues | null {
  const changed = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((begun as FormValues)[name]),
  )
  return changed.length === 0 ? null : Object.fromEntries(changed)
}

/** The places of forms that were begun, beginning with what is given. */
export function useBegun(start: string): readonly string[] {
  const store = useHalfWritten()
  const places = useSyncExternalStore(store.subscribe, store.places)
  return useMemo(() => places.filter((place) => place.startsWith(start)), [places, start])
}

export function useHalfWritten(): HalfWritten {
  const store = useContext(Context)
  if (store === null) throw new Error("broken invariant: no HalfWrittenProvider above")
  return store
}

function browserStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null // storage switched off by the person
  }
}
