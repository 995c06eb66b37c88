/** Bodies that fit a JSON schema, for tests that ask every route. Not complete: what our documents use. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly pattern?: string
  readonly format?: string
  readonly items?: Schema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

type Known = Readonly<Record<string, Schema>>

/** One sample for each alternative at the top of the schema; below, the first alternative that has a string. */
export function sampleOf(schema: Schema, known: Known): readonly Json[] {
  const own = resolve(schema, known)
  const alternatives = own.oneOf ?? own.anyOf
  return alternatives === undefined ? [sample(own, known)] : alternatives.flatMap((one) => sampleOf(one, known))
}

function sample(schema: Schema, known: Known): Json {
  const own = resolve(schema, known)
  if (own.const !== undefined) return own.const
  if (own.enum !== undefined) return own.enum[0] ?? null
  const alternatives = own.oneOf ?? own.anyOf
  if (alternatives !== undefined) {
    const samples = alternatives.map((one) => sample(one, known))
    return samples.find((one) => placesIn(one).length > 0) ?? samples[0] ?? null
  }
  if (own.allOf !== undefined)
    return Object.assign({}, ...own.allOf.map((one) => sample(one, known))) as Record<string, Json>
  return sampleOfType(own, known)
}

function sampleOfType(own: Schema, known: Known): Json {
  const type = Array.isArray(own.type) ? own.type[0] : own.type
  if (type === "array")
    return Array.from({ length: Math.max(1, own.minItems ?? 1) }, () => sample(own.items ?? {}, known))
  if (type === "integer" || type === "number") return 1
  if (type === "boolean") return false
  if (type === "null") return null
  if (type === "string") return "x"
  const entries = Object.entries(own.properties ?? {}).map(([key, one]) => [key, sample(one, known)] as const)
  const free = own.additionalProperties
  if (typeof free === "object") entries.push(["key", sample(free, known)])
  return Object.fromEntries(entries)
}

function resolve(schema: Schema, known: Known): Schema {
  const name = schema.$ref?.split("/").at(-1)
  return name === undefined ? schema : resolve(known[name] ?? {}, known)
}

/** A string of a value, or a key of a record: its field's name as problems give it, and the value with another one there. */
export interface Place {
  readonly field: string
  with(text: string): Json
}

/** Every string of a value, and one more key in every object. */
export function placesIn(value: Json, path: readonly string[] = []): readonly Place[] {
  if (typeof value === "string") return [{ field: path.join(".") || "(body)", with: (text) => text }]
  if (typeof value !== "object" || value === null) return []
  const fields = Object.fromEntries(Object.entries(value))
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    placesIn(inner, [...path, key]).map((place) => ({
      field: place.field,
      with: (text: string): Json => {
        if (Array.isArray(value)) return value.map((one: Json, i) => (String(i) === key ? place.with(text) : one))
        return { ...fields, [key]: place.with(text) }
      },
    })),
  )
  if (Array.isArray(value)) return inside
  return [...inside, { field: [...path, "(key)"].join("."), with: (text) => ({ ...fields, [text]: 1 }) }]
}
