/** The values of a form when it was left: text, dates and choices, by field. */
export type FormValues = Readonly<Record<string, unknown>>

/**
 * Forms that somebody began to fill in and has not sent, by place (`comment:shared:s17.c2`, `reserve:s12.c3`). A place names
 * who will read the words as well: what was begun among one's own is never found under a place both delegations read.
 */
export interface HalfWritten {
  read(place: string): FormValues | null
  /** null: sent, or thrown away */
  write(place: string, values: FormValues | null): void
  places(): readonly string[]
  subscribe(listener: () => void): () => void
}

/** The part of the browser's storage that this needs. */
export type KeyValues = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">

/**
 * `name` begins every key. Where the browser keeps nothing (switched off, or full), the words live as long as the page.
 */
export function createHalfWritten(name: string, storage: KeyValues | null): HalfWritten {
  const held = new Map<string, FormValues>(kept(name, storage))
  const listeners = new Set<() => void>()
  let places = [...held.keys()]
  return {
    read: (place) => held.get(place) ?? null,
    write: (place, values) => {
      if (values === null) held.delete(place)
      else held.set(place, values)
      places = [...held.keys()]
      keep(storage, name + place, values)
      for (const listener of listeners) listener()
    },
    places: () => places,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Everything kept under a name, in the order of its places. */
export function kept(name: string, storage: KeyValues | null): readonly (readonly [string, FormValues])[] {
  try {
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? "")
    return keys
      .filter((key) => key.startsWith(name))
      .toSorted()
      .flatMap((key) => {
        const values = parsed(storage?.getItem(key) ?? null)
        return values === null ? [] : [[key.slice(name.length), values] as const]
      })
  } catch {
    return [] // storage switched off by the person
  }
}

function keep(storage: KeyValues | null, key: string, values: FormValues | null): void {
  try {
    if (values === null) storage?.removeItem(key)
    else storage?.setItem(key, JSON.stringify(values))
  } catch {
    // full or switched off: the words live as long as the page
  }
}

function parsed(text: string | null): FormValues | null {
  try {
    const value: unknown = text === null ? null : JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as FormValues) : null
  } catch {
    return null // damaged: nothing that could be shown
  }
}
