import { draftFragment, readClauseText, readFragment, readRow } from "@alternat/document"
import { isTableName, type Lang } from "@alternat/plan"
import { keptOffers, keptUnsaved, type OfferedDraft, type Session } from "@alternat/room/client"
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
    ...session.state.offered.map(offeredText),
  ])

/** The same of every tab of this browser, also of those that are closed: all that a sign-out would remove from it. */
export async function unsentOnDevice(userId: string): Promise<readonly UnsentText[]> {
  const kept = await keptUnsaved(userId)
  return [
    ...kept.flatMap((one) => one.keys.map((key) => ({ what: key, text: textOf(one, key) }))),
    ...keptOffers(userId).map(offeredText),
  ]
}

/** Comes back when all is saved, or, where it can't be, after a second. */
export async function flushed(): Promise<void> {
  for (let waited = 0; waited < FLUSH_MS && isUnsaved(); waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

const FLUSH_MS = 1000
const isUnsaved = (): boolean => [...open].some((session) => session.state.unsaved.size > 0)

const offeredText = ({ key, clause, value }: OfferedDraft): UnsentText => ({
  what: key,
  text: clause ? formatNotation(clause.text) : JSON.stringify(value),
})

function textOf({ doc }: Pick<Session, "doc">, key: string): string {
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
