import { expect, test } from "vitest"
import { judgePassword } from "./judge-password.ts"

const about = ["Ada Northcote", "Ада Норткот", "ada.northcote@state.example"]
const judge = (password: string) => judgePassword({ password, about })

test.each([
  ["aaaaaaaaaa", "pattern"],
  ["abcdefghij", "pattern"],
  ["qwertyuiop", "common"],
  ["password2026", "common"],
  ["йцукенгшщз", "common"],
  ["пароль12345", "common"],
  ["gfhjkm12345", "common"],
  ["Привет2026", "common"],
  ["northcote-2026", "own_words"],
  ["НортКот-2026", "own_words"],
  ["AdaNorthcote2026", "own_words"],
  ["Ада Норткот 62", "own_words"],
  ["short one", "short"],
])("[API92] a password that is tried early is refused, in either alphabet: %s", (password, fault) => {
  expect(judge(password)).toBe(fault)
})

test.each([
  "ledger walnut opera 62",
  "орех гроссбух опера 62",
  "kX9#vTq2Lm",
  "set up by a journey",
  "😀🦊🌲🎻🧭🪁🧊🌋🫖🪵",
])("[API92] a good one is taken: %s", (password) => {
  expect(judge(password)).toBeNull()
})
