import { afterEach, expect, test } from "vitest"
import { dayHere } from "./day-here.ts"

const zone = process.env["TZ"]
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"]
  else process.env["TZ"] = zone
})

test("[WEB91] the day offered is the signatory's own, not the day of UTC", () => {
  process.env["TZ"] = "Asia/Vladivostok"
  expect(dayHere(new Date("2026-11-30T20:30:00Z"))).toBe("2026-12-01")
  process.env["TZ"] = "America/New_York"
  expect(dayHere(new Date("2026-12-01T03:00:00Z"))).toBe("2026-11-30")
})
