import "./threads.css"
import type { CommentStatusChange } from "@alternat/plan"
import { formatMoment, type Translate, useT } from "../i18n/index.ts"
import { Mark, PartyMark, partyOf, partyShort, useParties } from "../ui/index.ts"

/** "Resolved by A. Hall · head, 1 December, 14:20": by name within one's delegation, by party and role across the table. */
export function StatusLine({ change }: { readonly change: CommentStatusChange }) {
  const t = useT()
  const { party } = change.author
  return (
    <p className="th-status">
      {party === null ? <Mark name="talk" /> : <PartyMark code={party} />}
      <span>
        {t(change.status === "resolved" ? "th.resolvedBy" : "th.reopenedBy", {
          who: whoIs(change.author, useParties(), t),
        })}
      </span>
      <time dateTime={change.at} className="dim">
        {formatMoment(t.lang, change.at)}
      </time>
    </p>
  )
}

function whoIs(
  { name, party, role }: CommentStatusChange["author"],
  parties: ReturnType<typeof useParties>,
  t: Translate,
): string {
  const who = name !== null ? t.pick(name) : party !== null ? partyShort(partyOf(parties, party), t.lang) : null
  const office = t(`shell.role.${role}`)
  return who === null ? office : `${who} · ${office}`
}
