import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

// what `npm run fuzz` asks for; `npm test` gives each property its short, seeded part
const asked = process.env["ALTERNAT_FUZZ"]
const fuzz = asked === undefined ? null : (JSON.parse(asked) as { runs: number | null; seed: number })

export default defineConfig({
  test: {
    // of two cores Vitest would leave one idle, and most tests wait for a database or a wire half of their time
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          provide: { fuzz },
          // properties take seconds where the machine does something else besides; a time limit only ends what hangs
          testTimeout: 60_000,
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/*/src/**/*.test.{ts,tsx}",
            "tests/{architecture,convergence,golden,paste}/**/*.test.ts",
          ],
          exclude: ["**/*.pg.test.ts", "**/node_modules/**"],
        },
      },
      {
        test: {
          name: "pg",
          provide: { fuzz },
          // one kind after the other: a browser that shares two cores with a database test is a slow browser
          sequence: { groupOrder: 1 },
          include: ["packages/*/src/**/*.pg.test.ts", "apps/*/src/**/*.pg.test.ts", "tests/faults/**/*.test.ts"],
          globalSetup: ["./packages/testkit/src/pg-global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "journeys",
          sequence: { groupOrder: 2 },
          include: ["tests/journeys/**/*.test.ts"],
          globalSetup: ["./tests/journeys/harness/demo-data.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
