import type { GlossaryEntry, Lang, Person } from "@alternat/plan"
import type { PrintTable } from "../model.ts"
import { type AnnexContext, column, date, row, say, sideCode, table } from "./context.ts"

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
      column(say(context, "Additional participants", "Дополнительные участники"), 0.7),
    ],
    agents.map((a) =>
      row(
        parties.find((p) => p.code === a.party)?.names[lang].short ?? a.party,
        a.organisation[lang],
        date(context, a.since),
        a.address[lang],
        a.successor_note[lang],
        a.additional_participants.map((one) => one[lang]).join("; ") || "—",
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
  return [agentTable, postTable, personsWithoutPost(context)]
}

/** Persons whose post the plan does not have. */
function personsWithoutPost(context: AnnexContext): PrintTable {
  const { posts, persons } = context.plan.tables
  return table(
    "persons",
    say(context, "Persons without a post of this Plan", "Лица, должность которых в Плане не указана"),
    [
      column(say(context, "Code", "Код"), "fit"),
      column(say(context, "Side", "Сторона"), "fit"),
      column(say(context, "Person", "Лицо"), 1),
      column(say(context, "Since", "С"), "fit"),
      column(say(context, "Until", "По"), "fit"),
    ],
    persons
      .filter((person) => !posts.some((post) => post.id === person.post))
      .map((person) =>
        row(
          person.post,
          sideCode(context, person.party),
          name(context, person),
          date(context, person.from),
          date(context, person.to),
        ),
      ),
  )
}

function name(context: AnnexContext, person: Person): string {
  const of = context.plan.tables.posts.find((post) => post.id === person.post)
  const side = of === undefined || of.party === person.party ? "" : ` (${sideCode(context, person.party)})`
  const own = (context.lang === "en" ? person.name.lat : person.name.cyr) + side
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
    column(say(context, "Not to be used", "Не употребляется"), 0.6),
    column(say(context, "Note", "Примечание"), 0.8),
  ]
  const rows = sortedBy(plan.tables.glossary, lang).map((entry) =>
    row(
      entry[lang],
      entry[other],
      entry.definition[lang],
      entry.forbidden[lang].join("; ") || "—",
      entry.note?.[lang] ?? "—",
    ),
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
