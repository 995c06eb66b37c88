import { type Contender, type ServerName, startContender } from "./contender.ts"
import type { SyncOptions } from "./options.ts"
import { type Figures, Table } from "./table.ts"

export interface Contest {
  readonly scenario: string
  readonly about: string
  readonly servers: readonly ServerName[]
  readonly options: SyncOptions
}

/** Lets servers take turns within one run: whatever else the machine does meanwhile falls on all of them. */
export async function compete(
  { scenario, about, servers, options }: Contest,
  run: (contenders: readonly Contender[], table: Table) => Promise<void>,
): Promise<void> {
  const contenders: Contender[] = []
  const table = new Table(scenario, about, options)
  try {
    for (const name of servers.filter((name) => options.only.includes(name)))
      contenders.push(await startContender(name))
    await run(contenders, table)
  } finally {
    for (const contender of contenders) await contender.close()
  }
  table.print()
}

/**
 * Rounds that are not in the figures. In its first ones a server translates its program into machine code, beside its
 * work and at its cost; which lasts the longer the more program it has, and is over in a minute of a server's life.
 */
export async function warmUp(
  contenders: readonly Contender[],
  rounds: number,
  round: (contender: Contender) => Promise<unknown>,
): Promise<void> {
  for (let n = 0; n < rounds; n++) for (const contender of contenders) await round(contender)
}

/** Rounds in turn; what a round gives becomes a part of the table's row for that server. */
export async function takeTurns(
  contenders: readonly Contender[],
  rounds: number,
  round: (contender: Contender, round: number) => Promise<Figures>,
  table: Table,
  part: string,
): Promise<void> {
  for (let n = 0; n < rounds; n++)
    for (const contender of contenders) table.add(part, contender.name, await round(contender, n))
}
