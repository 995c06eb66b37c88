import { writeFileSync } from "node:fs"
import os from "node:os"
import { median } from "../harness/report.ts"
import { SERVERS, type ServerName, TITLES } from "./contender.ts"
import type { SyncOptions } from "./options.ts"

/** What one round measured, by "name, unit". */
export type Figures = Readonly<Record<string, number>>

interface Part {
  readonly name: string
  readonly rounds: Map<ServerName, Figures[]>
}

/** Figures by part of a scenario and server: medians over the rounds, and what ours are to each peer's. */
export class Table {
  readonly #parts: Part[] = []

  constructor(
    readonly scenario: string,
    readonly about: string,
    readonly options: SyncOptions,
  ) {}

  add(part: string, server: ServerName, figures: Figures): void {
    let found = this.#parts.find(({ name }) => name === part)
    if (!found) this.#parts.push((found = { name: part, rounds: new Map() }))
    found.rounds.set(server, [...(found.rounds.get(server) ?? []), figures])
  }

  /** Markdown, for people and for the results page. */
  print(): void {
    const facts = this.#facts()
    const { cores, memoryGB, node } = facts.machine
    const load = facts.load.map((one) => one.toFixed(1)).join(" ")
    console.log(`\n## ${this.scenario}\n\n${this.about}\n`)
    console.log(`${facts.at}, ${cores} cores, ${memoryGB} GB, Node ${node}, load average at the end ${load}\n`)
    for (const part of this.#parts) console.log(`${this.#markdown(part)}\n`)
    if (this.options.json !== null) writeFileSync(this.options.json, `${JSON.stringify(facts, null, 2)}\n`)
  }

  #markdown(part: Part): string {
    const servers = SERVERS.filter((name) => part.rounds.has(name))
    const peers = servers.includes("ours") ? servers.filter((name) => name !== "ours") : []
    const head = [part.name, ...servers.map((name) => TITLES[name]), ...peers.map((name) => `ours / ${TITLES[name]}`)]
    const rows = figureNames(part).map((figure) => {
      const middle = (name: ServerName) => median(valuesOf(part, name, figure))
      const cells = servers.map((name) => withSpread(valuesOf(part, name, figure)))
      return [figure, ...cells, ...peers.map((name) => short(middle("ours") / middle(name)))]
    })
    return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
  }

  #facts() {
    const machine = { cores: os.cpus().length, memoryGB: Math.round(os.totalmem() / 2 ** 30), node: process.version }
    const parts = this.#parts.map((part) => ({
      part: part.name,
      figures: figureNames(part).map((figure) => ({ figure, servers: this.#figure(part, figure) })),
    }))
    const { quick } = this.options
    const at = new Date().toISOString()
    return { scenario: this.scenario, about: this.about, at, quick, machine, load: os.loadavg(), parts }
  }

  #figure(part: Part, figure: string) {
    const ours = part.rounds.has("ours") ? median(valuesOf(part, "ours", figure)) : Number.NaN
    return Object.fromEntries(
      [...part.rounds.keys()].map((name) => {
        const rounds = valuesOf(part, name, figure)
        return [name, { median: median(rounds), rounds, oursToIt: ours / median(rounds) }]
      }),
    )
  }
}

const figureNames = (part: Part): readonly string[] => [
  ...new Set([...part.rounds.values()].flat().flatMap((figures) => Object.keys(figures))),
]

const valuesOf = (part: Part, server: ServerName, figure: string): readonly number[] =>
  (part.rounds.get(server) ?? []).map((figures) => figures[figure]).filter((value) => value !== undefined)

function withSpread(values: readonly number[]): string {
  if (values.length === 0) return ""
  const spread = values.length > 1 ? ` (${short(Math.min(...values))}–${short(Math.max(...values))})` : ""
  return `${short(median(values))}${spread}`
}

function short(value: number): string {
  if (!Number.isFinite(value)) return ""
  if (Number.isInteger(value)) return value.toLocaleString("en")
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
