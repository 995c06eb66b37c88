import type { GlossaryEntry, Lang } from "@alternat/plan"
import type { PrintTable } from "../model.ts"
import { type AnnexContext, column, date, row, say, table } from "./context.ts"

/** Annex 9: the posts the text names, and the persons who hold them. */
export function annex9(context: AnnexContext): readonly PrintTable[] {
  const { plan, lang, parties } = context
  const agents = parties.flatMap((party) => plan.tables.executive_agents.filter((agent) => agent.party === party.code))
  const posts = parties.flatMap((party) => plan.tables.posts.filter((post) => post.party === party.code))
  const agentTable = table(
    "executive-agents",
    say(context, "Executive agents", "Исполнительные органы"),
    [
      column(say(context, "Side", "Сторона"), "fit"),
      column(say(context, "Executive agent", "Исполнительный орган"), 1),
      column(say(context, "Since", "С"), "fit"),
      column(say(context, "Address", "Адрес"), 0.6),
      column(say(context, "Succession", "Правопреемство"), 1),
    ],
    agents.map((a) =>
      row(
        parties.find((p) => p.code === a.party)?.names[lang].short ?? a.party,
        a.organisation[lang],
        date(context, a.since),
        a.address[lang],
        a.successor_note[lang],
      ),
    ),
  )
  const postTable = table(
    "posts",
    say(context, "Posts and the persons who hold them", "Должности и занимающие их лица"),
    [
      column(say(context, "Code", "Код"), "fit"),
      column(say(context, "Post", "Должность"), 1),
      column(say(context, "Organization", "Организация"), 0.9),
      column(say(context, "Held by", "Лицо"), 0.6),
      column(say(context, "Since", "С"), "fit"),
      column(say(context, "Until", "По"), "fit"),
    ],
    posts.flatMap((post) => {
      const holders = plan.tables.persons.filter((person) => person.post === post.id)
      if (holders.length === 0) return [row(post.code, post.title[lang], post.organisation[lang], "—", "—", "—")]
      return holders.map((person, i) => ({
        cells: [
          i === 0 ? post.code : "",
          i === 0 ? post.title[lang] : "",
          i === 0 ? post.organisation[lang] : "",
          name(context, person),
          date(context, person.from),
          date(context, person.to),
        ],
        ...(i === 0 ? {} : { style: "sub" as const }),
      }))
    }),
  )
  return [agentTable, postTable]
}

function name(
  context: AnnexContext,
  person: { readonly name: { readonly lat: string; readonly cyr: string }; readonly acting: boolean },
): string {
  const own = context.lang === "en" ? person.name.lat : person.name.cyr
  return person.acting ? say(context, `${own} (acting)`, `${own} (временно исполняет обязанности)`) : own
}

/** Annex 10: the agreed terms, in the order of the language they are printed in. */
export function annex10(context: AnnexContext): readonly PrintTable[] {
  const { plan, lang } = context
  const other = lang === "en" ? "ru" : "en"
  const columns = [
    column(say(context, "Term", "Термин"), 0.8),
    column(say(context, "In Russian", "На английском языке"), 0.8),
    column(say(context, "Meaning", "Значение"), 1.2),
  ]
  const rows = sortedBy(plan.tables.glossary, lang).map((entry) =>
    row(entry[lang], entry[other], entry.definition[lang]),
  )
  return [table("glossary", say(context, "Agreed terms", "Согласованные термины"), columns, rows)]
}

/** By the alphabet of the language, ё with е; never by code points. */
function sortedBy(entries: readonly GlossaryEntry[], lang: Lang): GlossaryEntry[] {
  const key = (entry: GlossaryEntry) => letters(entry[lang])
  return entries.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/**
 * A sort key that does not depend on the machine's collation data: letters only, case and ё folded. Within one alphabet
 * the code points of what is left are in alphabetical order.
 */
const letters = (term: string): string =>
  term
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N} ]/gu, "")
