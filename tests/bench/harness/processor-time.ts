import { readdirSync, readFileSync } from "node:fs"

/** Processor time of a process and everything below it, in milliseconds, as Linux counts it (in hundredths of a second). */
export function cpuOfChildren(pid: number): number {
  if (process.platform !== "linux") return Number.NaN
  const parents = new Map<number, { parent: number; ms: number }>()
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8")
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      // own time, user and system, and that of children that have ended
      const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0)
      parents.set(Number(name), { parent: Number(fields[1]), ms: ticks * 10 })
    } catch {
      // it ended while we looked
    }
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)?.parent ?? 0
    return one === pid || parent === pid || (parent > 1 && isBelow(parent))
  }
  return [...parents].reduce((sum, [one, { ms }]) => (isBelow(one) ? sum + ms : sum), 0)
}
