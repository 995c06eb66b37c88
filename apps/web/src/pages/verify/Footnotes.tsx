import { useT } from "../../i18n/index.ts"
import { type Reading, shellWord } from "./verdict.ts"

/** How to verify without this page; and what a failure looks like, or what to do about the one at hand. */
export function Footnotes({ reading }: { readonly reading: Reading }) {
  const t = useT()
  const name = reading.phase === "empty" ? "pack.zip" : reading.file.name
  const fails = reading.phase === "read" && !reading.report.ok
  return (
    <div className="low">
      <section>
        <h2>{t("verify.command")}</h2>
        <pre>
          $ npm run alternat -- verify {shellWord(name)}
          {"\n"}
          {t(fails ? "verify.command.fails" : "verify.command.holds")}
        </pre>
      </section>
      {fails ? (
        <section>
          <h2>{t("verify.next")}</h2>
          <p className="next">{t("verify.next.say")}</p>
        </section>
      ) : (
        <section>
          <h2>{t("verify.byte")}</h2>
          <pre className="x">
            <b>{t("verify.byte.check")}</b>
            {"\n"}
            {t("verify.byte.say")}
          </pre>
        </section>
      )}
    </div>
  )
}
