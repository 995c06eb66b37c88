import { loadDoc } from "@alternat/document"
import {
  deskOf,
  doEdit,
  type HonestEdit,
  type HostileEdit,
  honestEdit,
  hostileEdit,
  hostileUpdate,
  textsOfPlan,
} from "@alternat/document/test-support"
import fc from "fast-check"
import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "../protocol.ts"

/** A message that no provider sends, or one that a provider sends and somebody has bent. */
export type HostileFrame =
  | { readonly kind: "noise"; readonly bytes: readonly number[] }
  | { readonly kind: "update"; readonly step2: boolean; readonly edit: HostileEdit; readonly honest: HonestEdit }
  | { readonly kind: "caret"; readonly clientId: number; readonly clock: number; readonly json: string }
  /** a length or a count that says more than there is, or more than a machine can hold */
  | { readonly kind: "lie"; readonly head: readonly number[]; readonly size: number; readonly rest: number }
  | { readonly kind: "nest"; readonly depth: number; readonly inUpdate: boolean }
  | {
      readonly kind: "bent"
      readonly of: "step1" | "step2" | "update" | "caret"
      readonly honest: HonestEdit
      readonly flips: readonly (readonly [at: number, to: number])[]
      readonly cut: number | null
    }

const byte = fc.nat(255)
export const hostileFrame: fc.Arbitrary<HostileFrame> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("noise" as const), bytes: fc.array(byte, { maxLength: 60 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("update" as const),
      step2: fc.boolean(),
      edit: hostileEdit,
      honest: honestEdit,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("caret" as const),
      clientId: fc.constantFrom(0, 1, 77, 2 ** 32 - 1, 2 ** 52),
      clock: fc.constantFrom(0, 1, 2 ** 31, 2 ** 52),
      json: fc.constantFrom(
        "null",
        "{",
        "[]",
        '{"user":{"id":"witness"}}',
        '{"__proto__":{"x":1}}',
        `"${"x".repeat(5000)}"`,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("lie" as const),
      head: fc.constantFrom([0, 0], [0, 1], [0, 2], [1], [0, 2, 4, 1], [0, 0, 4]),
      size: fc.constantFrom(0, 200, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 60),
      rest: fc.nat(40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("nest" as const),
      depth: fc.constantFrom(10, 2000, 100_000),
      inUpdate: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("bent" as const),
      of: fc.constantFrom("step1", "step2", "update", "caret"),
      honest: honestEdit,
      flips: fc.array(fc.tuple(fc.nat(500), byte), { maxLength: 4 }),
      cut: fc.option(fc.nat(200), { freq: 4 }),
    }),
  },
)

/** The bytes of it, from somebody who knows `state` of the plan and writes under `clientId`. */
export function hostileFrameBytes(frame: HostileFrame, state: Uint8Array, clientId: number): Uint8Array {
  switch (frame.kind) {
    case "noise":
      return Uint8Array.from(frame.bytes)
    case "update": {
      const bytes = hostileUpdate(
        loadDoc("plan", [state]),
        frame.edit,
        honestUpdate(state, frame.honest, clientId),
        clientId,
      )
      return frame.step2 ? encodeStep2(bytes) : encodeUpdate(bytes)
    }
    case "caret":
      return caretBytes(frame)
    case "lie":
      return written((e) => {
        for (const n of frame.head) encoding.writeVarUint(e, n)
        encoding.writeVarUint(e, frame.size)
        for (let i = 0; i < frame.rest; i++) encoding.writeUint8(e, i * 7)
      })
    case "nest":
      return nestedBytes(frame, clientId)
    case "bent":
      return bent(goodFrame(frame.of, state, frame.honest, clientId), frame)
  }
}

function written(write: (e: encoding.Encoder) => void): Uint8Array {
  const e = encoding.createEncoder()
  write(e)
  return encoding.toUint8Array(e)
}

function honestUpdate(state: Uint8Array, edit: HonestEdit, clientId: number): Uint8Array {
  const doc = loadDoc("plan", [state])
  doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  doEdit(deskOf(doc), edit, textsOfPlan(doc, ["c2"]))
  return Y.mergeUpdates([Uint8Array.of(0, 0), ...updates])
}

function goodFrame(
  of: Extract<HostileFrame, { kind: "bent" }>["of"],
  state: Uint8Array,
  edit: HonestEdit,
  clientId: number,
): Uint8Array {
  if (of === "step1") return encodeStep1(Y.encodeStateVectorFromUpdate(state))
  if (of === "step2") return encodeStep2(Y.mergeUpdates([state, honestUpdate(state, edit, clientId)]))
  if (of === "update") return encodeUpdate(honestUpdate(state, edit, clientId))
  return encodeAwareness([{ clientId, clock: 3, state: { user: { name: "ann" }, cursor: null } }])
}

function bent(frame: Uint8Array, { flips, cut }: Extract<HostileFrame, { kind: "bent" }>): Uint8Array {
  const bytes = frame.slice(0, cut === null ? frame.length : cut % (frame.length + 1))
  for (const [at, to] of flips) if (bytes.length > 0) bytes[at % bytes.length] = to
  return bytes
}

const caretBytes = ({ clientId, clock, json }: Extract<HostileFrame, { kind: "caret" }>): Uint8Array =>
  written((e) => {
    encoding.writeVarUint(e, 1)
    encoding.writeVarUint8Array(
      e,
      written((inner) => {
        for (const n of [1, clientId, clock]) encoding.writeVarUint(inner, n)
        encoding.writeVarString(inner, json)
      }),
    )
  })

/** As deep as a stack is not: JSON in a caret, or values within values in an item of an update. */
function nestedBytes({ depth, inUpdate }: Extract<HostileFrame, { kind: "nest" }>, clientId: number): Uint8Array {
  if (!inUpdate)
    return caretBytes({ kind: "caret", clientId, clock: 9, json: `${"[".repeat(depth)}${"]".repeat(depth)}` })
  return encodeUpdate(
    written((e) => {
      // one client, one item: ContentAny under a key of the root "terms", holding arrays of one array each
      for (const n of [1, 1, clientId, 0]) encoding.writeVarUint(e, n)
      encoding.writeUint8(e, 0x28)
      encoding.writeVarUint(e, 1)
      encoding.writeVarString(e, "terms")
      encoding.writeVarString(e, "fx")
      encoding.writeVarUint(e, 1)
      for (let i = 0; i < depth; i++) {
        encoding.writeUint8(e, 117)
        encoding.writeVarUint(e, 1)
      }
      encoding.writeUint8(e, 126)
      encoding.writeVarUint(e, 0)
    }),
  )
}
