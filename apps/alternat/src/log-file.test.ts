import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { LogFile } from "./log-file.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alternat-log-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("[STORE144] a log never grows past its bound: the lines before it are kept once, then go", () => {
  const path = join(folder, "postgres.log")
  const log = new LogFile(path, 1000)
  const lines = Array.from({ length: 200 }, (_, i) => `line ${i} ${"x".repeat(30)}`)
  for (const line of lines) log.write(line)
  log.close()
  const [before, now] = [readFileSync(`${path}.1`, "utf8"), readFileSync(path, "utf8")]
  for (const file of [path, `${path}.1`]) {
    expect(statSync(file).size).toBeLessThanOrEqual(1000)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
  // the latest lines, without a gap
  const kept = (before + now).trimEnd().split("\n")
  expect(kept).toEqual(lines.slice(-kept.length))
  expect(kept.length).toBeGreaterThan(20)
})

test("[STORE144] a new start begins both files anew", () => {
  const path = join(folder, "postgres.log")
  const first = new LogFile(path, 100)
  for (let i = 0; i < 10; i++) first.write("x".repeat(40))
  first.close()
  new LogFile(path, 100).close()
  expect(readFileSync(path, "utf8")).toBe("")
  expect(existsSync(`${path}.1`)).toBe(false)
})

test("[STORE144] one line that is longer than the bound is cut", () => {
  const path = join(folder, "postgres.log")
  const log = new LogFile(path, 100)
  log.write("я".repeat(500))
  log.close()
  expect(statSync(path).size).toBeLessThanOrEqual(100)
})
