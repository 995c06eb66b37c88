import { may, type Party, type SignatureInfo, type VersionInfo } from "@alternat/plan"
import { shortFingerprint } from "@alternat/seal"
import { useState } from "react"
import { formatDate, formatMoment, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Button, Mark, sideOf, useParties } from "../../ui/index.ts"
import { SignDialog } from "./SignDialog.tsx"

/** Two cards, one hash. The order is the plan's own; each card speaks its side's language first. */
export function SignatureCards({ version }: { readonly version: VersionInfo }) {
  const t = useT()
  const [a, b] = useParties()
  const signed = (party: Party) => version.signatures.find((one) => one.party === party.code) ?? null
  return (
    <div className="so-cards">
      <Card party={a} version={version} signature={signed(a)} />
      <div className="so-mid">
        <svg
          className="so-seal"
          viewBox="0 0 120 120"
          role="img"
          aria-label={t("signOff.of", { count: version.signatures.length })}
        >
          <path d="M57 8a52 52 0 0 0 0 104z" className={signed(a) ? "on" : "off"} />
          <path d="M63 8a52 52 0 0 1 0 104z" className={signed(b) ? "on" : "off"} />
        </svg>
        <b>{t("signOff.of", { count: version.signatures.length })}</b>
      </div>
      <Card party={b} version={version} signature={signed(b)} />
    </div>
  )
}

interface CardProps {
  readonly party: Party
  readonly version: VersionInfo
  readonly signature: SignatureInfo | null
}

function Card({ party, version, signature }: CardProps) {
  const t = useT()
  const { me } = usePlanSession()
  const parties = useParties()
  const [isSigning, setSigning] = useState(false)
  const side = sideOf(parties, party.code)
  const [own, other] = side === "a" ? (["en", "ru"] as const) : (["ru", "en"] as const)
  const mine = me.party === party.code && may(me, "sign") && signature === null && version.status === "frozen"
  return (
    <section className={`so-card ${side}`} aria-label={forSide(party, t.lang)}>
      <div className="edge" />
      <h3 lang={own}>{forSide(party, own)}</h3>
      <p lang={other}>{forSide(party, other)}</p>
      <div className="line" lang={own}>
        {signature ? signature.name[own] : <span className="empty">{t.in(own, "signOff.card.waits")}</span>}
      </div>
      {signature ? (
        <>
          <p className="under" lang={own}>
            <span>
              {signature.post[own]}
              {signature.acting ? `, ${t.in(own, "signOff.card.acting")}` : ""}
            </span>
            <span>{`${signature.place[own]}, ${formatDate(own, signature.date)}`}</span>
          </p>
          <p className="fp" lang={own}>
            <Mark name="ok" /> <b>{t.in(own, "signOff.card.signed")}</b> {formatMoment(own, signature.signedAt)}
            <br />
            {t.in(own, "signOff.card.key")} <span className="mono">{shortFingerprint(signature.publicKey)}</span>
          </p>
        </>
      ) : (
        <p className="fp" lang={own}>
          {mine ? (
            <Button look="ink" onPress={() => setSigning(true)}>
              {t("signOff.sign")}
            </Button>
          ) : (
            t.in(own, "signOff.card.onlyHead", { side: party.names[own].adjective })
          )}
        </p>
      )}
      {isSigning ? <SignDialog party={party} version={version} onClose={() => setSigning(false)} /> : null}
    </section>
  )
}

function forSide(party: Party, lang: "en" | "ru"): string {
  return lang === "en" ? `For ${party.names.en.side}` : `За ${party.names.ru.cases.acc}`
}
