import { writeFileSync } from "node:fs"
import os from "node:os"

/** One measured quantity: a value per round, ours beside the peer's; a null peer: nobody to compare with. */
export interface Row {
  readonly figure: string
  readonly unit: string
  readonly ours: readonly number[]
  readonly peer: readonly number[] | null
  /** who the peer is, where a scenario has more than one */
  readonly against?: string
}

export interface BenchOptions {
  readonly quick: boolean
  readonly json: string | null
}

/** `[--quick] [--json FILE]`. */
export function readOptions(argv: readonly string[] = process.argv.slice(2)): BenchOptions {
  const at = argv.indexOf("--json")
  const file = at < 0 ? null : argv[at + 1]
  if (file === undefined) throw new Error("--json needs a file")
  return { quick: argv.includes("--quick"), json: file }
}

export const median = (values: readonly number[]): number => percentile(values, 50)

/** The value that `p` per cent of the others do not exceed; NaN where nothing was measured. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN
}

/** Prints medians over the rounds and their ratio, ours to the peer's, and writes the rows where asked. */
export function report(scenario: string, about: string, rows: readonly Row[], options: BenchOptions): void {
  const lines = rows.map((row) => {
    const ours = median(row.ours)
    const peer = row.peer === null ? null : median(row.peer)
    return { ...row, median: { ours, peer }, ratio: peer === null ? null : ours / peer }
  })
  console.log(`\n${scenario}: ${about}`)
  console.log(
    `load average ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")} on ${os.cpus().length} cores\n`,
  )
  console.log(columns(["", "unit", "ours", "peer", "ours/peer", "against", "ours: least – most"]))
  for (const { figure, unit, ours, median: middle, ratio, against } of lines) {
    const spread = `${short(Math.min(...ours))} – ${short(Math.max(...ours))}`
    const peer = middle.peer === null ? "no peer" : short(middle.peer)
    const compared = ratio === null ? "" : ratio.toFixed(2)
    console.log(columns([figure, unit, short(middle.ours), peer, compared, against ?? "", spread]))
  }
  if (options.json === null) return
  const machine = { cores: os.cpus().length, memoryGB: Math.round(os.totalmem() / 2 ** 30), node: process.version }
  const facts = { scenario, about, at: new Date().toISOString(), quick: options.quick, machine, load: os.loadavg() }
  writeFileSync(options.json, `${JSON.stringify({ ...facts, rows: lines }, null, 2)}\n`)
}

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

const WIDTHS = [46, 6, 9, 9, 11, 22, 0]
const columns = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i] ?? 0) : ` ${cell.padEnd(WIDTHS[i] ?? 0)}`))
    .join("")
    .trimEnd()
