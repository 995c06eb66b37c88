import { AuthoredText, type AuthorRun } from "@alternat/editor"
import { type ClauseAuthorship, isEmptyText, type Lang } from "@alternat/plan"
import { useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { isApiError, keys, useAuthorship, useVersionPlan } from "../../api/index.ts"
import { usePlanSession, useSessionState } from "../../live/index.ts"
import { AuthorLegend } from "./AuthorLegend.tsx"
import { type AuthorshipView, authorshipView } from "./authorship-view.ts"
import { type Authored, useDesk } from "./context.ts"
import { createDisplay } from "./fields.ts"
import type { ClauseView } from "./plan-view.ts"

export interface AuthoredColumnsProps {
  readonly view: ClauseView
  readonly name: string
  readonly authored: Authored
  readonly conformity: ReactNode
  readonly threads: ReactNode
}

/** Which run of which text is pointed at. */
interface Pointed {
  readonly lang: Lang
  readonly run: number
}

/** Who wrote a clause, drawn over both its texts, with the legend beneath. Nothing is typed here meanwhile. */
export function AuthoredColumns({ view, name, authored, conformity, threads }: AuthoredColumnsProps) {
  const { me, parties, say } = useDesk()
  const { planId } = usePlanSession()
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const { data, error, refetch } = useAuthorship(planId, view.id, authored.version)
  useFresh(planId, view, authored)
  const shown = useMemo(
    () => (data === undefined ? null : authorshipView(data, { userId: me.userId, parties, say })),
    [data, me.userId, parties, say],
  )
  const reply = error === null ? data : undefined
  const column = (lang: Lang) => (
    <Column
      lang={lang}
      name={name}
      view={view}
      version={authored.version}
      reply={reply}
      shown={shown}
      {...{ pointed, setPointed }}
    />
  )
  const run = pointed === null ? undefined : shown?.runs[pointed.lang][pointed.run]
  return (
    <>
      {column("en")}
      {conformity}
      {column("ru")}
      {threads}
      <AuthorLegend
        planId={planId}
        name={name}
        authored={authored}
        at={reply?.at ?? null}
        shown={reply === undefined ? null : shown}
        tag={run?.tag ?? null}
        label={run?.label ?? null}
        failure={error === null ? null : isApiError(error) && error.code === "no_such_clause" ? "noClause" : "failed"}
        onAgain={() => void refetch()}
      />
    </>
  )
}

const SETTLE_MS = 400

/**
 * Asks again when the clause has changed, once whoever types there pauses, and when this person's own last words have
 * reached the log. A version never changes.
 */
function useFresh(planId: string, view: ClauseView, { version }: Authored): void {
  const { session } = useDesk()
  const client = useQueryClient()
  const { unsaved } = useSessionState(session)
  const waits = unsaved.has(`clause:${view.id}:en`) || unsaved.has(`clause:${view.id}:ru`)
  const state = `${view.hash.en}.${view.hash.ru}.${waits}`
  const asked = useRef(state)
  useEffect(() => {
    if (version !== null || asked.current === state) return
    const timer = setTimeout(() => {
      asked.current = state
      void client.invalidateQueries({ queryKey: keys.authorship(planId, view.id, null) })
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [client, planId, view.id, state, version])
}

const NONE: readonly AuthorRun[] = []

interface ColumnProps {
  readonly lang: Lang
  readonly name: string
  readonly view: ClauseView
  readonly version: number | null
  readonly reply: ClauseAuthorship | undefined
  readonly shown: AuthorshipView | null
  readonly pointed: Pointed | null
  readonly setPointed: (pointed: Pointed | null) => void
}

function Column({ lang, name, view, version, reply, shown, pointed, setPointed }: ColumnProps) {
  const { say } = useDesk()
  const display = useVersionDisplay(version, lang)
  if (display === null) return <div className={`tx ${lang}`} />
  // until it is known who wrote it, and where that can't be read, the text of now stands plain
  const isRead = reply !== undefined && shown !== null
  const text = isRead ? reply[lang].text : version === null ? view.clause[lang] : []
  return (
    <div className={`tx ${lang}`} lang={lang}>
      {isEmptyText(text) ? (
        <span className="awaits">{say.in(lang, "au.empty")}</span>
      ) : (
        <AuthoredText
          text={text}
          lang={lang}
          label={say(`au.text.${lang}`, { number: name })}
          display={display}
          runs={isRead ? shown.runs[lang] : NONE}
          active={pointed?.lang === lang ? pointed.run : null}
          onPoint={(run) => setPointed(run === null ? null : { lang, run })}
        />
      )}
    </div>
  )
}

/** Fields of a version read as its own tables stood, not as they stand now. */
function useVersionDisplay(version: number | null, lang: Lang) {
  const { display, say } = useDesk()
  const { planId } = usePlanSession()
  const plan = useVersionPlan(planId, version).data
  return useMemo(
    () => (version === null ? display[lang] : plan === undefined ? null : createDisplay(plan, lang, say)),
    [version, display, plan, lang, say],
  )
}
