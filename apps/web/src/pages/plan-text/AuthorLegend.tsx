import { useVersions } from "../../api/index.ts"
import { formatTime } from "../../i18n/index.ts"
import { Button, Mark, PartyMark } from "../../ui/index.ts"
import type { AuthorshipView, LegendLine } from "./authorship-view.ts"
import { type Authored, useDesk } from "./context.ts"

export interface AuthorLegendProps {
  readonly planId: string
  readonly name: string
  readonly authored: Authored
  /** when the log was read; null: not yet */
  readonly at: string | null
  readonly shown: AuthorshipView | null
  /** number and words of the author that is pointed at */
  readonly tag: string | null
  readonly label: string | null
  readonly failure: "failed" | "noClause" | null
  readonly onAgain: () => void
}

/** Under the two texts: who the numbers are, of which text, and the way back. */
export function AuthorLegend(props: AuthorLegendProps) {
  const { say, me } = useDesk()
  const { name, at, shown, failure, tag, label } = props
  return (
    <section className="au" aria-label={say("au.authors", { number: name })}>
      <header>
        <h3>{say("au.title")}</h3>
        <VersionPicker {...props} />
        <Back {...props} />
      </header>
      {failure !== null && <Failure {...props} />}
      {failure === null && shown === null && <p className="dim">{say("au.loading")}</p>}
      {shown !== null && (
        <>
          <Authors shown={shown} tag={tag} />
          <p className="au-now" aria-live="polite">
            {label ?? (shown.isAllLoaded || shown.isEmpty ? "" : say("au.point"))}
          </p>
        </>
      )}
      {at !== null && (
        <p className="dim">{say(me.party === null ? "au.leadNone" : "au.lead", { time: formatTime(say.lang, at) })}</p>
      )}
    </section>
  )
}

function Authors({ shown, tag }: { readonly shown: AuthorshipView; readonly tag: string | null }) {
  const { say } = useDesk()
  if (shown.isEmpty) return <p>{say("au.empty")}</p>
  if (shown.isAllLoaded) return <p>{say("au.allLoaded")}</p>
  return (
    <ol>
      {shown.lines.map((line) => (
        <li key={line.key} className={line.tag !== null && line.tag === tag ? "on" : undefined}>
          <Swatch line={line} />
          {line.party !== null && <PartyMark code={line.party} named />}
          <span>
            {line.who}
            {line.tag === null && <span className="dim"> · {say("au.plain")}</span>}
          </span>
          {line.when !== "" && <span className="dim">{line.when}</span>}
        </li>
      ))}
    </ol>
  )
}

/** The number as it stands in the text, over the line and tint that the author's words have there. */
const Swatch = ({ line }: { readonly line: LegendLine }) => (
  <span className={line.tag === null ? "sw" : `sw wr ${line.side}`}>{line.tag ?? "–"}</span>
)

function VersionPicker({ planId, authored }: AuthorLegendProps) {
  const { say, setHand } = useDesk()
  const versions = useVersions(planId).data ?? []
  if (versions.length === 0) return null
  return (
    <label className="au-version">
      <span>{say("au.version")}</span>
      <select
        value={authored.version ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget
          setHand({ authored: { ...authored, version: value === "" ? null : Number(value) } })
        }}
      >
        <option value="">{say("au.now")}</option>
        {versions.map(({ number }) => (
          <option key={number} value={number}>
            {say("au.ofVersion", { number })}
          </option>
        ))}
      </select>
    </label>
  )
}

function Back({ authored }: AuthorLegendProps) {
  const { say, setHand } = useDesk()
  const close = () => {
    setHand({ authored: null })
    document.getElementById(`c-${authored.clauseId}`)?.focus({ preventScroll: true })
  }
  return (
    <Button small onPress={close}>
      {say("au.close")} <kbd>Esc</kbd>
    </Button>
  )
}

function Failure({ failure, onAgain }: AuthorLegendProps) {
  const { say } = useDesk()
  return (
    <p role="alert">
      <Mark name="fail" /> {say(failure === "noClause" ? "au.noClause" : "au.failed")}{" "}
      {failure === "failed" && (
        <Button small onPress={onAgain}>
          {say("au.again")}
        </Button>
      )}
    </p>
  )
}
