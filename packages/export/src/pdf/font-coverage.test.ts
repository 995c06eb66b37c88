import { expect, test } from "vitest"
import { coverageModule } from "./font-coverage.test-support.ts"

test("[PLAN91] the table of permitted characters is what the font files have", async () => {
  await expect(coverageModule()).toMatchFileSnapshot("../../../plan/src/font-coverage.ts")
}, 60_000)
