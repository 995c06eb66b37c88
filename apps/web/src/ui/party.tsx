import type { Lang, Parties, Party, PartyCode } from "@alternat/plan"
import { createContext, type ReactNode, useContext } from "react"
import { useT } from "../i18n/index.ts"
import { Mark } from "./Mark.tsx"

/** A is round and first, B angular and second: by the order the plan declares, never by who they are. */
export type Side = "a" | "b"

const PartiesContext = createContext<Parties | null>(null)
export const PartiesProvider = ({ parties, children }: { readonly parties: Parties; readonly children: ReactNode }) => (
  <PartiesContext value={parties}>{children}</PartiesContext>
)

export function useParties(): Parties {
  const parties = useContext(PartiesContext)
  if (!parties) throw new Error("broken invariant: no PartiesProvider above")
  return parties
}

export const sideOf = (parties: Parties, code: PartyCode): Side => (parties[0].code === code ? "a" : "b")
export const partyOf = (parties: Parties, code: PartyCode): Party =>
  parties[1].code === code ? parties[1] : parties[0]

/** "US" and "RF" in English, "США" and "РФ" in Russian: the short names of the plan's own data. */
export const partyShort = (party: Party, lang: Lang): string => party.names[lang].short

/** Circle or diamond; named unless its word stands beside it. */
export function PartyMark({ code, named = false }: { readonly code: PartyCode; readonly named?: boolean }) {
  const parties = useParties()
  const t = useT()
  const party = partyOf(parties, code)
  const label = named ? t("shell.party.mark", { party: partyShort(party, t.lang) }) : undefined
  return <Mark name={sideOf(parties, code) === "a" ? "pa" : "pb"} label={label} />
}

/** The small coloured word of a party: "US", "РФ". */
export function PartyTag({
  code,
  lang,
  children,
}: {
  readonly code: PartyCode
  readonly lang?: Lang
  readonly children?: ReactNode
}) {
  const parties = useParties()
  const t = useT()
  return (
    <span className={`pt ${sideOf(parties, code)}`}>
      {children ?? partyShort(partyOf(parties, code), lang ?? t.lang)}
    </span>
  )
}

/** A bracket: whose it is stands in the text, so print, screen readers and copies keep it. */
export function Bracket({
  code,
  lang,
  children,
}: {
  readonly code: PartyCode
  readonly lang?: Lang
  readonly children: ReactNode
}) {
  const parties = useParties()
  const t = useT()
  return (
    <span className={`br ${sideOf(parties, code)} nb`}>
      <b>{partyShort(partyOf(parties, code), lang ?? t.lang)}:</b>
      <i>{children}</i>
    </span>
  )
}

/** A person's letters in the shape of their side. */
export function Face({
  code,
  letters,
  title,
}: {
  readonly code: PartyCode | null
  readonly letters: string
  readonly title: string
}) {
  const parties = useContext(PartiesContext)
  const side = code && parties ? sideOf(parties, code) : "n"
  return (
    <span className={`face ${side}`} role="img" aria-label={title} title={title}>
      {letters}
    </span>
  )
}

/** "D. Reyes" → "DR", "Орлова Н. В." → "ОН" */
export function initials(name: string): string {
  const words = name.split(/[\s.]+/u).filter((word) => word.length > 0)
  const first = words[0]?.[0] ?? ""
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""
  return (first + last).toUpperCase()
}
