import * as encoding from "lib0/encoding"
import * as Y from "yjs"

export interface RawId {
  readonly client: number
  readonly clock: number
}

/** The content of an item, by the numbers of Yjs's first update format. */
export type RawContent =
  | { readonly type: "deleted"; readonly length: number }
  | { readonly type: "json"; readonly values: readonly unknown[] }
  | { readonly type: "binary"; readonly bytes: Uint8Array }
  | { readonly type: "string"; readonly text: string }
  | { readonly type: "embed"; readonly value: unknown }
  | { readonly type: "format"; readonly key: string; readonly value: unknown }
  | { readonly type: "type"; readonly ref: number; readonly name: string }
  | { readonly type: "any"; readonly values: readonly unknown[] }
  | { readonly type: "doc"; readonly guid: string }

export type RawStruct =
  | ({ readonly kind: "gc" | "skip"; readonly length: number } & RawId)
  | ({
      readonly kind: "item"
      readonly origin: RawId | null
      readonly rightOrigin: RawId | null
      /** written only where there is neither origin, as Yjs reads it: a root's name, or the item of a type */
      readonly parent: string | RawId
      readonly parentSub: string | null
      readonly content: RawContent
    } & RawId)

export interface RawUpdate {
  readonly structs: readonly RawStruct[]
  readonly deletions: readonly { readonly client: number; readonly clock: number; readonly length: number }[]
}

/** Writes an update that no Yjs document has made. Any field may lie; the bytes are read as the format says. */
export function encodeRawUpdate({ structs, deletions }: RawUpdate): Uint8Array {
  const e = encoding.createEncoder()
  const runs = runsOf(structs)
  encoding.writeVarUint(e, runs.length)
  for (const run of runs) {
    encoding.writeVarUint(e, run.length)
    encoding.writeVarUint(e, run[0]?.client ?? 0)
    encoding.writeVarUint(e, run[0]?.clock ?? 0)
    for (const struct of run) writeStruct(e, struct)
  }
  encoding.writeVarUint(e, deletions.length)
  for (const { client, clock, length } of deletions)
    for (const n of [client, 1, clock, length]) encoding.writeVarUint(e, n)
  return encoding.toUint8Array(e)
}

/** Only the first clock of a client's run is written, so each struct that does not follow on starts a run of its own. */
function runsOf(structs: readonly RawStruct[]): readonly (readonly RawStruct[])[] {
  const runs: RawStruct[][] = []
  let next: RawId | null = null
  for (const struct of structs) {
    if (next && next.client === struct.client && next.clock === struct.clock) runs.at(-1)?.push(struct)
    else runs.push([struct])
    next = { client: struct.client, clock: struct.clock + lengthOf(struct) }
  }
  return runs
}

export function lengthOf(struct: RawStruct): number {
  if (struct.kind !== "item") return struct.length
  const { content } = struct
  if (content.type === "deleted") return content.length
  if (content.type === "string") return content.text.length
  return content.type === "json" || content.type === "any" ? content.values.length : 1
}

const writeId = (e: encoding.Encoder, { client, clock }: RawId): void => {
  encoding.writeVarUint(e, client)
  encoding.writeVarUint(e, clock)
}

function writeStruct(e: encoding.Encoder, struct: RawStruct): void {
  if (struct.kind !== "item") {
    encoding.writeUint8(e, struct.kind === "gc" ? 0 : 10)
    encoding.writeVarUint(e, struct.length)
    return
  }
  const { origin, rightOrigin, parent, parentSub, content } = struct
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (parentSub === null ? 0 : 0x20)
  encoding.writeUint8(e, CONTENT_REF[content.type] | flags)
  if (origin) writeId(e, origin)
  if (rightOrigin) writeId(e, rightOrigin)
  if (!origin && !rightOrigin) {
    encoding.writeVarUint(e, typeof parent === "string" ? 1 : 0)
    if (typeof parent === "string") encoding.writeVarString(e, parent)
    else writeId(e, parent)
    if (parentSub !== null) encoding.writeVarString(e, parentSub)
  }
  writeContent(e, content)
}

const CONTENT_REF: Readonly<Record<RawContent["type"], number>> = {
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
}

/** Types that carry a name behind their number: XmlElement and XmlHook. */
const NAMED = [3, 5]

function writeContent(e: encoding.Encoder, content: RawContent): void {
  switch (content.type) {
    case "deleted":
      return encoding.writeVarUint(e, content.length)
    case "json":
      encoding.writeVarUint(e, content.values.length)
      for (const value of content.values) encoding.writeVarString(e, JSON.stringify(value) ?? "undefined")
      return
    case "binary":
      return encoding.writeVarUint8Array(e, content.bytes)
    case "string":
      return encoding.writeVarString(e, content.text)
    case "embed":
      return encoding.writeVarString(e, JSON.stringify(content.value) ?? "null")
    case "format":
      encoding.writeVarString(e, content.key)
      return encoding.writeVarString(e, JSON.stringify(content.value) ?? "null")
    case "type":
      encoding.writeVarUint(e, content.ref)
      if (NAMED.includes(content.ref)) encoding.writeVarString(e, content.name)
      return
    case "any":
      encoding.writeVarUint(e, content.values.length)
      for (const value of content.values) encoding.writeAny(e, value as encoding.AnyEncodable)
      return
    case "doc":
      encoding.writeVarString(e, content.guid)
      return encoding.writeAny(e, {})
  }
}

/** Reads a real update as something that can be bent. null: no update. */
export function decodeRawUpdate(update: Uint8Array): RawUpdate | null {
  let decoded: ReturnType<typeof Y.decodeUpdate>
  try {
    decoded = Y.decodeUpdate(update)
  } catch {
    return null // bytes that are bent already
  }
  const deletions = [...decoded.ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, length: len })),
  )
  return { structs: decoded.structs.map(rawStructOf), deletions }
}

function rawStructOf(struct: ReturnType<typeof Y.decodeUpdate>["structs"][number]): RawStruct {
  const { client, clock } = struct.id
  if (!(struct instanceof Y.Item))
    return { kind: struct instanceof Y.GC ? "gc" : "skip", client, clock, length: struct.length }
  const parent = struct.parent as unknown
  return {
    kind: "item",
    client,
    clock,
    origin: struct.origin,
    rightOrigin: struct.rightOrigin,
    parent: typeof parent === "string" ? parent : parent instanceof Y.ID ? parent : "clauses",
    parentSub: struct.parentSub,
    content: rawContentOf(struct.content),
  }
}

function rawContentOf(content: Y.Item["content"]): RawContent {
  if (content instanceof Y.ContentDeleted) return { type: "deleted", length: content.len }
  if (content instanceof Y.ContentJSON) return { type: "json", values: content.arr }
  if (content instanceof Y.ContentBinary) return { type: "binary", bytes: content.content }
  if (content instanceof Y.ContentString) return { type: "string", text: content.str }
  if (content instanceof Y.ContentEmbed) return { type: "embed", value: content.embed }
  if (content instanceof Y.ContentFormat) return { type: "format", key: content.key, value: content.value }
  if (content instanceof Y.ContentAny) return { type: "any", values: content.arr }
  if (content instanceof Y.ContentType) {
    const { type } = content as { readonly type: { readonly constructor: unknown; readonly nodeName?: string } }
    return { type: "type", ref: TYPES.indexOf(type.constructor), name: type.nodeName ?? "" }
  }
  return { type: "doc", guid: "sub" }
}

const TYPES: readonly unknown[] = [Y.Array, Y.Map, Y.Text, Y.XmlElement, Y.XmlFragment, Y.XmlHook, Y.XmlText]

/** The words of an item of text; null: it is none. */
export const rawText = (struct: RawStruct): string | null =>
  struct.kind === "item" && struct.content.type === "string" ? struct.content.text : null
