import { useT } from "../../i18n/index.ts"

/** What is signed and nothing else, in the groups in which two people read it to each other. */
export function ManifestHash({ hash }: { readonly hash: string }) {
  const t = useT()
  return (
    <section className="so-hash" aria-label={t("signOff.hash.title")}>
      <h2>{t("signOff.hash.title")}</h2>
      <p className="groups mono" data-hash={hash}>
        {(hash.match(/.{1,4}/g) ?? []).map((group, i) => (
          <span key={`${i}${group}`}>{group}</span>
        ))}
      </p>
      <p className="say">
        <span lang="en">{t.in("en", "signOff.hash.say")}</span> <span lang="ru">{t.in("ru", "signOff.hash.say")}</span>
      </p>
    </section>
  )
}
