import type { PlanDocument } from "@alternat/plan"
import { canonicalBytes, checksReport } from "@alternat/seal"
import type { NewFile } from "@alternat/store"

/** What the checks said at the freeze; the verifier makes them again and compares byte for byte. */
export const checksFile = (plan: PlanDocument): NewFile => ({
  name: "checks.json",
  type: "application/json",
  bytes: canonicalBytes(checksReport(plan)),
})
