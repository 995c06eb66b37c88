/**
 * Counters and histograms in Prometheus' text form, of shared work alone: a request to an address that also serves a
 * delegation's own work (comments, tickets, exports, rankings, streams) is not counted at all, because counting it would
 * tell whoever reads the figures how busy that delegation is. What the process as a whole takes (memory) is left in: it
 * moves with everything, and says nothing of whom.
 */
export interface Metrics {
  count(name: MetricName, labels?: Labels, by?: number): void
  observe(name: "alternat_http_request_seconds" | "alternat_act_seconds", seconds: number): void
  text(): string
}
type MetricName = "alternat_http_requests_total" | "alternat_acts_total" | "alternat_jobs_total"
type Labels = Readonly<Record<string, string>>

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Addresses whose requests are counted: nothing that a delegation does by itself is asked for there. */
const SHARED_ROUTES: ReadonlySet<string> = new Set([
  "/healthz",
  "/readyz",
  "/api/openapi.json",
  "/api/demo",
  "/api/plans/{id}/acts",
  "/api/plans/{id}/costs",
  "/api/plans/{id}/preflight",
  "/api/plans/{id}/record",
  "/api/plans/{id}/versions",
  "/api/plans/{id}/versions/{n}",
  "/api/plans/{id}/versions/{n}/files/{name}",
  "/api/plans/{id}/versions/{n}/pack",
  "/api/plans/{id}/versions/{n}/signatures",
])

/** `route`: as Hono writes it (`/:id`) or as the OpenAPI document does (`/{id}`). */
export const isSharedRoute = (route: string): boolean => SHARED_ROUTES.has(route.replace(/:(\w+)/g, "{$1}"))

const HELP: Readonly<Record<string, string>> = {
  alternat_http_requests_total: "Requests for shared work answered, by route, method and status.",
  alternat_acts_total: "Acts, by name and outcome.",
  alternat_jobs_total: "Exports that anybody may read, by format and outcome.",
  alternat_http_request_seconds: "Time to answer a request for shared work.",
  alternat_act_seconds: "Time of an act's transaction.",
}

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const histograms = new Map<string, { counts: number[]; sum: number; total: number }>()
  return {
    count(name, labels = {}, by = 1) {
      const series = counters.get(name) ?? new Map<string, number>()
      const key = labelText(labels)
      series.set(key, (series.get(key) ?? 0) + by)
      counters.set(name, series)
    },
    observe(name, seconds) {
      const h = histograms.get(name) ?? { counts: BUCKETS.map(() => 0), sum: 0, total: 0 }
      BUCKETS.forEach((limit, i) => {
        if (seconds <= limit) h.counts[i] = (h.counts[i] ?? 0) + 1
      })
      h.sum += seconds
      h.total += 1
      histograms.set(name, h)
    },
    text() {
      const lines: string[] = []
      for (const [name, series] of counters) {
        lines.push(...head(name, "counter"), ...[...series].map(([labels, value]) => `${name}${labels} ${value}`))
      }
      for (const [name, h] of histograms) {
        lines.push(...head(name, "histogram"))
        BUCKETS.forEach((limit, i) => lines.push(`${name}_bucket{le="${limit}"} ${h.counts[i] ?? 0}`))
        lines.push(`${name}_bucket{le="+Inf"} ${h.total}`, `${name}_sum ${h.sum}`, `${name}_count ${h.total}`)
      }
      lines.push(
        ...head("process_resident_memory_bytes", "gauge"),
        `process_resident_memory_bytes ${process.memoryUsage().rss}`,
      )
      return `${lines.join("\n")}\n`
    },
  }
}

const head = (name: string, type: string): readonly string[] => [
  `# HELP ${name} ${HELP[name] ?? "Resident memory."}`,
  `# TYPE ${name} ${type}`,
]

const labelText = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([k, v]) => `${k}="${v.replace(/["\\\n]/g, "_")}"`)
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`
}
