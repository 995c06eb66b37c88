import { z } from "zod"

/**
 * Which parts of a field are values of their own. Two people fill them at the same moment without knowing of each other:
 * the English and the Russian text of a pair, the Latin and the Cyrillic form of a name, what each party states for
 * itself. Each is a cell, and both people keep what they wrote. A part's name is the path to it: `title.en`,
 * `owner_posts.US`, `assessment.RU.rationale.ru`. What is left of an object is one value under the object's own name
 * (`evidence` holds the type once `evidence.text.en` and `evidence.text.ru` are apart).
 */

/** Values that are written one by one. */
type Spread =
  | { readonly kind: "record"; readonly key: z.ZodType; readonly value: z.ZodType }
  | {
      readonly kind: "object"
      readonly parts: Readonly<Record<string, z.ZodType>>
      /** what is no part; null: nothing */
      readonly rest: z.ZodType | null
    }
  /** null as a whole, or parts */
  | { readonly kind: "nullable"; readonly inner: z.ZodType }

const PAIRS: readonly (readonly string[])[] = [
  ["en", "ru"],
  ["cyr", "lat"],
]
const known = new WeakMap<z.ZodType, Spread | "whole">()

function spreadOf(schema: z.ZodType): Spread | null {
  const found = known.get(schema)
  if (found !== undefined) return found === "whole" ? null : found
  const made = readSpread(schema)
  known.set(schema, made ?? "whole")
  return made
}

function readSpread(schema: z.ZodType): Spread | null {
  if (schema instanceof z.ZodRecord)
    return { kind: "record", key: schema.keyType as z.ZodType, value: schema.valueType as z.ZodType }
  if (schema instanceof z.ZodNullable) {
    const inner = schema.unwrap() as z.ZodType
    return spreadOf(inner) === null ? null : { kind: "nullable", inner }
  }
  if (!(schema instanceof z.ZodObject)) return null
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>
  const names = Object.keys(shape)
  const isPair = PAIRS.some((pair) => names.toSorted().join() === pair.join())
  const parts = Object.fromEntries(Object.entries(shape).filter(([, own]) => isPair || spreadOf(own) !== null))
  const apart = Object.keys(parts)
  if (apart.length === 0) return null
  const { catchall } = schema.def
  const isAllApart = apart.length === names.length && (catchall === undefined || catchall instanceof z.ZodNever)
  const mask = Object.fromEntries(apart.map((name) => [name, true] as const))
  return { kind: "object", parts, rest: isAllApart ? null : schema.omit(mask as never) }
}

/** The schema of a part, by the path to it from a field; null where a path ends at no value of its own. */
export function partSchema(field: z.ZodType, path: readonly string[]): z.ZodType | null {
  const spread = spreadOf(field)
  const [step, ...further] = path
  if (spread === null) return step === undefined ? field : null
  if (spread.kind === "nullable") return step === undefined ? z.null() : partSchema(spread.inner, path)
  if (step === undefined) return spread.kind === "object" ? spread.rest : null
  if (spread.kind === "record") return spread.key.safeParse(step).success ? partSchema(spread.value, further) : null
  const part = Object.hasOwn(spread.parts, step) ? spread.parts[step] : undefined
  return part === undefined ? null : partSchema(part, further)
}

/** A value taken apart: each part under the path to it. */
export function toParts(field: z.ZodType, name: string, value: unknown): Readonly<Record<string, unknown>> {
  const spread = spreadOf(field)
  if (spread === null) return { [name]: value }
  if (spread.kind === "nullable")
    return value === null ? { [name]: null, ...blankParts(spread.inner, name) } : toParts(spread.inner, name, value)
  const fields = value as Readonly<Record<string, unknown>>
  const parts: Record<string, unknown> = {}
  const rest: Record<string, unknown> = {}
  for (const [step, own] of Object.entries(fields)) {
    const part = spread.kind === "record" ? spread.value : spread.parts[step]
    if (part === undefined) rest[step] = own
    else Object.assign(parts, toParts(part, `${name}.${step}`, own))
  }
  return spread.kind === "object" && spread.rest !== null ? { ...parts, [name]: rest } : parts
}

/** The texts of a pair that isn't there. */
function blankParts(pair: z.ZodType, name: string): Readonly<Record<string, unknown>> {
  const spread = spreadOf(pair)
  return spread?.kind === "object"
    ? Object.fromEntries(Object.keys(spread.parts).map((step) => [`${name}.${step}`, ""]))
    : {}
}

/**
 * The value that these cells make under a name; undefined where they make none. A document of the former layout holds
 * the whole value under the name: parts stand before what it says. A part that can't be read is left out.
 */
export function fromParts(field: z.ZodType, name: string, cells: Readonly<Record<string, unknown>>): unknown {
  const whole = cells[name]
  if (spreadOf(field) === null) return whole
  const own = Object.entries(cells)
    .filter(([cell]) => cell.startsWith(`${name}.`))
    .map(([cell, value]) => ({ path: cell.slice(name.length + 1).split("."), value }))
    .filter(({ path, value }) => partSchema(field, path)?.safeParse(value).success === true)
    // what is left of an object comes before the parts of it
    .toSorted((a, b) => a.path.length - b.path.length)
  if (own.length === 0 && !isRecord(whole)) return whole
  const made = own.reduce((value, part) => put(value, part.path, part.value), isRecord(whole) ? whole : {})
  return field instanceof z.ZodNullable && whole === null && isBlank(made) ? null : complete(field, made)
}

function put(into: Fields, [step = "", ...further]: readonly string[], value: unknown): Fields {
  const held = into[step]
  const inner = isRecord(held) ? held : {}
  if (further.length > 0) return { ...into, [step]: put(inner, further, value) }
  return { ...into, [step]: isRecord(value) ? { ...inner, ...value } : value }
}

/** With a blank for the half of a pair that nobody has written, and without what a party has only begun to state. */
function complete(schema: z.ZodType, value: unknown): unknown {
  const spread = spreadOf(schema)
  if (spread === null || !isRecord(value)) return value
  if (spread.kind === "nullable") return complete(spread.inner, value)
  if (spread.kind === "record") {
    const entries = Object.entries(value).map(([step, own]) => [step, complete(spread.value, own)] as const)
    return Object.fromEntries(
      entries.filter(([, own]) => spread.value.safeParse(own).success).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  }
  const parts = Object.entries(spread.parts).map(([step, part]) => {
    const own = value[step] ?? (spreadOf(part) === null ? BLANKS.find((blank) => part.safeParse(blank).success) : {})
    return [step, complete(part, own)] as const
  })
  return { ...value, ...Object.fromEntries(parts) }
}

const BLANKS: readonly unknown[] = ["", []]

const isBlank = (value: unknown): boolean =>
  isRecord(value) ? Object.values(value).every(isBlank) : value === "" || value === undefined

type Fields = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)
