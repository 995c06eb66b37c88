// Every suite through one runner, so that one total is true: unit, PostgreSQL, convergence, architecture, journeys.
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { root } from "./bootstrap.mjs"

/**
 * Prints `N passed, N failed, N skipped` as the last line. Under `CI=true` a skipped test fails the run:
 * what a machine lacks there is installed, not passed over.
 */
export async function runTests(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "alternat-test-"))
  const totalsFile = path.join(folder, "totals.json")
  const code = await vitest(args, totalsFile)
  let totals
  try {
    totals = JSON.parse(readFileSync(totalsFile, "utf8"))
  } catch {
    // the runner died before it could count: there is no total to report but a failure
    totals = { passed: 0, failed: 1, skipped: [] }
  }
  rmSync(folder, { recursive: true, force: true })
  for (const { name, reason } of totals.skipped) console.log(`skipped: ${name}${reason ? ` (${reason})` : ""}`)
  const failed = totals.failed === 0 && code !== 0 ? 1 : totals.failed
  const strict = process.env.CI === "true" && totals.skipped.length > 0
  if (strict) console.log("CI=true: a skipped test counts as a failed run")
  console.log(`${totals.passed} passed, ${failed} failed, ${totals.skipped.length} skipped`)
  return failed > 0 || strict ? 1 : 0
}

function vitest(args, totalsFile) {
  const child = spawn(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=./scripts/totals-reporter.mjs",
      ...args,
    ],
    { cwd: root, stdio: "inherit", env: { ...process.env, ALTERNAT_TOTALS: totalsFile } },
  )
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)))
}
