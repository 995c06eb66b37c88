import { clauseFragment, draftFragment, noteFragment, reasonsFragment } from "@alternat/document"
import { offsetOfRelative, relativeAt, type TextMark } from "@alternat/editor"
import type { Lang, Me, Parties } from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import { useEffect, useMemo, useState } from "react"
import * as Y from "yjs"
import { sideOf } from "../../ui/index.ts"

type Carets = Readonly<Record<string, readonly TextMark[]>>
const NO_CARETS: Carets = {}

/** What a client says of its caret: the text it is in, and a place that follows its neighbours. */
interface CaretState {
  readonly place: string
  readonly head: unknown
}

/** Carets of one's own delegation, by text: `<clause or draft id>:<lang>`. Of the other side nothing is ever shown. */
export function useCarets(session: Session | null, me: Me, parties: Parties, space: "plan" | "caucus"): Carets {
  const [carets, setCarets] = useState<Carets>(NO_CARETS)
  const doc = session?.doc
  useEffect(() => {
    if (session === null || doc === undefined) return
    const { awareness } = session
    const read = () => {
      const next = readCarets(session, me, parties, space)
      setCarets((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    awareness.on("change", read)
    doc.on("update", read)
    return () => {
      awareness.off("change", read)
      doc.off("update", read)
    }
  }, [session, doc, me, parties, space])
  return carets
}

function readCarets(session: Session, me: Me, parties: Parties, space: "plan" | "caucus"): Carets {
  const carets: Record<string, TextMark[]> = {}
  for (const [clientId, state] of session.awareness.getStates()) {
    if (clientId === session.doc.clientID) continue
    const { user, caret } = state as {
      readonly user?: { party?: unknown; name?: unknown }
      readonly caret?: Partial<CaretState>
    }
    if (me.party === null || user?.party !== me.party || typeof caret?.place !== "string") continue
    const fragment = fragmentOf(session.doc, caret.place, space)
    const at = fragment === null ? null : offsetOfRelative(fragment, Y.createRelativePositionFromJSON(caret.head))
    if (at === null) continue
    const mark: TextMark = {
      kind: "caret",
      at,
      name: shortName(typeof user.name === "string" ? user.name : ""),
      side: sideOf(parties, me.party),
    }
    const list = carets[caret.place]
    if (list === undefined) carets[caret.place] = [mark]
    else list.push(mark)
  }
  return carets
}

function fragmentOf(doc: Y.Doc, place: string, space: "plan" | "caucus"): Y.XmlFragment | null {
  const cut = place.lastIndexOf(":")
  const lang: Lang = place.slice(cut + 1) === "ru" ? "ru" : "en"
  const id = place.slice(0, cut)
  if (space === "plan") return clauseFragment(doc, id, lang)
  const [of, own] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)]
  if (of === "note") return noteFragment(doc, own)
  return of === "reasons" ? reasonsFragment(doc, own, lang) : draftFragment(doc, id, lang)
}

/** The surname, which is enough within a delegation. */
const shortName = (name: string): string =>
  name
    .replace(/(?:^|\s)\p{Lu}\.(?=\s|$|\p{Lu})/gu, "")
    .trim()
    .split(" ")
    .at(-1) ?? name

/** Says where one's own caret is. */
export function publishCaret(
  session: Session,
  place: string,
  fragment: Y.XmlFragment | null,
  offset: number | null,
): void {
  const caret =
    fragment === null || offset === null
      ? null
      : { place, head: Y.relativePositionToJSON(relativeAt(fragment, offset)) }
  session.awareness.setLocalStateField("caret", caret)
}

/** Carets of one clause, as the same object while they stand still. */
export function useCaretsByClause(carets: Carets): ReadonlyMap<string, Readonly<Record<Lang, readonly TextMark[]>>> {
  return useMemo(() => {
    const byClause = new Map<string, Record<Lang, readonly TextMark[]>>()
    for (const [place, marks] of Object.entries(carets)) {
      const cut = place.lastIndexOf(":")
      const id = place.slice(0, cut)
      const own = byClause.get(id) ?? { en: [], ru: [] }
      own[place.slice(cut + 1) === "ru" ? "ru" : "en"] = marks
      byClause.set(id, own)
    }
    return byClause
  }, [carets])
}
