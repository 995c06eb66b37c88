import { useEffect, useRef } from "react"
import { useT } from "../../i18n/index.ts"
import { Masthead } from "../../shell/index.ts"
import { Mark } from "../../ui/index.ts"
import { CheckTable, FutureChecks } from "./CheckTable.tsx"
import { DropFile } from "./DropFile.tsx"
import { Footnotes } from "./Footnotes.tsx"
import { useDroppedFile } from "./use-dropped-file.ts"
import { useVerifier } from "./use-verifier.ts"
import { VerdictHead } from "./VerdictHead.tsx"
import "./verify.css"

/** For anybody, signed in or not: a file, the checks made on it here, and one verdict in both languages. */
export function VerifyPage() {
  const t = useT()
  const { reading, verify } = useVerifier()
  const isOver = useDroppedFile(verify)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${t("verify.title")} · Alternat`
  }, [t])
  useEffect(() => {
    // the verdict stands at the top, the button that asked for it may be at the bottom: bring reader and voice to it
    if (reading.phase !== "empty" && reading.phase !== "working") heading.current?.focus()
  }, [reading])
  const report = reading.phase === "read" && reading.report.checks.length > 0 ? reading.report : null
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
        {report ? (
          <CheckTable report={report} />
        ) : (
          <>
            {reading.phase === "working" ? <progress aria-label={t("verify.working.title")} /> : null}
            {reading.phase === "working" ? null : <DropFile onFile={verify} isOver={isOver} />}
            {reading.phase === "empty" || reading.phase === "working" ? <FutureChecks /> : null}
          </>
        )}
        {report || reading.phase === "empty" ? <Footnotes reading={reading} /> : null}
        {report ? <DropFile onFile={verify} isOver={isOver} again /> : null}
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
