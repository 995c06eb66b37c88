import { expect, test } from "vitest"
import { saysDiskIsLow } from "./readiness.ts"

test("[WEB96] only a server that says so has a disk that is low", () => {
  expect(saysDiskIsLow({ parts: { redis: "up", disk: "low" } })).toBe(true)
  for (const body of [{ parts: { disk: "ok" } }, { parts: { redis: "up" } }, { parts: {} }, {}, undefined])
    expect(saysDiskIsLow(body)).toBe(false)
})
