import { type CommentEntry, type PartyCode, ROLES, type Role } from "@alternat/plan"
import type { Translate } from "../../i18n/index.ts"
import { formatDate } from "../../i18n/index.ts"
import { partyOf, partyShort } from "../../ui/index.ts"
import type { Desk } from "./context.ts"
import type { Bar, ClauseView } from "./plan-view.ts"

/** "D. Reyes · drafter" within one's delegation, "RF · drafter" across the table. */
export function authorOf(entry: Pick<CommentEntry, "author">, desk: Pick<Desk, "parties" | "say">): string {
  const { name, party, role } = entry.author
  const who = name !== null ? desk.say.pick(name) : party !== null ? shortOf(party, desk) : ""
  return `${who} · ${desk.say(`pt.role.${role}`)}`
}

export const shortOf = (code: PartyCode, desk: Pick<Desk, "parties" | "say">): string =>
  partyShort(partyOf(desk.parties, code), desk.say.lang)

export const dateOf = (iso: string, say: Translate): string => formatDate(say.lang, iso, "short")

/** The bars in words, for the sentence beside an act that can't be done. */
export const barWords = (bars: readonly Bar[], view: ClauseView, say: Translate): string =>
  bars
    .map((bar) =>
      bar === "proposals"
        ? say("pt.why.proposals", { count: view.proposals.length + view.inserts.length })
        : say(`pt.why.${bar}`),
    )
    .join(", ")

export const roleName = (role: string, say: Translate): string => (isRole(role) ? say(`pt.role.${role}`) : role)

const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word)
