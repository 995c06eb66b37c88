import { writeFileSync } from "node:fs"

/** Counts over all projects; a test file that could not be loaded is a failure, never a silence. */
export default class TotalsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: [] }
    for (const module of modules) {
      if (module.errors().length > 0) totals.failed += 1
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) totals.failed += 1
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === "passed") totals.passed += 1
        else if (result.state === "failed") totals.failed += 1
        else totals.skipped.push({ name: test.fullName, reason: result.note ?? "" })
      }
    }
    writeFileSync(process.env.ALTERNAT_TOTALS, JSON.stringify(totals))
  }
}
