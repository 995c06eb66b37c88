import { useEffect, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Face, initials, Mark, partyShort, sideOf, useParties } from "../../ui/index.ts"
import { type Present, readPresent } from "./present.ts"

/** Faces of one's own delegation; of the other side only that it is at the table. */
export function Presence() {
  const t = useT()
  const parties = useParties()
  const { me, session } = usePlanSession()
  const present = usePresent()
  const own = present.people.filter((person) => person.userId !== me.userId)
  return (
    <span className="who" role="group" aria-label={t("shell.present")} data-generation={session.generation}>
      <span>
        {own.map((person) => (
          <Face key={person.userId} code={me.party} letters={initials(person.name)} title={person.name} />
        ))}
      </span>
      {parties
        .filter((party) => party.code !== me.party && present.parties.includes(party.code))
        .map((party) => (
          <span key={party.code} className="nb">
            <Mark name={sideOf(parties, party.code) === "a" ? "pa" : "pb"} />{" "}
            <span className="soft">{t("shell.atTheTable", { party: partyShort(party, t.lang) })}</span>
          </span>
        ))}
    </span>
  )
}

function usePresent(): Present {
  const { me, session } = usePlanSession()
  const { awareness } = session
  const [present, setPresent] = useState<Present>({ people: [], parties: [] })
  useEffect(() => {
    const read = () => setPresent(readPresent([...awareness.getStates().values()], me.party))
    read()
    awareness.on("change", read)
    return () => awareness.off("change", read)
  }, [awareness, me.party])
  return present
}
