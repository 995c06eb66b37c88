import type { CaucusDraft, CaucusNote } from "@alternat/document"
import type { OfferedDraft, Session } from "@alternat/room/client"
import { useMatch } from "@tanstack/react-router"
import { useEffect, useState } from "react"
import { useIsDiskLow } from "../../api/index.ts"
import { formatTime, type MessageKey, useT } from "../../i18n/index.ts"
import { usePlanSession, useSessionState } from "../../live/index.ts"
import { Button, Mark, Notice } from "../../ui/index.ts"

/**
 * A lost line, an ended seat, and what the server would not take: they stay until they are over. The words of a clause
 * are offered on the paper where that is the page, with more to do about them.
 */
export function ConnectionNotices() {
  const t = useT()
  const { session } = usePlanSession()
  const state = useSessionState(session)
  const since = useOfflineSince(state.connection === "offline")
  const isDiskLow = useIsDiskLow()
  const isOnPaper = useMatch({ from: "/signed-in/plans/$planId/", shouldThrow: false }) !== undefined
  const offered = isOnPaper ? state.offered.filter(({ clause }) => clause === null) : state.offered
  return (
    <div className="notices">
      {since === null ? null : (
        <Notice>
          <p>
            <b>{t("shell.offline.title", { time: formatTime(t.lang, since) })}</b>{" "}
            {t("shell.offline.text", { count: state.unsaved.size })}
          </p>
        </Notice>
      )}
      {isDiskLow ? (
        <Notice>
          <p>
            <b>{t("shell.disk.title")}</b> {t("shell.disk.text")}
          </p>
        </Notice>
      ) : null}
      {state.connection === "refused" ? (
        <Notice alarm live>
          <p>
            <b>{t("shell.ended.title")}</b> {t("shell.ended.text", { count: state.unsaved.size })}{" "}
            <a href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>{t("shell.ended.signIn")}</a>
          </p>
        </Notice>
      ) : null}
      {offered.map((draft) => (
        <Refused key={draft.id} draft={draft} onDismiss={() => session.dismissOffered(draft.id)} />
      ))}
    </div>
  )
}

/** What of the caucus the server would not take: shown within the frame of the caucus, and nowhere else. */
export function CaucusOffers({ session }: { readonly session: Session }) {
  const { offered } = useSessionState(session)
  return offered.map((draft) => (
    <Refused key={draft.id} draft={draft} onDismiss={() => session.dismissOffered(draft.id)} />
  ))
}

function Refused({ draft, onDismiss }: { readonly draft: OfferedDraft; readonly onDismiss: () => void }) {
  const t = useT()
  const why = WHY[draft.reason]
  const words = offeredWords(draft)
  return (
    <Notice
      alarm
      live
      actions={
        <>
          <Button small onPress={() => void navigator.clipboard.writeText(words)}>
            {t("shell.copy")}
          </Button>
          <Button small onPress={onDismiss}>
            {t("shell.refused.dismiss")}
          </Button>
        </>
      }
    >
      <p>
        <span className="alarm">
          <Mark name="fail" />
        </span>{" "}
        <b>{t("shell.refused.title")}</b> {why === undefined ? null : `${t(why)} `}
        {t("shell.refused.text")}
      </p>
      {/* long words scroll, by the keyboard too */}
      <p className="tx" tabIndex={0} lang={draft.clause?.language}>
        <q>{words}</q>
      </p>
    </Notice>
  )
}

function offeredWords({ key, clause, value }: OfferedDraft): string {
  if (clause) return plainWords(clause.text)
  if (key.startsWith("note:")) return (value as CaucusNote | null)?.text ?? ""
  if (!key.startsWith("draft:")) return JSON.stringify(value)
  const draft = value as CaucusDraft | null
  return draft === null
    ? ""
    : [plainWords(draft.en), plainWords(draft.ru), draft.note?.en, draft.note?.ru].filter(Boolean).join("\n\n")
}

/** What a person may learn from; the others mean that a program has erred. */
const WHY: Readonly<Record<string, MessageKey>> = {
  clause_closed: "shell.refused.clause_closed",
  line_closed: "shell.refused.line_closed",
  frozen: "shell.refused.frozen",
  role: "shell.refused.role",
  read_only: "shell.refused.read_only",
  too_large: "shell.refused.too_large",
  bad_value: "shell.refused.bad_value",
  bad_characters: "shell.refused.bad_characters",
  epoch: "shell.refused.epoch",
}

/** The words alone, for the person to read and copy; fields stand as their keys. */
function plainWords(text: NonNullable<OfferedDraft["clause"]>["text"]): string {
  const runs = text.flatMap((block) =>
    "p" in block ? [...block.p, " "] : block.list.flatMap((item) => [...item, " "]),
  )
  return runs
    .map((run) => (typeof run === "string" ? run : "em" in run ? run.em : `{${run.field}:${run.key}}`))
    .join("")
    .trim()
}

const GRACE_MS = 1500

function useOfflineSince(offline: boolean): number | null {
  const [since, setSince] = useState<number | null>(null)
  useEffect(() => {
    if (!offline) return
    const began = Date.now()
    const timer = setTimeout(() => setSince(began), GRACE_MS)
    return () => {
      clearTimeout(timer)
      setSince(null)
    }
  }, [offline])
  return since
}
