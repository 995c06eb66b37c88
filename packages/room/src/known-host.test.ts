import { describe, expect, test } from "vitest"
import { hostRule, isKnownHost, isLoopbackName } from "./known-host.ts"

describe("[SYNC44] a node answers the names that are its own", () => {
  const named = hostRule({ host: "0.0.0.0", publicUrl: "https://Plans.example:8443" })
  test("the public name on any port, loopback names, and no other", () => {
    for (const host of [
      "plans.example",
      "PLANS.example:443",
      "plans.example.",
      "localhost:3000",
      "127.0.0.1",
      "[::1]:1",
    ])
      expect(isKnownHost(named, host, "10.0.0.5")).toBe(true)
    for (const host of ["evil.example", "plans.example.evil", "10.0.0.5", "0.0.0.0.evil", "127.0.0.1.evil.example", ""])
      expect(isKnownHost(named, host, "10.0.0.5")).toBe(false)
  })
  test("a header that hides a name behind another one is foreign", () => {
    for (const host of ["localhost@evil.example", "evil.example/localhost", "localhost,evil.example", "localhost evil"])
      expect(isKnownHost(named, host, "127.0.0.1")).toBe(false)
  })
  test("the address that HOST names", () => {
    const bound = hostRule({ host: "192.168.1.7", publicUrl: "http://192.168.1.7:3000" })
    expect(isKnownHost(bound, "192.168.1.7:3000", "192.168.1.7")).toBe(true)
    expect(isKnownHost(bound, "192.168.1.8:3000", "192.168.1.8")).toBe(false)
  })
  test("listening on all addresses without a public name, the address that was connected to", () => {
    const open = hostRule({ host: "::", publicUrl: "http://[::]:3000" })
    expect(isKnownHost(open, "192.168.1.7:3000", "::ffff:192.168.1.7")).toBe(true)
    expect(isKnownHost(open, "[fd00::7]:3000", "fd00::7")).toBe(true)
    expect(isKnownHost(open, "8.8.8.8:3000", "192.168.1.7")).toBe(false)
    expect(isKnownHost(open, "rebound.example", "192.168.1.7")).toBe(false)
  })
})

test("[SYNC44] loopback names are known by all their spellings", () => {
  for (const name of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
    expect(isLoopbackName(name)).toBe(true)
  for (const name of ["0.0.0.0", "::", "127.0.0.1.example", "plans.example"]) expect(isLoopbackName(name)).toBe(false)
})
