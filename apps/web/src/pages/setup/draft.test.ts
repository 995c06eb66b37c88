import { expect, test } from "vitest"
import { newDraft, newSeat, repeatedEmail, rolesOf, seatKey, setupOf, weakPasswordsIn } from "./draft.ts"

const draft = newDraft("Plan", "План", 2015)
const [us] = draft.sides

test("[WEB43] the head holds every office that nobody else was given", () => {
  expect(rolesOf(us, "head")).toEqual(["head", "releasing", "clearing", "members"])
  const shared = { ...us, seats: [...us.seats, newSeat("clearing")] }
  expect(rolesOf(shared, "head")).toEqual(["head", "releasing", "members"])
  expect(rolesOf(shared, "clearing")).toEqual(["clearing"])
})

test("[WEB43] one address for two people is found, whatever its case", () => {
  const named = (email: string) => ({ ...us, seats: [{ ...newSeat("head"), email }] })
  expect(repeatedEmail({ ...draft, sides: [named("a@x.example"), named("A@X.example ")] })).toBe("A@X.example")
  expect(repeatedEmail({ ...draft, sides: [named("a@x.example"), named("b@x.example")] })).toBeNull()
})

test("[WEB43] what is sent names both delegations in order", () => {
  const sent = setupOf(draft, "token")
  expect(sent.delegations.map(({ party, language }) => [party, language])).toEqual([
    ["US", "en"],
    ["RU", "ru"],
  ])
})

test("[WEB111] a refused password is found by its seat, and nothing else is taken for one", () => {
  const message = { en: "weak", ru: "слабый" }
  const items = ["delegations.1.people.0.password", "delegations.0.people.1.email", "password"]
  expect(weakPasswordsIn(items.map((id) => ({ id, message })))).toEqual({ [seatKey(1, 0)]: message })
})
