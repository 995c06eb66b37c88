import type { ActInput, Bilingual } from "@alternat/plan"
import type { ReactNode } from "react"
import { useForm } from "../../half-written/index.ts"
import { Button, PartyTag } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"
import { placeholderName } from "./fields.ts"
import { OutcomeNotice } from "./Notices.tsx"
import { SheetFrame } from "./SheetFrame.tsx"

interface FormSheetProps {
  readonly title: string
  readonly lead?: string
  readonly submit: string
  readonly isReady: boolean
  readonly act: () => ActInput
  /** the act was carried out: what was written for it is no longer needed */
  readonly onDone: () => void
  readonly children: ReactNode
}

/** A sheet that gathers what an act needs and carries it out. A refusal is shown in the sheet, with what was written kept. */
function FormSheet({ title, lead, submit, isReady, act, onDone, children }: FormSheetProps) {
  const { acts, setHand, say } = usePlanText()
  const close = () => setHand({ sheet: null })
  return (
    <SheetFrame title={title} lead={lead} narrow onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          void acts.run(act()).then((isDone) => {
            if (!isDone) return
            onDone()
            close()
          })
        }}
      >
        <div className="dlg">
          {children}
          {acts.outcome?.type === "refused" && <OutcomeNotice />}
        </div>
        <footer>
          <div className="fin">
            <p />
            <Button onPress={close}>{say("pt.cancel")}</Button>
            <Button type="submit" look="ink" isDisabled={!isReady || acts.isBusy}>
              {submit}
            </Button>
          </div>
        </footer>
      </form>
    </SheetFrame>
  )
}

/** Park, take up again, reopen: each with a reason that both delegations read. */
export function ReasonSheet({
  act,
  clauseIds,
}: {
  readonly act: "park" | "unpark" | "reopen"
  readonly clauseIds: readonly string[]
}) {
  const { say, view } = usePlanText()
  const { values, change, clear } = useForm(`reason:${act}:${clauseIds.join()}`, { reason: "" })
  const { reason } = values
  const views = clauseIds.flatMap((id) => view.byId.get(id) ?? [])
  const clauses = views.map((one) => ({ clauseId: one.id, hash: one.hash }))
  return (
    <FormSheet
      title={say(`pt.act.${act}`)}
      lead={views.map((one) => nameOf(one, say)).join(", ")}
      submit={say(`pt.act.${act}`)}
      isReady={reason.trim() !== ""}
      act={() => ({ act, clauses, reason: reason.trim() })}
      onDone={clear}
    >
      <label>
        {say("pt.reason")}
        <textarea value={reason} onChange={(event) => change({ reason: event.currentTarget.value })} />
      </label>
      <p className="dim small">{say("pt.reason.hint")}</p>
    </FormSheet>
  )
}

const KINDS = ["scrutiny", "legal", "language"] as const
type ReserveForm = Bilingual & { readonly kind: (typeof KINDS)[number]; readonly due: string }
const NO_RESERVE: ReserveForm = { kind: "legal", en: "", ru: "", due: "" }

export function ReserveSheet({ clauseId }: { readonly clauseId: string }) {
  const { say, view, actor } = usePlanText()
  const { values, change, clear } = useForm(`reserve:${clauseId}`, NO_RESERVE)
  const { kind, due, ...reason } = values
  const one = view.byId.get(clauseId)
  if (one === undefined) return null
  return (
    <FormSheet
      title={say("pt.act.makeReserve")}
      lead={nameOf(one, say)}
      submit={say("pt.act.makeReserve")}
      isReady={reason.en.trim() !== "" || reason.ru.trim() !== ""}
      act={() => ({
        act: "make_reserve",
        clauseId,
        hash: one.hash,
        kind,
        reason: { en: reason.en.trim() || reason.ru.trim(), ru: reason.ru.trim() || reason.en.trim() },
        due: due === "" ? null : due,
      })}
      onDone={clear}
    >
      {actor.party !== null && (
        <p>
          <PartyTag code={actor.party} />
        </p>
      )}
      <div className="two2">
        <label>
          {say("pt.reserve.kind")}
          <select
            value={kind}
            onChange={(event) => change({ kind: KINDS.find((k) => k === event.currentTarget.value) ?? "legal" })}
          >
            {KINDS.map((k) => (
              <option key={k} value={k}>
                {say(`pt.reserve.${k}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("pt.reserve.due")}
          <input type="date" value={due} onChange={(event) => change({ due: event.currentTarget.value })} />
        </label>
      </div>
      <div className="two2">
        <label>
          {say("pt.reserve.en")}
          <textarea lang="en" value={reason.en} onChange={(event) => change({ en: event.currentTarget.value })} />
        </label>
        <label>
          {say("pt.reserve.ru")}
          <textarea lang="ru" value={reason.ru} onChange={(event) => change({ ru: event.currentTarget.value })} />
        </label>
      </div>
    </FormSheet>
  )
}

export function FlagSheet({ clauseId }: { readonly clauseId: string }) {
  const { say, view } = usePlanText()
  const { values, change, clear } = useForm(`flag:${clauseId}`, { note: "" })
  const { note } = values
  const one = view.byId.get(clauseId)
  if (one === undefined) return null
  return (
    <FormSheet
      title={say("pt.act.flag")}
      lead={nameOf(one, say)}
      submit={say("pt.act.flag")}
      isReady={note.trim() !== ""}
      act={() => ({ act: "flag_divergence", clauseId, hash: one.hash, note: note.trim() })}
      onDone={clear}
    >
      <label>
        {say("pt.reason")}
        <textarea value={note} onChange={(event) => change({ note: event.currentTarget.value })} />
      </label>
      <p className="dim small">{say("pt.reason.hint")}</p>
    </FormSheet>
  )
}

const NO_WORDS = { en: "", ru: "" }

/** Puts words in place of a placeholder in both texts at once, as one step of the person's own history. */
export function FillSheet({ clauseId, placeholder }: { readonly clauseId: string; readonly placeholder: string }) {
  const { say, view, setHand, fill } = usePlanText()
  const { values: words, change, clear } = useForm(`fill:${clauseId}:${placeholder}`, NO_WORDS)
  const one = view.byId.get(clauseId)
  if (one === undefined) return null
  const close = () => setHand({ sheet: null })
  const isReady = words.en.trim() !== "" && words.ru.trim() !== ""
  return (
    <SheetFrame
      title={say("pt.fill.title", { name: placeholderName(placeholder, say), number: nameOf(one, say) })}
      lead={say("pt.fill.hint")}
      narrow
      onClose={close}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          fill(one, placeholder, words)
          clear()
          close()
        }}
      >
        <div className="dlg two2">
          <label>
            {say("pt.fill.en")}
            <input lang="en" value={words.en} onChange={(event) => change({ en: event.currentTarget.value })} />
          </label>
          <label>
            {say("pt.fill.ru")}
            <input lang="ru" value={words.ru} onChange={(event) => change({ ru: event.currentTarget.value })} />
          </label>
        </div>
        <footer>
          <div className="fin">
            <p />
            <Button onPress={close}>{say("pt.cancel")}</Button>
            <Button type="submit" look="ink" isDisabled={!isReady}>
              {say("pt.fill.do")}
            </Button>
          </div>
        </footer>
      </form>
    </SheetFrame>
  )
}
