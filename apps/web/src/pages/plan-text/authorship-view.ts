import type { AuthorRun } from "@alternat/editor"
import { type AuthorInfo, type ClauseAuthorship, LANGS, type Lang, type Parties, type PartyCode } from "@alternat/plan"
import { flatText } from "@alternat/text"
import { formatMoment, type Translate } from "../../i18n/index.ts"
import { partyOf, partyShort, sideOf } from "../../ui/index.ts"

/** One line of the legend. */
export interface LegendLine {
  readonly key: string
  /** the number its words carry in the text; null: they stand plain */
  readonly tag: string | null
  readonly side: AuthorRun["side"]
  readonly party: PartyCode | null
  readonly who: string
  readonly when: string
}

export interface AuthorshipView {
  readonly lines: readonly LegendLine[]
  readonly runs: Readonly<Record<Lang, readonly AuthorRun[]>>
  /** nobody has written here since the plan began */
  readonly isAllLoaded: boolean
  readonly isEmpty: boolean
}

interface Reader {
  readonly userId: string
  readonly parties: Parties
  readonly say: Translate
}

/** What to draw of an answer: authors are numbered as they come in the text, what the plan began with has no number. */
export function authorshipView(reply: ClauseAuthorship, reader: Reader): AuthorshipView {
  const keys = [...new Set(LANGS.flatMap((lang) => reply[lang].runs.map((run) => run.author)))]
  const numbered = keys.filter((key) => reply.authors[key]?.kind !== "loaded")
  const lines = [...numbered, ...keys.filter((key) => !numbered.includes(key))].flatMap(
    (key): readonly LegendLine[] => {
      const author = reply.authors[key]
      if (author === undefined) return []
      const index = numbered.indexOf(key)
      const own = LANGS.flatMap((lang) => reply[lang].runs.filter((run) => run.author === key))
      return [lineOf(key, author, index < 0 ? null : String(index + 1), whenOf(own, reader.say), reader)]
    },
  )
  const byKey = new Map(lines.map((line) => [line.key, line]))
  const runsOf = (lang: Lang): readonly AuthorRun[] => {
    const flat = flatText(reply[lang].text)
    return reply[lang].runs.flatMap((run): readonly AuthorRun[] => {
      const line = byKey.get(run.author)
      // a number stands before the words, not before the space that leads to them
      const from = run.from + (/^\s*/.exec(flat.slice(run.from, run.to))?.[0].length ?? 0)
      if (line === undefined || from === run.to) return []
      const { tag, side, who } = line
      const label = reader.say("au.label", { tag: tag ?? "", who, when: whenOf([run], reader.say) })
      return [{ from, to: run.to, tag, side, label }]
    })
  }
  return {
    lines,
    runs: { en: runsOf("en"), ru: runsOf("ru") },
    isAllLoaded: keys.length > 0 && numbered.length === 0,
    isEmpty: keys.length === 0,
  }
}

function lineOf(key: string, author: AuthorInfo, tag: string | null, when: string, reader: Reader): LegendLine {
  const { parties } = reader
  const party = author.kind === "person" ? author.party : null
  const side = party === null ? "both" : sideOf(parties, party)
  return { key, tag, side, party, who: whoOf(author, reader), when: author.kind === "loaded" ? "" : when }
}

function whoOf(author: AuthorInfo, { userId, parties, say }: Reader): string {
  switch (author.kind) {
    case "loaded":
      return say("au.loaded")
    case "server":
      return say("au.server")
    case "act": {
      const { event, proposedBy } = author
      const short = (code: PartyCode) => partyShort(partyOf(parties, code), say.lang)
      if (proposedBy !== null && event.party !== null)
        return say("au.accepted", { party: short(proposedBy), other: short(event.party) })
      return say("au.byAct", { summary: say.pick(event.summary) })
    }
    case "person": {
      const { party, role: code, name } = author
      if (code === null) return say("au.gone")
      const role = say(`pt.role.${code}`)
      if (name !== null) return say(author.userId === userId ? "au.you" : "au.person", { name: say.pick(name), role })
      return party === null ? role : say("au.side", { party: partyShort(partyOf(parties, party), say.lang), role })
    }
  }
}

/** One moment, or from the first to the last. */
function whenOf(runs: readonly { readonly since: string; readonly until: string }[], say: Translate): string {
  const since = runs.reduce((first, run) => (run.since < first ? run.since : first), runs[0]?.since ?? "")
  const until = runs.reduce((last, run) => (run.until > last ? run.until : last), "")
  const [from, to] = [since, until].map((at) => (at === "" ? "" : formatMoment(say.lang, at)))
  return from === to ? say("au.when", { when: from ?? "" }) : say("au.between", { from: from ?? "", to: to ?? "" })
}
