import { useCallback, useEffect, useRef, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { Masthead } from "../../shell/index.ts"
import { Mark } from "../../ui/index.ts"
import { CheckTable, FutureChecks } from "./CheckTable.tsx"
import { DropFile } from "./DropFile.tsx"
import { Footnotes } from "./Footnotes.tsx"
import { GiveKeys } from "./GiveKeys.tsx"
import { KeyCards } from "./KeyCards.tsx"
import { useDroppedFile } from "./use-dropped-file.ts"
import { useVerifier } from "./use-verifier.ts"
import { VerdictHead } from "./VerdictHead.tsx"
import "./verify.css"

/** For anybody, signed in or not: a file, the checks made on it here, and one verdict in both languages. */
export function VerifyPage() {
  const t = useT()
  const verifier = useVerifier()
  const { reading, keys, take } = verifier
  const [isNoCard, setNoCard] = useState(false)
  const onFile = useCallback((file: File) => void take(file).then((isTaken) => setNoCard(!isTaken)), [take])
  const isOver = useDroppedFile(onFile)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${t("verify.title")} · Alternat`
  }, [t])
  useEffect(() => {
    // the verdict stands at the top, the button that asked for it may be at the bottom: bring reader and voice to it
    if (reading.phase !== "empty" && reading.phase !== "working") heading.current?.focus()
  }, [reading])
  const report = reading.phase === "read" && reading.report.verdict !== "unreadable" ? reading.report : null
  const claims = report?.claims
  return (
    <div className="verify">
      <Masthead
        title={
          <>
            {t("verify.title")} · <span lang={t.other}>{t.in(t.other, "verify.title")}</span>
          </>
        }
        end={<Pledge />}
      />
      <main className="v" id="content" aria-busy={reading.phase === "working"}>
        <Pledge />
        <VerdictHead reading={reading} heading={heading} />
        {report && claims && report.keys.length > 0 ? (
          <KeyCards keys={report.keys} claims={claims} given={keys} />
        ) : null}
        {report ? (
          <>
            {report.verdict === "genuine" ? null : <GiveKeys {...verifier} />}
            <CheckTable report={report} />
          </>
        ) : (
          <>
            {reading.phase === "working" ? (
              <progress aria-label={t("verify.working.title")} />
            ) : (
              <>
                <DropFile onFile={onFile} isOver={isOver} />
                <GiveKeys {...verifier} />
              </>
            )}
            {reading.phase === "empty" || reading.phase === "working" ? <FutureChecks /> : null}
          </>
        )}
        {report || reading.phase === "empty" ? <Footnotes reading={reading} /> : null}
        {report ? <DropFile onFile={onFile} isOver={isOver} again /> : null}
        <p className={isNoCard ? "alarm" : "vh"} role="status">
          {isNoCard ? t("verify.give.refused") : ""}
        </p>
      </main>
    </div>
  )
}

/** In the masthead, and on a phone, where there is no room for it, at the head of the page. */
function Pledge() {
  const t = useT()
  return (
    <span className="pledge">
      <Mark name="ok" /> {t("verify.local")}
    </span>
  )
}
