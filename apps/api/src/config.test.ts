import { describe, expect, test } from "vitest"
import { ConfigError, createSettings, readConfig } from "./config.ts"

const GOOD = { DATABASE_URL: "postgres://u:p@db/x", AUTH_SECRET: "s".repeat(40) }

describe("[API7] the environment is read once and all that is wrong is said at once", () => {
  test("defaults are filled in", () => {
    const config = readConfig({ ...GOOD, TICKET_TTL: "2 min" })
    expect(config).toMatchObject({ host: "127.0.0.1", port: 3000 })
    expect(config.settings).toMatchObject({ publicUrl: "http://127.0.0.1:3000", ticketTtlMs: 120_000, demo: false })
  })
  test("every wrong variable is named in one line, and no secret is repeated", () => {
    const read = () => readConfig({ DATABASE_URL: "mysql://x", AUTH_SECRET: "short-secret", PORT: "many" })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/DATABASE_URL: .*AUTH_SECRET: /)
    expect(read).not.toThrow(/short-secret/)
  })
  test("[API81] a demo on a public address does not start, and says why", () => {
    for (const place of [{ HOST: "0.0.0.0" }, { PUBLIC_URL: "https://plans.example" }, { HOST: "::" }]) {
      expect(() => readConfig({ ...GOOD, ...place, DEMO: "on" })).toThrow(/DEMO: .*password is published/)
      expect(() => readConfig({ ...GOOD, ...place })).not.toThrow()
    }
    expect(readConfig({ ...GOOD, HOST: "::1", DEMO: "on" }).settings.demo).toBe(true)
  })
  test("both loopback names are trusted in the demo, and only there", () => {
    expect(createSettings({ publicUrl: "http://127.0.0.1:3000", demo: true }).trustedOrigins).toContain(
      "http://localhost:3000",
    )
    expect(createSettings({ publicUrl: "https://plans.example" }).trustedOrigins).toEqual([])
  })
})
