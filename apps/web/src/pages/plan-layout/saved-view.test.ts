import { expect, test } from "vitest"
import { readPresent } from "./present.ts"
import { savedView } from "./saved-view.ts"

const none = new Set<string>()
const some = new Set(["clause:s1.c1:en", "row:cost_lines:L01"])
const state = { connection: "online" as const, synced: true, unsaved: none, lastSavedAt: 1 }
const calm = { frozen: false, waited: "short" as const }

test("[WEB15] “saved on disk” is said only when nothing waits for its acknowledgement", () => {
  expect(savedView(state, calm).kind).toBe("saved")
  expect(savedView({ ...state, unsaved: some }, calm).kind).toBe("saving")
  expect(savedView({ ...state, synced: false }, calm).kind).toBe("connecting")
})

test("[WEB16] without a connection unsaved work is named as not saved", () => {
  expect(savedView({ ...state, connection: "offline", unsaved: some }, calm)).toMatchObject({
    kind: "not-saved",
    strong: true,
  })
  expect(savedView({ ...state, connection: "offline" }, calm).kind).toBe("offline")
  expect(savedView({ ...state, connection: "refused", unsaved: some }, calm).kind).toBe("not-saved")
})

test("[WEB45] work that the server does not acknowledge is named as not saved, on an open line too", () => {
  expect(savedView({ ...state, unsaved: some }, { ...calm, waited: "felt" })).toMatchObject({
    kind: "saving",
    strong: true,
  })
  expect(savedView({ ...state, unsaved: some }, { ...calm, waited: "long" })).toMatchObject({
    kind: "not-saved",
    strong: true,
  })
})

test("[WEB17] a frozen plan says that nobody edits it", () => {
  expect(savedView(state, { frozen: true, waited: "short" as const }).kind).toBe("locked")
})

test("[WEB18] of the other side only that it is here, never who", () => {
  const states = [
    { user: { userId: "u1", party: "US", name: "Reyes" } },
    { user: { userId: "u2", party: "RU", name: "Орлова" } },
    { user: "nonsense" },
    null,
  ]
  expect(readPresent(states, "US")).toEqual({ people: [{ userId: "u1", name: "Reyes" }], parties: ["US", "RU"] })
  expect(readPresent(states, null).people).toEqual([])
})
