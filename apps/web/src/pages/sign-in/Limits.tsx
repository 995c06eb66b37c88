import { useT } from "../../i18n/index.ts"

const LIMITS = ["secret", "law", "host"] as const

/** Honest limits, before anybody types a word; in both languages, because both must know. */
export function Limits() {
  const t = useT()
  return (
    <section className="lim">
      <h2>
        <span lang="en">{t.in("en", "signIn.limits")}</span>{" "}
        <span lang="ru" className="ru">
          {t.in("ru", "signIn.limits")}
        </span>
      </h2>
      {LIMITS.map((limit) => (
        <div key={limit}>
          <p lang="en">
            <b>{t.in("en", `signIn.limit.${limit}`)}</b>
            {t.in("en", `signIn.limit.${limit}.more`)}
          </p>
          <p className="ru" lang="ru">
            {t.in("ru", `signIn.limit.${limit}`)} {t.in("ru", `signIn.limit.${limit}.more`)}
          </p>
        </div>
      ))}
    </section>
  )
}
