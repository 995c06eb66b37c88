/**
 * As much of a map as Yjs asks of the keys of a type, made when the first is put into it: most have none, and an empty map
 * takes a sixth of a kilobyte.
 */
export class LateMap<Key, Value> {
  #made: Map<Key, Value> | null = null

  get size(): number {
    return this.#made?.size ?? 0
  }

  get(key: Key): Value | undefined {
    return this.#made?.get(key)
  }

  set(key: Key, value: Value): void {
    this.#made ??= new Map()
    this.#made.set(key, value)
  }

  forEach(each: (value: Value, key: Key, map: Map<Key, Value>) => void): void {
    this.#made?.forEach(each)
  }

  entries(): MapIterator<[Key, Value]> {
    return (this.#made ?? new Map<Key, Value>()).entries()
  }

  values(): MapIterator<Value> {
    return (this.#made ?? new Map<Key, Value>()).values()
  }
}
