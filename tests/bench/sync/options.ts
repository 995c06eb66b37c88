import { type BenchOptions, readOptions } from "../harness/report.ts"
import { SERVERS, type ServerName } from "./contender.ts"

export interface SyncOptions extends BenchOptions {
  /** `--only a,b`: without the others */
  readonly only: readonly ServerName[]
  /** `--cell 50x60`: that cell alone */
  readonly cell: string | null
  /** `--rounds N`; null: as many as the scenario takes */
  readonly rounds: number | null
  /** `--trace FILE`: a recorded editing trace; null: one is made */
  readonly trace: string | null
}

/** `[--quick] [--json FILE] [--only SERVERS] [--cell CELL] [--rounds N] [--trace FILE]`. */
export function readSyncOptions(argv: readonly string[] = process.argv.slice(2)): SyncOptions {
  const valueOf = (name: string): string | null => argv[argv.indexOf(name) + 1 || argv.length] ?? null
  const only = valueOf("--only")?.split(",") ?? SERVERS
  const unknown = only.filter((name) => !(SERVERS as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Error(`no such server: ${unknown.join(", ")}; there are ${SERVERS.join(", ")}`)
  const rounds = valueOf("--rounds")
  return {
    ...readOptions(argv),
    only: SERVERS.filter((name) => only.includes(name)),
    cell: valueOf("--cell"),
    rounds: rounds === null ? null : Number(rounds),
    trace: valueOf("--trace"),
  }
}
