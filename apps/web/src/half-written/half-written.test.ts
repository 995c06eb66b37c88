import { expect, test } from "vitest"
import { createHalfWritten, type KeyValues, kept } from "./half-written.ts"

function storage(fails = false): KeyValues {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (fails) throw new DOMException("full", "QuotaExceededError")
      values.set(key, value)
    },
    removeItem: (key) => values.delete(key),
  }
}

test("[WEB71] a form that was begun is found again after a reload, by its person, plan and place alone", () => {
  const browser = storage()
  createHalfWritten("alternat:ann:half:plan1:", browser).write("reserve:s1.c1", { en: "Because", ru: "" })
  const after = (name: string) => createHalfWritten(name, browser)
  expect(after("alternat:ann:half:plan1:").read("reserve:s1.c1")).toEqual({ en: "Because", ru: "" })
  expect(after("alternat:ann:half:plan1:").places()).toEqual(["reserve:s1.c1"])
  expect(after("alternat:ann:half:plan2:").read("reserve:s1.c1")).toBeNull()
  expect(after("alternat:bob:half:plan1:").places()).toEqual([])
  expect(kept("alternat:ann:half:", browser)).toEqual([["plan1:reserve:s1.c1", { en: "Because", ru: "" }]])
})

test("[WEB71] what was sent is gone, and a browser that keeps nothing still keeps it while the page lives", () => {
  const browser = storage()
  const store = createHalfWritten("n:", browser)
  store.write("a", { text: "words" })
  store.write("a", null)
  expect([store.places(), browser.length]).toEqual([[], 0])
  const full = createHalfWritten("n:", storage(true))
  full.write("a", { text: "words" })
  expect(full.read("a")).toEqual({ text: "words" })
  expect(createHalfWritten("n:", null).read("a")).toBeNull()
})

test("[WEB71] what is damaged in the browser's storage is no form", () => {
  const browser = storage()
  browser.setItem("n:a", "{half")
  browser.setItem("n:b", "[1]")
  expect(createHalfWritten("n:", browser).places()).toEqual([])
})
