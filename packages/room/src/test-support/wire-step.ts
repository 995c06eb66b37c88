import { type HonestEdit, honestEdit } from "@alternat/document/test-support"
import fc from "fast-check"

const ACTS = ["close", "open", "freeze", "thaw", "propose", "rewrite"] as const
const FAULTS = ["away", "back", "hold", "release", "loseAnswer", "restart", "kill", "busDown", "busUp"] as const

/** One thing that happens; numbers are taken modulo what there is. JSON, so that a failure can be kept. */
export type WireStep =
  | { readonly do: "edit"; readonly who: number; readonly edit: HonestEdit }
  /** so many messages of this person move, out or in; each person's line is a line of its own */
  | { readonly do: "send" | "receive"; readonly who: number; readonly count: number }
  | { readonly do: "drop" | "join"; readonly who: number; readonly node: number }
  | { readonly do: "act"; readonly act: (typeof ACTS)[number]; readonly clause: number }
  | { readonly do: "fault"; readonly fault: (typeof FAULTS)[number]; readonly node: number }
  | { readonly do: "epoch"; readonly room: number }
  /** turns of the event loop, then, perhaps, long enough for what is idle to be let go */
  | { readonly do: "wait"; readonly turns: number; readonly sweep: boolean }

const who = fc.nat(15)
const node = fc.nat(3)

export const wireStep: fc.Arbitrary<WireStep> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant("edit" as const), who, edit: honestEdit }) },
  {
    weight: 40,
    arbitrary: fc.record({ do: fc.constantFrom("send", "receive"), who, count: fc.constantFrom(1, 9) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("drop", "join", "join"), who, node }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("act" as const),
      act: fc.constantFrom(...ACTS, "open", "thaw", "thaw", "rewrite"),
      clause: fc.nat(3),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      fault: fc.constantFrom(...FAULTS, "busDown", "busDown"),
      node,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("epoch" as const), room: fc.nat(2) }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      turns: fc.nat(6),
      sweep: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  },
)
