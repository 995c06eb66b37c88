import { clauseFragment } from "@alternat/document"
import { openSession, type Session } from "@alternat/room/client"
import { WebSocket } from "ws"
import type * as Y from "yjs"
import { CLAUSES, type Stage, wordsOf } from "./stage.ts"

/**
 * A person at the product's own client who types words that can be told apart, `w3.17`: the seventeenth of the third
 * person. Knows which of them were acknowledged, and which words of others have come.
 */
export class Typist {
  typed = 0
  /** all words up to this one were said to be saved */
  acknowledged = 0
  readonly session: Session

  constructor(
    readonly stage: Stage,
    readonly number: number,
    port: number,
  ) {
    const userId = stage.userOf(number)
    this.session = openSession({
      wsUrl: `ws://127.0.0.1:${port}/sync`,
      planId: "small",
      space: "plan",
      userId,
      storageName: null,
      fetchTicket: () => stage.ticket(userId),
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    })
    this.session.subscribe(() => {
      if (this.session.state.unsaved.size === 0) this.acknowledged = this.typed
    })
  }

  get online(): boolean {
    const { connection, synced } = this.session.state
    return connection === "online" && synced
  }

  get unsaved(): boolean {
    return this.session.state.unsaved.size > 0
  }

  /** Two people share each clause, so that their words meet. */
  type(): void {
    const clauseId = CLAUSES[Math.floor(this.number / 2) % CLAUSES.length] ?? "c1"
    const paragraph = clauseFragment(this.session.doc, clauseId, "en")?.get(0) as Y.XmlElement
    const text = paragraph.get(0) as Y.XmlText
    text.insert(text.length, `w${this.number}.${++this.typed} `)
  }

  get words(): readonly string[] {
    return wordsOf(this.session.doc)
  }

  /** What this person was promised: others' words on the screen, own words said to be saved. */
  get promised(): readonly string[] {
    const own = `w${this.number}.`
    const others = this.words.filter((word) => !word.startsWith(own))
    return [...others, ...Array.from({ length: this.acknowledged }, (_, i) => `${own}${i + 1}`)]
  }
}
