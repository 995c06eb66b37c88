import type { PlanDocument } from "@alternat/plan"
import { canonicalBytes, checksReport, planBytes } from "@alternat/seal"
import type { Exporter } from "../exports/exporter.ts"

/** Files quickly made, with the plan embedded as the verifier looks for it: for tests of everything but the typesetting. */
export const plainExporter: Exporter = {
  versionFiles: async ({ plan, number }) => ({
    files: [
      pdf("us-original.pdf", plan, `US original of version ${number}`),
      pdf("ru-original.pdf", plan, `RU original of version ${number}`),
      { name: "plan.json", type: "application/json", bytes: planBytes(plan) },
      { name: "checks.json", type: "application/json", bytes: canonicalBytes(checksReport(plan)) },
    ],
    originals: { US: "us-original.pdf", RU: "ru-original.pdf" },
  }),
  certificate: async ({ signatures }) => ({
    name: "certificate.pdf",
    type: "application/pdf",
    bytes: new TextEncoder().encode(signatures.map((one) => one.signature).join("\n")),
  }),
  render: async (format, { plan }) => pdf(`plan.${format}`, plan, "draft"),
}

function pdf(name: string, plan: PlanDocument, title: string) {
  const json = planBytes(plan)
  const head = `%PDF-1.7\n% ${title}\n1 0 obj\n<< /Type /EmbeddedFile /Length ${json.length} >>\nstream\n`
  const bytes = Buffer.concat([Buffer.from(head), json, Buffer.from("\nendstream\nendobj\n%%EOF\n")])
  return { name, type: "application/pdf", bytes: new Uint8Array(bytes) }
}
