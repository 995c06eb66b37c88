import type { Actor } from "@alternat/plan"
import { expect, test } from "vitest"
import { createModeStore, type Mode, modeAtStart, modesOf } from "./mode.ts"

const actor = (party: string | null, ...roles: Actor["roles"]): Actor => ({ userId: "u", party, roles })
const OPEN = { isOpen: true }

test("[WEB65] who may write has three modes, who may only draft two, and who may not write reads", () => {
  expect(modesOf(actor("US", "drafter"), OPEN)).toEqual(["read", "draft", "propose"])
  expect(modesOf(actor("US", "budget"), OPEN)).toEqual(["read", "draft", "propose"])
  expect(modesOf(actor("RU", "clearing"), OPEN)).toEqual(["read", "propose"])
  expect(modesOf(actor(null, "observer"), OPEN)).toEqual(["read"])
  expect(modesOf(actor("US", "head"), { isOpen: false })).toEqual(["read"])
})

test("[WEB65] one begins in the mode last used, the first time in the shared text", () => {
  const all: readonly Mode[] = ["read", "draft", "propose"]
  expect(modeAtStart(null, all)).toBe("draft")
  expect(all.map((mode) => modeAtStart(mode, all))).toEqual(all)
  expect(modeAtStart("draft", ["read"])).toBe("read")
  expect(modeAtStart("damaged", all)).toBe("read")
})

test("[WEB65] a mode holds from the moment it is chosen, is kept, and comes back after a frozen version is unlocked", () => {
  const kept: Mode[] = []
  const store = createModeStore(null, (mode) => kept.push(mode))
  store.allow(["read", "draft", "propose"])
  store.choose("propose")
  expect(store.mode).toBe("propose")
  store.allow(["read"])
  expect(store.mode).toBe("read")
  store.choose("draft")
  expect(store.mode).toBe("read")
  store.allow(["read", "draft", "propose"])
  expect(store.mode).toBe("propose")
  expect(kept).toEqual(["propose"])
})
