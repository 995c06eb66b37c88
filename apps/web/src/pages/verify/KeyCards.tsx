import type { SignerKey, VerifyClaims } from "@alternat/seal"
import { formatDate, useT } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"
import { type GivenKey, groupsOf, inOrder } from "./verdict.ts"

export interface KeyCardsProps {
  readonly keys: readonly SignerKey[]
  readonly claims: VerifyClaims
  readonly given: readonly GivenKey[]
}

/** Whose keys signed, as far as a file can say: both fingerprints at full length, to be compared with printed cards. */
export function KeyCards({ keys, claims, given }: KeyCardsProps) {
  const t = useT()
  return (
    <div className="keys">
      {inOrder(keys, t.lang).map((key) => (
        <KeyCard
          key={key.party}
          signer={key}
          side={claims.parties[0]?.code === key.party ? "a" : "b"}
          heading={textOf(claims.parties.find((party) => party.code === key.party)?.side[t.lang]) || key.party}
          given={given.find((one) => one.fingerprint === key.fingerprint) ?? null}
        />
      ))}
    </div>
  )
}

interface KeyCardProps {
  readonly signer: SignerKey
  readonly side: "a" | "b"
  readonly heading: string
  readonly given: GivenKey | null
}

function KeyCard({ signer, side, heading, given }: KeyCardProps) {
  const t = useT()
  const state = signer.known === null ? "open" : signer.known ? "known" : "unknown"
  const groups = groupsOf(signer)
  return (
    <section className={`kc ${side} ${state}`}>
      <div className="edge" />
      <div className="in">
        <div className="kh">
          <h2>{heading}</h2>
          <span className="ks">
            <Mark name={MARKS[state]} /> {t(`verify.key.${state}`)}
          </span>
        </div>
        <p className="hd">
          {signer.name[t.lang]}, {signer.post[t.lang]}
        </p>
        <div className="bd">
          <p className="fp" role="img" aria-label={t("verify.key.print", { groups: groups.join(" ") })}>
            {groups.map((group, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike, and they never move
              <span key={i}>{group}</span>
            ))}
          </p>
          <div className="ask">
            {state === "open" ? (
              <>
                <p>
                  <b>{t("verify.key.ask")}</b>
                  {t("verify.key.askWhom", { organisation: signer.organisation[t.lang] })}
                </p>
                <p>{t("verify.key.how")}</p>
              </>
            ) : (
              <p>
                <b>{t(`verify.key.${state}.say`)}</b>
                {given ? ` ${given.card ?? t("verify.key.typed")}` : ""}
              </p>
            )}
            <p>{t("verify.key.claimed", { place: signer.place[t.lang], date: dateOf(signer.date, t.lang) })}</p>
          </div>
        </div>
      </div>
    </section>
  )
}

const MARKS = { open: "warn", known: "ok", unknown: "fail" } as const
const textOf = (value: unknown): string => (typeof value === "string" ? value : "")
const dateOf = (iso: string, lang: "en" | "ru"): string => (Number.isNaN(Date.parse(iso)) ? iso : formatDate(lang, iso))
