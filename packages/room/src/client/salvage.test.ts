import { loadDoc, newDoc, newPlain, putNote, readCaucus } from "@alternat/document"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { rewriteDrafts, takeDrafts } from "./salvage.ts"

const common = {
  clauseId: null,
  refersTo: [],
  role: "head",
  at: "2009-11-05T00:00:00Z",
  marking: "internal",
  data: null,
}

test("[ROOM70] what waits on a device in a document of the former layout becomes drafts with its words: rows, notes, reasons", () => {
  const caucus = newDoc("caucus")
  caucus.getMap("notes").set("n1", new Y.Map(Object.entries({ ...common, kind: "note", text: "Never.\nNever." })))
  const draft = new Y.Map<unknown>(Object.entries({ ...common, kind: "replace", note: { en: "because", ru: "" } }))
  draft.set("en", newPlain("Sixty days."))
  draft.set("ru", newPlain(""))
  caucus.getMap("drafts").set("d1", draft)
  const plan = newDoc("plan")
  const line = new Y.Map<unknown>([
    ["order", "a0"],
    ["label", { en: "Site", ru: "Объект" }],
    ["fictional", true],
  ])
  plan.getMap("t:sites").set("S1", line)
  expect(takeDrafts(caucus, ["note:n1", "draft:d1"])).toMatchObject([
    { key: "note:n1", value: { text: "Never.\nNever." } },
    { key: "draft:d1", value: { en: [{ p: ["Sixty days."] }], note: { en: "because", ru: "" } } },
  ])
  expect(takeDrafts(plan, ["row:sites:S1"])).toMatchObject([{ value: { label: { en: "Site", ru: "Объект" } } }])
})

test("[ROOM71] a note that was refused along with something else is written again by itself, line by line", () => {
  const saved = newDoc("caucus")
  putNote(saved, { ...common, id: "n1", kind: "note", text: "First.\nSecond." })
  const known = Y.encodeStateAsUpdate(saved)
  const mine = loadDoc("caucus", [known])
  putNote(mine, { ...common, id: "n1", kind: "note", text: "First.\nSecond.\nMine." })
  const { update, rest } = rewriteDrafts("caucus", [known], takeDrafts(mine, ["note:n1"]))
  expect(rest).toEqual([])
  putNote(saved, { ...common, id: "n1", kind: "note", text: "Theirs.\nSecond." })
  const both = loadDoc("caucus", [Y.encodeStateAsUpdate(saved), update as Uint8Array])
  expect(readCaucus(both).notes[0]?.text).toBe("Theirs.\nSecond.\nMine.")
})
