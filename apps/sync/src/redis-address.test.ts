import { expect, test } from "vitest"
import { readRedisAddress } from "./redis-address.ts"

const read = (text: string) => {
  const address = readRedisAddress(text)
  return address.ok ? address.value : null
}

test("[SYNC18] an address holds host, port, user, password, database and TLS", () => {
  expect(read("redis://cache")).toEqual({ host: "cache", port: 6379, tls: null, database: 0 })
  expect(read("rediss://ann:p%40ss%3A@cache.example:7000/12")).toEqual({
    host: "cache.example",
    port: 7000,
    username: "ann",
    password: "p@ss:",
    tls: { servername: "cache.example" },
    database: 12,
  })
  expect(read("rediss://:word@[::1]:6380/")).toEqual({
    host: "::1",
    port: 6380,
    password: "word",
    tls: {},
    database: 0,
  })
})

test.each([
  "",
  "cache:6379",
  "http://cache",
  "redis://",
  "redis:///0",
  "redis://cache:port",
  "redis://cache:70000",
  "redis://cache/zero",
  "redis://cache/0?db=1",
  "redis://:50%@cache",
  "redis://two words@cache",
])("[SYNC18] %j is none, and the error does not repeat it", (text) => {
  const address = readRedisAddress(text)
  expect(address).toEqual({ ok: false, error: "is not an address like redis://user:password@host:6379/0" })
})
