import { type CaucusNote, putNote, removeNote } from "@alternat/document"
import { INTERFACE_ORIGIN } from "@alternat/editor"
import { useForm } from "../../half-written/index.ts"
import { formatMoment } from "../../i18n/index.ts"
import { Button } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"
import { LivePlain } from "./LivePlain.tsx"
import { roleName } from "./words.ts"

type Kind = CaucusNote["kind"]

/** Red lines, instructions, fallbacks, scenarios: the delegation's own paper, edited by all of it. */
export function NotesPanel({ kinds }: { readonly kinds: readonly Kind[] }) {
  const { say, caucus, view } = usePlanText()
  if (caucus === null) return null
  const { doc } = caucus.session
  const order = (note: CaucusNote) => (note.clauseId === null ? -1 : view.order.indexOf(note.clauseId))
  const notes = caucus.content.notes.filter((note) => kinds.includes(note.kind)).toSorted((a, b) => order(a) - order(b))
  return (
    <>
      {notes.length === 0 && <p className="em">{say("pt.caucus.noNotes")}</p>}
      {notes.map((note) => {
        const clause = note.clauseId === null ? undefined : view.byId.get(note.clauseId)
        return (
          <section key={note.id} className="cnote" aria-label={say(`pt.caucus.note.${note.kind}`)}>
            <div className="mh">
              <b>{say(`pt.caucus.note.${note.kind}`)}</b>
              <span>{clause === undefined ? (note.clauseId ?? say("pt.caucus.general")) : nameOf(clause, say)}</span>
              <span className="soft">{roleName(note.role, say)}</span>
              <span className="dim">{formatMoment(say.lang, note.at)}</span>
            </div>
            <LivePlain
              of="note"
              id={note.id}
              lang={say.lang}
              text={note.text}
              label={say("pt.caucus.noteText")}
              placeholder={say("pt.caucus.addNote")}
            />
            <Button look="link" className="small" onPress={() => removeNote(doc, note.id, INTERFACE_ORIGIN)}>
              {say("pt.caucus.remove")}
            </Button>
          </section>
        )
      })}
      <NewNote kinds={kinds} />
    </>
  )
}

type NoteForm = { readonly kind: Kind; readonly clauseId: string; readonly text: string }

function NewNote({ kinds }: { readonly kinds: readonly Kind[] }) {
  const { say, caucus, view, hand, me } = usePlanText()
  const empty = { kind: kinds[0] ?? "note", clauseId: hand.active ?? "", text: "" }
  const { values, change, clear } = useForm<NoteForm>(`note:${kinds.join()}`, empty)
  const { kind, clauseId, text } = values
  if (caucus === null) return null
  const write = () => {
    if (text.trim() === "") return
    putNote(
      caucus.session.doc,
      {
        id: crypto.randomUUID(),
        kind,
        clauseId: clauseId === "" ? null : clauseId,
        refersTo: [],
        role: me.roles[0] ?? "drafter",
        at: new Date().toISOString(),
        marking: "internal",
        text: text.trim(),
        data: null,
      },
      INTERFACE_ORIGIN,
    )
    clear()
  }
  return (
    <form
      className="cnote"
      onSubmit={(event) => {
        event.preventDefault()
        write()
      }}
    >
      <div className="row">
        <select
          aria-label={say("pt.caucus.noteKind")}
          value={kind}
          onChange={(event) => change({ kind: kinds.find((k) => k === event.currentTarget.value) ?? kind })}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {say(`pt.caucus.note.${one}`)}
            </option>
          ))}
        </select>{" "}
        <select
          aria-label={say("pt.caucus.noteClause")}
          value={clauseId}
          onChange={(event) => change({ clauseId: event.currentTarget.value })}
        >
          <option value="">{say("pt.caucus.general")}</option>
          {view.order.map((id) => {
            const one = view.byId.get(id)
            return one === undefined ? null : (
              <option key={id} value={id}>
                {nameOf(one, say)}
              </option>
            )
          })}
        </select>
      </div>
      <textarea
        rows={2}
        placeholder={say("pt.caucus.addNote")}
        aria-label={say("pt.caucus.addNote")}
        value={text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Button type="submit" small isDisabled={text.trim() === ""}>
        {say("pt.caucus.addNote")}
      </Button>
    </form>
  )
}
