import { clauseFragment, makeAnchor } from "@alternat/document"
import { useEffect, useRef, useState } from "react"
import { useCommentActs } from "../../api/index.ts"
import { Button, Mark } from "../../ui/index.ts"
import { type Composing, nameOf, usePlanText } from "./context.ts"

/** Writes the first entry of a thread. Who will read it is chosen here, before the words are sent, and said on the button. */
export function Compose({ composing }: { readonly composing: Composing }) {
  const page = usePlanText()
  const { say, setHand, planId } = page
  const { open } = useCommentActs(planId)
  const [text, setText] = useState("")
  const [due, setDue] = useState("")
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [composing])
  const { target, audience } = composing
  const view = page.view.byId.get(target.clauseId)
  const name = view === undefined ? target.clauseId : nameOf(view, say)
  const isOwn = audience === "own"
  const close = () => setHand({ composing: null })
  const send = () => {
    if (text.trim() === "" || (isOwn && page.actor.party === null)) return
    open.mutate(
      {
        target,
        audience: isOwn ? (page.actor.party ?? "shared") : "shared",
        text: text.trim(),
        due: due === "" ? null : due,
      },
      { onSuccess: (thread) => setHand({ composing: null, thread: thread.id }) },
    )
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
        </div>
      )}
      <textarea
        ref={field}
        rows={3}
        value={text}
        aria-label={say("pt.commentText")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="row">
        <label>
          {say("pt.reserve.due")}{" "}
          <input type="date" value={due} onChange={(event) => setDue(event.currentTarget.value)} />
        </label>
      </div>
      <div className="row">
        <Button type="submit" look="ink" small isDisabled={open.isPending || text.trim() === ""}>
          {isOwn && <Mark name="env" />} {say(isOwn ? "pt.send.own" : "pt.send.shared")}
        </Button>
        {page.caucus !== null && (
          <Button
            look="link"
            onPress={() =>
              setHand({ composing: { target, audience: isOwn ? "shared" : "own" }, caucus: isOwn ? null : "comments" })
            }
          >
            {say(isOwn ? "pt.audience.shared" : "pt.audience.own")}
          </Button>
        )}
        <Button look="link" onPress={close}>
          {say("pt.cancel")}
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
