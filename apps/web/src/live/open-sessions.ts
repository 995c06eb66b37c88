import { draftFragment, readClauseText, readFragment, readRow } from "@alternat/document"
import { isTableName, type Lang } from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import { formatNotation } from "@alternat/text"

/** Sessions open in this page: what a sign-out has to ask about before it forgets this device's copies. */
const open = new Set<Session>()

export function trackSession(session: Session): () => void {
  open.add(session)
  return () => open.delete(session)
}

export interface UnsentText {
  readonly what: string
  readonly text: string
}

/** Everything typed here that the server has not confirmed, and what it refused, in the plain notation of texts. */
export const unsentWork = (): readonly UnsentText[] =>
  [...open].flatMap((session) => [
    ...[...session.state.unsaved].map((key) => ({ what: key, text: textOf(session, key) })),
    ...session.state.offered.map(({ key, clause, value }) => ({
      what: key,
      text: clause ? formatNotation(clause.text) : JSON.stringify(value),
    })),
  ])

function textOf({ doc }: Session, key: string): string {
  const [kind, first = "", ...rest] = key.split(":")
  const last = rest.at(-1)
  if (kind === "clause" && (last === "en" || last === "ru"))
    return formatNotation(readClauseText(doc, [first, ...rest.slice(0, -1)].join(":"), last) ?? [])
  if (kind === "row" && isTableName(first)) return JSON.stringify(readRow(doc, first, rest.join(":")))
  if (kind === "draft")
    return (["en", "ru"] as const).map((lang) => draftText(doc, [first, ...rest].join(":"), lang)).join("\n\n")
  return ""
}

function draftText(doc: Session["doc"], id: string, lang: Lang): string {
  const fragment = draftFragment(doc, id, lang)
  return fragment ? formatNotation(readFragment(fragment)) : ""
}
