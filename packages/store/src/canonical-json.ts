/**
 * One text for one value: keys sorted, nothing optional, no white space. For what this package hashes itself (the event
 * chain, ranking commitments); sealed files have their bytes from `seal`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
    return `{${fields.join(",")}}`
  }
  return JSON.stringify(value)
}
