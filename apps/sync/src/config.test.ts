import { expect, test } from "vitest"
import { readConfig } from "./config.ts"
import { addressOf, readKnock } from "./knock.ts"

test("[SYNC11] the environment is read whole: defaults, and all problems at once", () => {
  const good = readConfig({ DATABASE_URL: "postgres://localhost/alternat" })
  expect(good).toMatchObject({ ok: true, value: { PORT: 3001, HOST: "127.0.0.1", TRUST_PROXY: 0 } })
  const bad = readConfig({ PORT: "many", LOG_LEVEL: "loud" })
  expect(bad.ok).toBe(false)
  if (!bad.ok)
    expect(new Set(bad.error.map((line) => line.split(" ")[0]))).toEqual(new Set(["DATABASE_URL", "LOG_LEVEL", "PORT"]))
})

test("[SYNC11] REDIS_URL is optional, set to nothing is unset, and a bad one is one line without its password", () => {
  const read = (REDIS_URL: string) => readConfig({ DATABASE_URL: "postgres://localhost/alternat", REDIS_URL })
  expect(read("")).toMatchObject({ ok: true })
  expect(read("rediss://u:p@cache:1/2")).toMatchObject({ ok: true, value: { REDIS_URL: "rediss://u:p@cache:1/2" } })
  const bad = read("redis://:s3cret@cache:port")
  expect(bad).toEqual({ ok: false, error: [expect.stringMatching(/^REDIS_URL is not an address/)] })
  expect(JSON.stringify(bad)).not.toContain("s3cret")
})

test("[SYNC12] a room's name is one path segment, with its epoch; anything else has no ticket", () => {
  expect(readKnock("/sync/doc.e3.s1?ticket=t&ext=1", "/sync")).toEqual({
    room: "doc.e3.s1",
    ticket: "t",
    ext: true,
    epoch: 3,
    schema: 1,
  })
  expect(readKnock("/sync/a/b?ticket=t", "/sync")?.ticket).toBe("")
  expect(readKnock("/synchrotron/a?ticket=t", "/sync")).toBeNull()
  expect(readKnock("/api/sync/a?ticket=t", "/sync")).toBeNull()
})

test("[SYNC13] forwarded addresses are believed only as far as proxies are ours", () => {
  const request = (forwarded: string) =>
    ({ headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress: "10.0.0.1" } }) as never
  expect(addressOf(request("6.6.6.6, 7.7.7.7"), 0)).toBe("10.0.0.1")
  expect(addressOf(request("6.6.6.6, 7.7.7.7"), 1)).toBe("7.7.7.7")
  expect(addressOf(request("6.6.6.6, 7.7.7.7"), 2)).toBe("6.6.6.6")
})
