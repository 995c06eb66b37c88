import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import { linksShareTheirFate } from "./links.ts"

/** What an update would bring to a document, found out without touching the document. */
export type News =
  | { readonly type: "malformed" }
  /** it builds on what the document hasn't got */
  | { readonly type: "missing" }
  | { readonly type: "nothing" }
  /**
   * `part`: what of the update the document lacks, and all that may be passed on; `clients`: whose new structs it carries;
   * `onlyFormats`: it does no more than take format marks away
   */
  | {
      readonly type: "news"
      readonly part: Uint8Array
      readonly clients: readonly number[]
      readonly onlyFormats: boolean
    }

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number]

/**
 * Reads an update against a store. Structs that are already there are cut off: an honest reader offers what it has to
 * a server that lags, a liar offers other content under ids that are taken, and whoever came to it first would believe
 * it. What remains must follow on without gaps, and everything it points to must exist.
 */
export function readNews(store: Y.Doc["store"], update: Uint8Array): News {
  const decoded = decode(update)
  if (decoded === null) return { type: "malformed" }
  const next = new Map<number, number>()
  const stateOf = (client: number) => next.get(client) ?? Y.getState(store, client)
  const fresh: Struct[] = []
  let run = Number.POSITIVE_INFINITY
  let end = 0
  let isAllNew = true
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id
    // Yjs writes one run a client, those of higher numbers first, and relies on it: of two runs it reads but one, and
    // when it merges updates it loses a run that is out of order
    if (client > run || (client === run && clock !== end)) return { type: "malformed" }
    run = client
    end = clock + struct.length
    if (!isId(client) || !isId(clock) || !Number.isSafeInteger(struct.length) || struct.length <= 0)
      return { type: "malformed" }
    const known = stateOf(client)
    if (clock < known) isAllNew = false
    if (clock + struct.length <= known) continue
    // a gap beyond what is there, at the end of a run too: who reads but the clocks would take what it spans for known
    if (clock > known || struct.constructor === Y.Skip) return { type: "missing" }
    next.set(client, clock + struct.length)
    fresh.push(struct)
  }
  const has = (id: unknown): boolean =>
    id === null || id === undefined || !(id instanceof Y.ID) || id.clock < stateOf(id.client)
  for (const struct of fresh) {
    if (struct instanceof Y.Item && !(has(struct.origin) && has(struct.rightOrigin) && has(struct.parent)))
      return { type: "missing" }
  }
  if (!linksShareTheirFate(store, fresh)) return { type: "malformed" }
  const deletions = readDeletions(store, decoded.ds, stateOf)
  if (deletions === "missing" || deletions === "malformed") return { type: deletions }
  if (fresh.length === 0 && deletions === "none") return { type: "nothing" }
  const part = isAllNew ? update : lacking(store, update)
  if (part === null) return { type: "malformed" }
  return {
    type: "news",
    part,
    clients: [...next.keys()],
    onlyFormats: fresh.length === 0 && deletions === "formats",
  }
}

/** Remembers how far it has read: Yjs does not say where an update ends. */
class MeasuringDecoder extends Y.UpdateDecoderV1 {
  static last: decoding.Decoder | null = null

  constructor(decoder: decoding.Decoder) {
    super(decoder)
    MeasuringDecoder.last = decoder
  }
}

/** null: these bytes are no update, or more than one: Yjs would keep what lies behind it, and nobody would read it. */
function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  try {
    const decoded = Y.decodeUpdateV2(update, MeasuringDecoder)
    return MeasuringDecoder.last && decoding.hasContent(MeasuringDecoder.last) ? null : decoded
  } catch {
    return null // whatever the decoder stumbled over
  }
}

function lacking(store: Y.Doc["store"], update: Uint8Array): Uint8Array | null {
  try {
    return Y.diffUpdate(update, encodeStateVector(store))
  } catch {
    return null // as above
  }
}

function encodeStateVector(store: Y.Doc["store"]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, store.clients.size)
  for (const client of store.clients.keys()) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, Y.getState(store, client))
  }
  return encoding.toUint8Array(encoder)
}

const isId = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

type Deletions = "none" | "formats" | "words" | "missing" | "malformed"

/** What would go that now stands. */
function readDeletions(
  store: Y.Doc["store"],
  ds: ReturnType<typeof Y.decodeUpdate>["ds"],
  stateOf: (client: number) => number,
): Deletions {
  const found = { formats: false, words: false, none: false }
  for (const [client, ranges] of ds.clients) {
    let end = 0
    for (const { clock, len } of ranges) {
      // Yjs writes them in order, and searches them as if they were: a copy that has to wait for some would lose others
      if (!isId(clock) || !isId(len) || clock < end) return "malformed"
      end = clock + len
      if (clock + len > stateOf(client)) return "missing"
      if (len > 0 && !found.words) found[standing(store, client, clock, clock + len)] = true
    }
  }
  return found.words ? "words" : found.formats ? "formats" : "none"
}

function standing(store: Y.Doc["store"], client: number, from: number, to: number): "none" | "formats" | "words" {
  const structs = store.clients.get(client)
  const state = Y.getState(store, client)
  if (to > state) return "words"
  if (structs === undefined) return "none"
  let found: "none" | "formats" = "none"
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= to) break
    if (struct.deleted) continue
    if (!(struct instanceof Y.Item && struct.content instanceof Y.ContentFormat)) return "words"
    found = "formats"
  }
  return found
}
