import { clauseFragment, makeAnchor } from "@alternat/document"
import { useEffect, useRef } from "react"
import { useCommentActs } from "../../api/index.ts"
import { useForm, useHalfWritten } from "../../half-written/index.ts"
import { Button, Mark } from "../../ui/index.ts"
import { type Composing, nameOf, usePlanText } from "./context.ts"

/** Where a comment on a clause that was begun is kept: apart for each of its readers. */
export const commentPlace = (audience: Composing["audience"], clauseId: string): string =>
  `comment:${audience}:${clauseId}`

/** What a comment that was begun holds; its words outlive the form. */
export interface BegunComment {
  readonly text: string
  readonly due: string
  readonly target: Composing["target"] | null
}

const EMPTY: BegunComment = { text: "", due: "", target: null }

/** The form of one comment: who reads it and what it hangs on, and its words, which outlive the form. */
function useComposing({ target: opened, audience }: Composing) {
  const page = usePlanText()
  const { setHand } = page
  const store = useHalfWritten()
  const { clauseId } = opened
  const { values, change, clear } = useForm(commentPlace(audience, clauseId), EMPTY)
  // words selected now, or those that were when the comment was begun
  const target = opened.type === "selection" ? opened : (values.target ?? opened)
  const compose = (next: Partial<Composing>) => setHand({ composing: { target, audience, ...next } })
  return {
    values,
    target,
    clear,
    close: () => setHand({ composing: null }),
    change: (part: Partial<BegunComment>) => {
      const { text, due } = { ...values, ...part }
      change({ ...part, target: text === "" && due === "" ? null : target })
    },
    onWholeClause: () => {
      const whole = { type: "clause", clauseId } as const
      change({ target: values.text === "" && values.due === "" ? null : whole })
      compose({ target: whole })
    },
    toOwn: () => {
      // the words go along, so that none that are now private stay behind where both delegations would read them
      const own = store.read(commentPlace("own", clauseId))
      const text = [own?.["text"], values.text].filter((words) => typeof words === "string" && words !== "").join("\n")
      if (text !== "") store.write(commentPlace("own", clauseId), { ...values, text, target })
      clear()
      compose({ audience: "own" })
      setHand({ caucus: "comments" })
    },
    toShared: () => {
      compose({ audience: "shared" })
      setHand({ caucus: null })
    },
  }
}

/** Writes the first entry of a thread. Who will read it is chosen here, before the words are sent, and said on the button. */
export function Compose({ composing }: { readonly composing: Composing }) {
  const page = usePlanText()
  const { say, setHand, planId } = page
  const { open } = useCommentActs(planId)
  const form = useComposing(composing)
  const { target, close } = form
  const { text, due } = form.values
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [composing])
  const view = page.view.byId.get(target.clauseId)
  const name = view === undefined ? target.clauseId : nameOf(view, say)
  const isOwn = composing.audience === "own"
  const send = () => {
    if (text.trim() === "" || (isOwn && page.actor.party === null)) return
    if (open.isPending) return
    const sending = open.mutateAsync({
      target,
      audience: isOwn ? (page.actor.party ?? "shared") : "shared",
      text: text.trim(),
      due: due === "" ? null : due,
    })
    // also where the form was closed while it was sent
    sending.then((thread) => {
      form.clear()
      setHand({ composing: null, thread: thread.id })
    }, shownBelow)
  }
  return (
    <form
      className={isOwn ? "compose private" : "compose"}
      aria-label={say("pt.commentOn", { number: name })}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close()
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send()
      }}
    >
      <h3>{say("pt.commentOn", { number: name })}</h3>
      {target.type === "selection" && (
        <div className="tq">
          <q lang={target.lang}>{target.quote}</q>
          <Button look="link" className="small" onPress={form.onWholeClause}>
            {say("pt.compose.whole")}
          </Button>
        </div>
      )}
      <textarea
        ref={field}
        rows={3}
        value={text}
        aria-label={say("pt.commentText")}
        onChange={(event) => form.change({ text: event.currentTarget.value })}
      />
      <div className="row">
        <label>
          {say("pt.reserve.due")}{" "}
          <input type="date" value={due} onChange={(event) => form.change({ due: event.currentTarget.value })} />
        </label>
      </div>
      <div className="row">
        <Button type="submit" look="ink" small isDisabled={open.isPending || text.trim() === ""}>
          {isOwn && <Mark name="env" />} {say(isOwn ? "pt.send.own" : "pt.send.shared")}
        </Button>
        {page.caucus !== null && (
          <Button look="link" onPress={isOwn ? form.toShared : form.toOwn}>
            {say(isOwn ? "pt.audience.shared" : "pt.audience.own")}
          </Button>
        )}
        <Button look="link" onPress={close}>
          {say("pt.close")}
        </Button>
      </div>
      {open.isError && (
        <p className="alarm" role="alert">
          <Mark name="fail" /> {say("pt.error.other")}
        </p>
      )}
    </form>
  )
}

/** A selection as something a thread can hang on, with places that follow their words. */
export function selectionTarget(
  doc: Parameters<typeof clauseFragment>[0],
  clauseId: string,
  lang: "en" | "ru",
  selection: { readonly from: number; readonly to: number; readonly quote: string },
): Composing["target"] {
  const fragment = clauseFragment(doc, clauseId, lang)
  const anchor = fragment === null ? null : makeAnchor(fragment, selection.from, selection.to)
  return { type: "selection", clauseId, lang, quote: selection.quote.trim(), anchor }
}

/** The error stands under the form, and the words stay in it. */
const shownBelow = () => undefined
