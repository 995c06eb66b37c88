import type { DemoInfo, Lang, PartyCode, Role } from "@alternat/plan"
import { Button } from "react-aria-components"
import { useT } from "../../i18n/index.ts"
import { Logo } from "../../shell/Masthead.tsx"
import { Mark } from "../../ui/index.ts"

type Account = DemoInfo["accounts"][number]
const NAMED = ["head", "drafter", "translator", "budget", "secretary", "observer", "admin", "legal", "expert"] as const
type Named = (typeof NAMED)[number]

/** A table seen from above: each delegation on its side, each seat in its own language. */
export function Seats({ demo, onSeat }: { readonly demo: DemoInfo; readonly onSeat: (email: string) => void }) {
  const t = useT()
  const codes = [...new Set(demo.accounts.flatMap((account) => (account.party === null ? [] : [account.party])))]
  const [first, second] = codes
  const of = (party: PartyCode | null | undefined) => demo.accounts.filter((account) => account.party === party)
  return (
    <div className="seats">
      {first === undefined ? null : (
        <>
          <p className="side" lang="en">
            <Mark name="pa" /> {t.in("en", "signIn.delegation", { party: first })}
          </p>
          {of(first).map((account) => (
            <Seat key={account.email} account={account} side="a" lang="en" onSeat={onSeat} />
          ))}
        </>
      )}
      <div className="table">
        <p lang="en">{t.in("en", "signIn.demoPlan")}</p>
        <Logo />
        <p lang="ru">{t.in("ru", "signIn.demoPlan")}</p>
      </div>
      {second === undefined ? null : (
        <>
          {of(second).map((account) => (
            <Seat key={account.email} account={account} side="b" lang="ru" onSeat={onSeat} />
          ))}
          <p className="side z" lang="ru">
            <Mark name="pb" /> {t.in("ru", "signIn.delegation", { party: second })}
          </p>
        </>
      )}
      <div className="end">
        {of(null).map((account) => (
          <Seat key={account.email} account={account} side="n" lang={t.lang} onSeat={onSeat} />
        ))}
      </div>
    </div>
  )
}

interface SeatProps {
  readonly account: Account
  readonly side: "a" | "b" | "n"
  readonly lang: Lang
  readonly onSeat: (email: string) => void
}

function Seat({ account, side, lang, onSeat }: SeatProps) {
  const t = useT()
  return (
    <Button className={`seat ${side}`} onPress={() => onSeat(account.email)}>
      <b lang={lang}>{t.in(lang, `signIn.role.${namedRole(account.roles)}`)}</b>
      <span>{account.email}</span>
    </Button>
  )
}

const namedRole = (roles: readonly Role[]): Named | "other" => NAMED.find((role) => roles.includes(role)) ?? "other"
