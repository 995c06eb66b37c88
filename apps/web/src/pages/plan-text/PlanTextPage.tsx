import "./authorship.css"
import "./plan-text.css"
import { memo } from "react"
import { Mark, Segmented } from "../../ui/index.ts"
import { TabsEnd } from "../plan-layout/index.ts"
import { FillSheet, FlagSheet, ReasonSheet, ReserveSheet } from "./ActSheets.tsx"
import { BulkBar } from "./BulkBar.tsx"
import { CaucusPanel } from "./CaucusPanel.tsx"
import { DeskContext, PlanTextContext, usePlanText } from "./context.ts"
import { FieldSheet } from "./FieldSheet.tsx"
import { Notices } from "./Notices.tsx"
import { OpenList } from "./OpenList.tsx"
import { Outline } from "./Outline.tsx"
import { Rail } from "./Rail.tsx"
import { ReleaseSheet } from "./ReleaseSheet.tsx"
import { SectionBlock } from "./SectionBlock.tsx"
import { usePageKeys } from "./use-page-keys.ts"
import { usePageState } from "./use-page-state.ts"

/** The text of the plan: outline, two columns, and beside them what is said about it. */
export function PlanTextPage() {
  const { desk, page } = usePageState()
  return (
    <DeskContext value={desk}>
      <PlanTextContext value={page}>
        <Page />
      </PlanTextContext>
    </DeskContext>
  )
}

function Page() {
  const page = usePlanText()
  const { hand } = page
  usePageKeys(page)
  const classes = ["pt-app"]
  if (hand.caucus !== null) classes.push("caucus-open")
  if (hand.panel !== null) classes.push(`show-${hand.panel}`)
  return (
    <div className={classes.join(" ")} data-testid="plan-text">
      <TabsEnd>
        <Version />
      </TabsEnd>
      <Outline />
      <Paper />
      <Rail />
      {hand.caucus !== null && <CaucusPanel />}
      <PhoneBar />
      <CurrentSheet />
    </div>
  )
}

function Version() {
  const { say, standing } = usePlanText()
  return standing.version === null ? null : <span>{say("pt.version", { number: standing.version.number })}</span>
}

function Paper() {
  const { hand, view, say } = usePlanText()
  return (
    <main className={`paper lang-${hand.shownLang}`} id="content" aria-label={say("pt.text")} tabIndex={-1}>
      <Notices />
      <PhoneHead />
      <TitlePage />
      {view.sections.map((section) => (
        <Section key={section.section.id} id={section.section.id} />
      ))}
      <BulkBar />
    </main>
  )
}

/** Takes only its own part of the page's state, so that typing in one section leaves the others alone. */
function Section({ id }: { readonly id: string }) {
  const { view, hand, threadCounts, carets, standing } = usePlanText()
  const section = view.sections.find((one) => one.section.id === id)
  const isHere = section?.clauses.some((clause) => clause.id === hand.active) ?? false
  if (section === undefined) return null
  return (
    <SectionBlock
      section={section}
      active={isHere ? hand.active : null}
      thread={hand.thread}
      isPicking={hand.isPicking}
      picked={hand.picked}
      threads={threadCounts.shared}
      carets={carets}
      authored={section.clauses.some((clause) => clause.id === hand.authored?.clauseId) ? hand.authored : null}
      frozen={standing.status === "negotiation" ? null : (standing.version?.number ?? 0)}
    />
  )
}

const TitlePage = memo(function TitlePage() {
  const { live } = usePlanText()
  const { title, titlePage } = live.plan
  return (
    <header className="titlepage">
      {(["en", "ru"] as const).map((lang) => (
        <div key={lang} lang={lang}>
          <h1>{title[lang]}</h1>
          <p>
            {titlePage.marking[lang]}. {titlePage.character[lang]} {titlePage.fiction?.[lang]}
          </p>
        </div>
      ))}
    </header>
  )
})

function PhoneHead() {
  const { live, say, view, hand, setHand } = usePlanText()
  return (
    <div className="ph-head">
      <p>{say.pick(live.plan.title)}</p>
      <div>
        <span>
          <Mark name="bracketed" />{" "}
          {say("pt.phoneOpen", { brackets: view.counts.brackets, reserves: view.counts.reserves })}
        </span>
        <Segmented
          label={say("pt.text")}
          value={hand.shownLang}
          options={[
            { value: "en", label: "EN" },
            { value: "ru", label: "RU", lang: "ru" },
            { value: "both", label: say("pt.both") },
          ]}
          onChange={(shownLang) => setHand({ shownLang })}
        />
      </div>
    </div>
  )
}

function PhoneBar() {
  const { say, hand, setHand, view, caucus } = usePlanText()
  return (
    <nav className="pt-bar" aria-label={say("pt.outline")}>
      <button
        type="button"
        aria-pressed={hand.panel === "outline"}
        onClick={() => setHand({ panel: "outline", caucus: null })}
      >
        <Mark name="list" />
        {say("pt.outline")}
      </button>
      <button
        type="button"
        aria-pressed={hand.panel === null && hand.caucus === null}
        onClick={() => setHand({ panel: null, caucus: null })}
      >
        <Mark name="pagei" />
        {say("pt.text")}
      </button>
      <button
        type="button"
        aria-pressed={hand.sheet?.type === "open"}
        onClick={() => setHand({ sheet: { type: "open" } })}
      >
        <Mark name="bracketed" />
        {say("pt.openCount", { count: view.counts.open })}
      </button>
      <button
        type="button"
        aria-pressed={hand.panel === "rail"}
        onClick={() => setHand({ panel: "rail", caucus: null })}
      >
        <Mark name="move" />
        {say("pt.comments")}
      </button>
      {caucus !== null && (
        <button
          type="button"
          className="cau"
          aria-pressed={hand.caucus !== null}
          onClick={() => setHand({ caucus: "drafts", panel: null })}
        >
          <Mark name="env" />
          {say("pt.caucus")}
        </button>
      )}
    </nav>
  )
}

function CurrentSheet() {
  const { hand } = usePlanText()
  const { sheet } = hand
  switch (sheet?.type) {
    case undefined:
      return null
    case "open":
      return <OpenList />
    case "release":
      return <ReleaseSheet draftId={sheet.draftId} />
    case "reason":
      return <ReasonSheet act={sheet.act} clauseIds={sheet.clauseIds} />
    case "reserve":
      return <ReserveSheet clauseId={sheet.clauseId} />
    case "flag":
      return <FlagSheet clauseId={sheet.clauseId} />
    case "fill":
      return <FillSheet clauseId={sheet.clauseId} placeholder={sheet.key} />
    case "field":
      return <FieldSheet clauseId={sheet.clauseId} lang={sheet.lang} at={sheet.at} />
  }
}
