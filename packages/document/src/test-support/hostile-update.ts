import fc from "fast-check"
import * as Y from "yjs"
import { ROOTS } from "../layout.ts"
import {
  decodeRawUpdate,
  encodeRawUpdate,
  lengthOf,
  type RawContent,
  type RawId,
  type RawStruct,
  type RawUpdate,
} from "./raw-update.ts"

/**
 * What somebody with a pen of their own writes to the wire: updates that Yjs can read and no editor makes. Numbers point
 * into what the document holds when the attempt is made (`n` modulo the items there), so that they hit something.
 */
export type HostileEdit =
  /** by the library's own calls, on any type of the document */
  | { readonly kind: "call"; readonly type: number; readonly call: (typeof CALLS)[number]; readonly at: number }
  /** items of one's own making */
  | { readonly kind: "forge"; readonly items: readonly Forged[] }
  /** delete sets alone */
  | { readonly kind: "erase"; readonly item: number; readonly length: number }
  /** the last honest update with one field of it changed */
  | { readonly kind: "bend"; readonly field: (typeof FIELDS)[number]; readonly at: number; readonly to: number }

interface Forged {
  readonly origin: number | null
  readonly rightOrigin: number | null
  readonly parent: number
  readonly parentSub: string | null
  readonly content: RawContent
  readonly client: number
  readonly gap: number
}

/** of either space: what is a root here is none there */
const ALL_ROOTS = [...new Set([...ROOTS.plan, ...ROOTS.caucus])]
const CALLS = ["set", "setType", "setDoc", "delete", "insert", "format", "embed", "attribute", "newRoot"] as const
const FIELDS = [
  "client",
  "clock",
  "origin",
  "rightOrigin",
  "parent",
  "parentSub",
  "content",
  "kind",
  "deletion",
] as const

const KEYS = [
  "en",
  "ru",
  "order",
  "deleted",
  "proposals",
  "section",
  "c1",
  "c2",
  "zz",
  "L01",
  "kind_us",
  "schema",
  "start",
]
const key = fc.constantFrom(...KEYS)
const value: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(null, true, 7, "x", [1], { en: "x" }, -1, 2 ** 53, "")

const content: fc.Arbitrary<RawContent> = fc.oneof(
  fc.record({ type: fc.constant("deleted" as const), length: fc.constantFrom(1, 3, 1000) }),
  fc.record({ type: fc.constant("json" as const), values: fc.array(value, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("binary" as const), bytes: fc.uint8Array({ maxLength: 4 }) }),
  fc.record({ type: fc.constant("string" as const), text: fc.constantFrom("forged", "", "\uD834", "é") }),
  fc.record({ type: fc.constant("embed" as const), value }),
  fc.record({ type: fc.constant("format" as const), key: fc.constantFrom("em", "bold"), value }),
  fc.record({
    type: fc.constant("type" as const),
    ref: fc.nat(8),
    name: fc.constantFrom("paragraph", "orderedList", "field", "script"),
  }),
  fc.record({ type: fc.constant("any" as const), values: fc.array(value, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("doc" as const), guid: fc.constantFrom("sub", "") }),
)

const index = fc.nat(200)
const forged: fc.Arbitrary<Forged> = fc.record({
  origin: fc.option(index, { freq: 2 }),
  rightOrigin: fc.option(index, { freq: 2 }),
  parent: index,
  parentSub: fc.option(key),
  content,
  client: fc.nat(4),
  gap: fc.constantFrom(0, 0, 0, 1, -1),
})

export const hostileEdit: fc.Arbitrary<HostileEdit> = fc.oneof(
  fc.record({
    kind: fc.constant("call" as const),
    type: index,
    call: fc.constantFrom(...CALLS),
    at: index,
  }),
  fc.record({ kind: fc.constant("forge" as const), items: fc.array(forged, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant("erase" as const), item: index, length: fc.constantFrom(1, 2, 50, 2 ** 31) }),
  fc.record({ kind: fc.constant("bend" as const), field: fc.constantFrom(...FIELDS), at: index, to: index }),
)

/** The update of this attempt against a document as its sender knows it. `honest` is what an editor would have sent. */
export function hostileUpdate(doc: Y.Doc, edit: HostileEdit, honest: Uint8Array, clientId: number): Uint8Array {
  const items = itemsOf(doc)
  const some = (n: number): RawId => items[n % Math.max(1, items.length)] ?? { client: 1, clock: 0 }
  switch (edit.kind) {
    case "call":
      return byCalls(doc, edit, clientId)
    case "forge": {
      const raw = { structs: forgedStructs(doc, edit.items, some, clientId), deletions: [] }
      return encodeRawUpdate((edit.items[0]?.parent ?? 0) % 8 === 0 ? raw : inOrder(raw))
    }
    case "erase":
      return encodeRawUpdate({ structs: [], deletions: [{ ...some(edit.item), length: edit.length }] })
    case "bend": {
      const raw = decodeRawUpdate(honest)
      if (raw === null) return honest
      return encodeRawUpdate(edit.to % 8 === 0 ? bent(raw, edit, some) : inOrder(bent(raw, edit, some)))
    }
  }
}

/** As Yjs writes it: who comes out of order is found out before anything else is looked at. */
const inOrder = ({ structs, deletions }: RawUpdate): RawUpdate => ({
  structs: structs.toSorted((a, b) => b.client - a.client),
  deletions: deletions.toSorted((a, b) => b.client - a.client || a.clock - b.clock),
})

/** Every item's id, those of texts and of entries alike. */
const itemsOf = (doc: Y.Doc): readonly RawId[] =>
  [...doc.store.clients.values()].flatMap((structs) =>
    structs.flatMap((struct) =>
      struct instanceof Y.Item ? [{ client: struct.id.client, clock: struct.id.clock }] : [],
    ),
  )

function forgedStructs(
  doc: Y.Doc,
  items: readonly Forged[],
  some: (n: number) => RawId,
  clientId: number,
): readonly RawStruct[] {
  const roots = [...ALL_ROOTS, "elsewhere"]
  const next = new Map<number, number>()
  return items.map((item): RawStruct => {
    // mostly one's own client; now and then one that is somebody's
    const client = item.client === 1 ? some(item.parent).client : clientId
    const clock = Math.max(0, (next.get(client) ?? Y.getState(doc.store, client)) + item.gap)
    const struct: RawStruct = {
      kind: "item",
      client,
      clock,
      origin: item.origin === null ? null : some(item.origin),
      rightOrigin: item.rightOrigin === null ? null : some(item.rightOrigin),
      parent: item.parent % 3 === 0 ? (roots[item.parent % roots.length] ?? "clauses") : some(item.parent),
      parentSub: item.parentSub,
      content: item.content,
    }
    next.set(client, clock + lengthOf(struct))
    return struct
  })
}

function bent(
  { structs, deletions }: RawUpdate,
  { field, at, to }: Extract<HostileEdit, { kind: "bend" }>,
  some: (n: number) => RawId,
): RawUpdate {
  if (field === "deletion") return { structs, deletions: [...deletions, { ...some(to), length: 1 + (at % 5) }] }
  const index = at % Math.max(1, structs.length)
  return {
    structs: structs.map((struct, i) => (i === index ? bentStruct(struct, field, some(to), to) : struct)),
    deletions,
  }
}

function bentStruct(struct: RawStruct, field: (typeof FIELDS)[number], id: RawId, to: number): RawStruct {
  if (field === "client") return { ...struct, client: id.client }
  if (field === "clock") return { ...struct, clock: to }
  if (field === "kind")
    return { kind: to % 2 ? "gc" : "skip", client: struct.client, clock: struct.clock, length: lengthOf(struct) }
  if (struct.kind !== "item") return struct
  if (field === "parentSub") return { ...struct, parentSub: KEYS[to % KEYS.length] ?? null }
  if (field === "content") return { ...struct, content: { type: "type", ref: to % 8, name: "paragraph" } }
  return { ...struct, [field]: id }
}

/** Every shared type of the document, nested ones too. */
function typesOf(doc: Y.Doc): readonly Y.AbstractType<unknown>[] {
  const found: Y.AbstractType<unknown>[] = ALL_ROOTS.map((root) => doc.getMap(root) as Y.AbstractType<unknown>)
  for (const structs of doc.store.clients.values())
    for (const struct of structs)
      if (struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentType)
        found.push(struct.content.type as Y.AbstractType<unknown>)
  return found
}

function byCalls(
  known: Y.Doc,
  { type, call, at }: Extract<HostileEdit, { kind: "call" }>,
  clientId: number,
): Uint8Array {
  const doc = new Y.Doc()
  for (const root of ALL_ROOTS) doc.getMap(root)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(known))
  doc.clientID = clientId
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => sent.push(update))
  const types = typesOf(doc)
  const target = types[type % types.length]
  if (call === "newRoot") doc.getArray(`root${at}`).insert(0, [1])
  else if (target instanceof Y.Map) callOnMap(target, call, at)
  else if (target instanceof Y.XmlText) callOnText(target, call, at)
  else if (target instanceof Y.XmlFragment) callOnFragment(target, call, at)
  return Y.mergeUpdates(sent.length > 0 ? sent : [Uint8Array.of(0, 0)])
}

function callOnMap(map: Y.Map<unknown>, call: (typeof CALLS)[number], at: number): void {
  const known = [...map.keys()]
  const key = at % 2 === 0 ? (known[at % Math.max(1, known.length)] ?? "x") : (KEYS[at % KEYS.length] ?? "x")
  if (call === "delete") map.delete(key)
  else if (call === "setType")
    map.set(key, at % 3 === 0 ? new Y.Map() : at % 3 === 1 ? new Y.XmlFragment() : new Y.Text("x"))
  else if (call === "setDoc") map.set(key, new Y.Doc({ guid: "sub" }))
  else map.set(key, at % 3 === 0 ? "x" : at % 3 === 1 ? Uint8Array.of(1) : { en: "x", ru: "x" })
}

function callOnText(text: Y.XmlText, call: (typeof CALLS)[number], at: number): void {
  const from = at % (text.length + 1)
  if (call === "delete") text.delete(from, Math.min(2, text.length - from))
  else if (call === "format") text.format(from, Math.min(3, text.length - from), { [at % 2 ? "em" : "bold"]: {} })
  else if (call === "embed") text.insertEmbed(from, { image: "x" })
  else if (call === "attribute") text.setAttribute("class", "x")
  else text.insert(from, "hostile")
}

function callOnFragment(fragment: Y.XmlFragment, call: (typeof CALLS)[number], at: number): void {
  const from = at % (fragment.length + 1)
  if (call === "delete") fragment.delete(from, Math.min(1, fragment.length - from))
  else if (call === "attribute" && fragment instanceof Y.XmlElement) fragment.setAttribute("class", "x")
  else if (call === "embed") fragment.insert(from, [new Y.XmlHook("hook") as unknown as Y.XmlElement])
  else
    fragment.insert(from, [
      at % 3 === 0 ? new Y.XmlText("loose") : new Y.XmlElement(at % 3 === 1 ? "paragraph" : "script"),
    ])
}
