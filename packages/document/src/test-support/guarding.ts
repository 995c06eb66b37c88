import { expect } from "vitest"
import type * as Y from "yjs"
import { writeFragment } from "../fragment.ts"
import { Guard } from "../guard.ts"
import { clauseFragment } from "../layout.ts"
import { initial, SERVER_CLIENT, text } from "./fixture.ts"

/** A guard of the small plan, or of what is told; `authors` are those beside the server. */
export const guardOf = (
  state: readonly Uint8Array[] = [initial()],
  limits = {},
  authors: readonly (readonly [number, string])[] = [],
): Guard =>
  new Guard({ space: "plan", party: null, state, authors: new Map([[SERVER_CLIENT, "server"], ...authors]), limits })

export const fragmentOf = (doc: Y.Doc, id: string, lang: "en" | "ru" = "en"): Y.XmlFragment =>
  clauseFragment(doc, id, lang) as Y.XmlFragment

export const rejected = (reason: string, clauseId: string | null = null) => ({ type: "rejected", reason, clauseId })

/** Has exactly this been let through: nothing of a refused update may stay in the shadow. */
export const stays = (guard: Guard, before: Uint8Array): void => expect(guard.stateVector).toEqual(before)

export const type = (doc: Y.Doc, id: string, words: string, lang: "en" | "ru" = "en"): void =>
  writeFragment(fragmentOf(doc, id, lang), text(words))
