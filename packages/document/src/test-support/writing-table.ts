import type { ClauseText } from "@alternat/plan"
import { flatText, textToNode } from "@alternat/text"
import { updateYFragment } from "@tiptap/y-tiptap"
import * as Y from "yjs"
import { type AuthoredUpdate, createAuthorship } from "../authorship.ts"
import { writeFragment } from "../fragment.ts"
import { clauseFragment, undoScope } from "../layout.ts"
import { client, initial } from "./fixture.ts"

/** People at one table: what each does goes to the log in order, and to the others when they are told. */
export function table(...names: readonly string[]) {
  const log: AuthoredUpdate[] = [{ seq: 1, author: "server", at: new Date(1000), bytes: initial() }]
  const people = new Map(
    names.map((name, index) => {
      const one = client(100 + index)
      const scope = [...undoScope(one.doc, "plan")]
      const undo = new Y.UndoManager(scope, { trackedOrigins: new Set([name]), captureTimeout: 0 })
      return [name, { ...one, undo, known: 1 }]
    }),
  )
  const personOf = (name: string) => {
    const found = people.get(name)
    if (found === undefined) throw new Error(name)
    return found
  }
  const send = (name: string) => {
    const bytes = personOf(name).take()
    if (bytes.length > 2) log.push({ seq: log.length + 1, author: name, at: new Date((log.length + 1) * 1000), bytes })
  }
  return {
    log,
    /** everybody hears of everything */
    settle: () => {
      for (const one of people.values()) {
        for (const entry of log.slice(one.known)) one.receive(entry.bytes)
        one.known = log.length
      }
    },
    /** what the editor's binding does when the text on screen has become another one */
    edit: (name: string, change: (text: string) => string, clauseId = "c3") => {
      const { doc } = personOf(name)
      const fragment = fragmentIn(doc, clauseId)
      doc.transact(() => {
        const next = linesToNode(change(plain(fragment)))
        updateYFragment(doc, fragment, next, { mapping: new Map(), isOMark: new Map() })
      }, name)
      send(name)
    },
    write: (name: string, value: ClauseText, clauseId = "c3") => {
      const { doc } = personOf(name)
      doc.transact(() => writeFragment(fragmentIn(doc, clauseId), value), name)
      send(name)
    },
    undo: (name: string) => {
      personOf(name).undo.undo()
      send(name)
    },
    redo: (name: string) => {
      personOf(name).undo.redo()
      send(name)
    },
    act: (name: string, work: (doc: Y.Doc) => void) => {
      const { doc } = personOf(name)
      doc.transact(() => work(doc), name)
      send(name)
    },
    read: (clauseId = "c3") => {
      const authorship = createAuthorship()
      authorship.add(log)
      const read = authorship.read(clauseId, "en", (written) => written.author)
      authorship.destroy()
      if (read === null) throw new Error("no such clause")
      return read
    },
  }
}

/** The same with the clause empty: nothing of what the plan began with stands in it. */
export function emptied(...names: readonly string[]) {
  const t = table("server-hand", ...names)
  t.write("server-hand", [])
  t.settle()
  return t
}

export const fragmentIn = (doc: Y.Doc, clauseId: string): Y.XmlFragment => {
  const fragment = clauseFragment(doc, clauseId, "en")
  if (fragment === null) throw new Error("no such clause")
  return fragment
}

export const leafIn = (doc: Y.Doc, line: number): Y.XmlText =>
  (fragmentIn(doc, "c3").get(line) as Y.XmlElement).get(0) as Y.XmlText

/** Lines of a fragment without fields or marks, as the test's people see them. */
export const plain = (fragment: Y.XmlFragment): string =>
  fragment
    .toArray()
    .map((line) => (line instanceof Y.XmlElement ? line.toArray().map(String).join("") : ""))
    .join("\n")
    .replaceAll(/<[^>]*>/g, "")

export const linesToNode = (lines: string) =>
  textToNode(lines.split("\n").map((line) => ({ p: line === "" ? [] : [line] })))

/** "US:words RU:words" */
export const said = ({ text, runs }: ReturnType<ReturnType<typeof table>["read"]>) =>
  runs.map((run) => `${run.key}:${flatText(text).slice(run.from, run.to)}`)
