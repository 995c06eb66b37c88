import { useShortcuts } from "../../keys/index.ts"
import { withMember } from "./ClauseRow.tsx"
import type { PlanText } from "./context.ts"

/** The keys of the text. Single letters work outside text; those an editor answers itself are only listed. */
export function usePageKeys(page: PlanText): void {
  const { say, hand, setHand, view } = page
  const index = hand.active === null ? -1 : view.order.indexOf(hand.active)
  const step = (by: number) => {
    const next = view.order[Math.max(0, Math.min(view.order.length - 1, index + by))]
    if (next !== undefined) page.goTo(next)
  }
  const bracket = (by: number) => {
    const ids = view.order.filter((id) => {
      const one = view.byId.get(id)
      return one !== undefined && one.proposals.length + one.inserts.length > 0
    })
    const after = ids.filter((id) => (by > 0 ? view.order.indexOf(id) > index : view.order.indexOf(id) < index))
    const next = by > 0 ? (after[0] ?? ids[0]) : (after.at(-1) ?? ids.at(-1))
    if (next !== undefined) page.goTo(next)
  }
  const active = hand.active === null ? undefined : view.byId.get(hand.active)
  const draft = page.caucus?.content.drafts.find((one) => one.clauseId === hand.active)
  const has = page.caucus !== null
  const openDraft = () => {
    if (active !== undefined) page.propose(active, "replace")
    else setHand({ caucus: "drafts" })
  }
  useShortcuts([
    // in the other modes this key is the bar's, and leads here
    ...(page.mode === "propose" && has
      ? [
          {
            id: "pt-draft",
            strokes: ["KeyP"],
            group: "text",
            label: say("mode.key.openDraft"),
            run: openDraft,
          } as const,
        ]
      : []),
    { id: "pt-next", strokes: ["KeyJ"], group: "text", label: say("pt.key.next"), run: () => step(1) },
    { id: "pt-previous", strokes: ["KeyK"], group: "text", label: say("pt.key.previous"), run: () => step(-1) },
    {
      id: "pt-next-bracket",
      strokes: ["BracketRight"],
      group: "text",
      label: say("pt.key.nextBracket"),
      run: () => bracket(1),
    },
    {
      id: "pt-previous-bracket",
      strokes: ["BracketLeft"],
      group: "text",
      label: say("pt.key.previousBracket"),
      run: () => bracket(-1),
    },
    {
      id: "pt-open",
      strokes: ["KeyO"],
      group: "text",
      label: say("pt.key.open"),
      run: () => setHand({ sheet: { type: "open" } }),
    },
    { id: "pt-comment", strokes: ["KeyC"], group: "text", label: say("pt.key.comment"), run: () => page.comment() },
    {
      id: "pt-table",
      strokes: ["KeyT"],
      group: "text",
      label: say("pt.key.table"),
      run: () => {
        if (draft !== undefined) setHand({ sheet: { type: "release", draftId: draft.id }, caucus: "drafts" })
      },
    },
    {
      id: "pt-pick",
      strokes: ["KeyX"],
      group: "text",
      label: say("pt.key.pick"),
      run: () => {
        if (hand.active === null) return
        const id = hand.active
        setHand((before) => ({ isPicking: true, picked: withMember(before.picked, id, !before.picked.has(id)) }))
      },
    },
    {
      id: "pt-caucus",
      strokes: ["KeyG", "KeyC"],
      group: "text",
      label: say("pt.key.caucus"),
      run: () => has && setHand({ caucus: "drafts" }),
    },
    {
      id: "pt-authored",
      strokes: ["KeyW"],
      group: "text",
      label: say("au.key"),
      run: () => {
        const { active: id, authored } = hand
        if (id !== null) setHand({ authored: authored?.clauseId === id ? null : { clauseId: id, version: null } })
      },
    },
    {
      id: "pt-close",
      strokes: ["Escape"],
      group: "text",
      label: say("pt.key.close"),
      run: () => setHand({ caucus: null, panel: null, composing: null, authored: null }),
    },
    { ...HISTORY, id: "pt-undo", strokes: ["KeyZ"], label: say("pt.key.undo"), run: () => void page.history.undo() },
    {
      ...HISTORY,
      id: "pt-redo",
      strokes: ["KeyZ"],
      shift: true,
      label: say("pt.key.redo"),
      run: () => void page.history.redo(),
    },
    { ...HISTORY, id: "pt-redo-y", strokes: ["KeyY"], label: say("pt.key.redo"), run: () => void page.history.redo() },
  ])
}

const HISTORY = { group: "text", ctrl: true, outsideFields: true } as const
