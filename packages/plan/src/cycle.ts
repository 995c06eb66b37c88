/** A circle of dependencies, first id repeated at the end; null where there is none. Edges to unknown ids are ignored. */
export const findCycle = (edges: ReadonlyMap<string, readonly string[]>): readonly string[] | null => {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (id: string): readonly string[] | null => {
    const at = path.indexOf(id)
    if (at >= 0) return [...path.slice(at), id]
    if (done.has(id)) return null
    path.push(id)
    for (const next of edges.get(id) ?? []) {
      const cycle = edges.has(next) ? visit(next) : null
      if (cycle !== null) return cycle
    }
    path.pop()
    done.add(id)
    return null
  }
  for (const id of edges.keys()) {
    const cycle = visit(id)
    if (cycle !== null) return cycle
  }
  return null
}
