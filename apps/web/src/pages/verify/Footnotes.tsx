import { useT } from "../../i18n/index.ts"
import { type Reading, shellWord } from "./verdict.ts"

/** How to verify without this page; and what the verdict does not say, or what to do now. */
export function Footnotes({ reading }: { readonly reading: Reading }) {
  const t = useT()
  const name = reading.phase === "empty" ? "pack.zip" : reading.file.name
  const verdict = reading.phase === "read" ? reading.report.verdict : "genuine"
  const options = verdict === "genuine" ? " --keys us-key.json --keys ru-key.json" : ""
  const next = NEXT[verdict]
  return (
    <div className="low">
      <section>
        <h2>{t("verify.command")}</h2>
        <pre className={verdict === "failed" ? "x" : undefined}>
          $ npm run alternat -- verify {shellWord(name)}
          {options}
          {"\n"}
          {t(`verify.command.${verdict}`)}
        </pre>
      </section>
      <section>
        <h2>{t(`verify.next.${next}`)}</h2>
        <p className="next">{t(`verify.next.${next}.say`)}</p>
      </section>
    </div>
  )
}

const NEXT = { genuine: "binds", intact: "keys", failed: "fails", unreadable: "fails" } as const
