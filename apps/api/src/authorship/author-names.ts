import type { AuthoredClause, AuthoredRun, Written } from "@alternat/document"
import type { AuthorInfo, ClauseAuthorship, PartyCode } from "@alternat/plan"
import type { ActEvent, Writer } from "@alternat/store"

const SERVER = "server"

/** One key for each person, and one for each update of the server: each of those may be another act's. */
export const writtenKey = ({ author, seq }: Written): string => (author === SERVER ? `${SERVER}:${seq}` : author)

/** What is known of the authors of one clause, by this reader. */
export interface Known {
  readonly clauseId: string
  readonly writers: ReadonlyMap<string, Writer>
  readonly acts: readonly ActEvent[]
  readonly parties: readonly [PartyCode, PartyCode]
  /** what the server wrote without an act, up to this moment, came with the plan */
  readonly installedAt: string
}

/**
 * Says of every run who wrote it: a person where the reader may know the name, else a party and a role, so that two
 * drafters of the other side are one author. Ids of people across the table never leave here.
 */
export function nameAuthors(
  clauses: Readonly<Record<"en" | "ru", AuthoredClause>>,
  known: Known,
): Pick<ClauseAuthorship, "en" | "ru" | "authors"> {
  const keys = new Map<string, string>()
  const authors: Record<string, AuthorInfo> = {}
  const keyOf = (run: AuthoredRun): string => {
    const info = authorOf(run.first, known)
    const identity = JSON.stringify(info)
    const key = keys.get(identity) ?? `a${keys.size + 1}`
    keys.set(identity, key)
    authors[key] = info
    return key
  }
  const named = ({ text, runs }: AuthoredClause) => ({ text, runs: joined(runs, keyOf) })
  return { en: named(clauses.en), ru: named(clauses.ru), authors }
}

function authorOf(written: Written, known: Known): AuthorInfo {
  if (written.author === SERVER) return serverAuthor(written, known)
  const writer = known.writers.get(written.author)
  if (writer === undefined) return { kind: "person", party: null, role: null, userId: null, name: null }
  const { userId, party, role, name } = writer
  return { kind: "person", party, role, userId: name === null ? null : userId, name }
}

function serverAuthor({ seq, at }: Written, { acts, clauseId, parties, installedAt }: Known): AuthorInfo {
  const own = acts.filter((act) => act.seq === seq)
  const act = own.find((one) => one.clauseIds.includes(clauseId)) ?? (own.length === 1 ? own[0] : undefined)
  if (act === undefined) return { kind: at.toISOString() <= installedAt ? "loaded" : "server" }
  const { event } = act
  const proposedBy =
    event.kind === "proposal_accepted" ? (parties.find((party) => party !== event.party) ?? null) : null
  return { kind: "act", event, proposedBy }
}

function joined(runs: readonly AuthoredRun[], keyOf: (run: AuthoredRun) => string): ClauseAuthorship["en"]["runs"] {
  const out: { from: number; to: number; author: string; since: string; until: string }[] = []
  for (const run of runs) {
    const author = keyOf(run)
    const since = run.first.at.toISOString()
    const until = run.last.at.toISOString()
    const last = out.at(-1)
    if (last?.author === author) {
      last.to = run.to
      if (since < last.since) last.since = since
      if (until > last.until) last.until = until
    } else out.push({ from: run.from, to: run.to, author, since, until })
  }
  return out
}
