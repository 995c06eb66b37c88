import type { EditRules } from "@alternat/plan"
import * as Y from "yjs"
import { type Changes, judgeChanges } from "./judge-changes.ts"
import { loadJudgedCopy } from "./judged-copy.ts"
import type { Space } from "./layout.ts"
import { linksAreSound } from "./links.ts"
import { loadDoc } from "./plan-space.ts"
import { takesBackItsOwn } from "./taken-back.ts"
import { type News, readNews } from "./update-news.ts"
import { type AcceptedVerdict, type Bearer, DEFAULT_LIMITS, type GuardLimits, refuse, type Verdict } from "./verdict.ts"

/**
 * Judges updates before they reach the log, by applying them to a shadow of the document and looking at what changed.
 *
 * The shadow is the log's document (`#base` and `#tail`) and the updates accepted since (`#pending`). `judge` adds to
 * what is pending; `commit` moves the oldest of it to the tail once the log has it; `rollback` drops it, to be judged
 * again under newer rules. A refusal that has touched the shadow makes it anew from those bytes.
 *
 * Maintained invariant: outside `judge` the shadow holds exactly base, tail and pending.
 */
export class Guard {
  readonly #space: Space
  readonly #party: string | null
  readonly #limits: GuardLimits
  /** whose each Yjs client id is ([LOG4]); ids of pending updates are among them */
  readonly #authors: Map<number, string>
  /** the log's bytes, where they are kept elsewhere; null: they are kept here */
  readonly #source: (() => readonly Uint8Array[]) | null
  #base: readonly Uint8Array[]
  #tail: Uint8Array[] = []
  #pending: { readonly update: Uint8Array; readonly newClients: readonly number[] }[] = []
  #shadow: Y.Doc
  /** at the transaction of what is being judged */
  #look: ((transaction: Y.Transaction) => void) | null = null

  constructor(options: {
    readonly space: Space
    /** of a caucus: whose */
    readonly party: string | null
    /**
     * what the log holds. A function is asked again after each refusal that has touched the shadow, and must then give
     * what `commit` and `apply` have told meanwhile, too: so a room that has these bytes anyway doesn't hold them twice
     */
    readonly state: readonly Uint8Array[] | (() => readonly Uint8Array[])
    readonly authors: ReadonlyMap<number, string>
    readonly limits?: Partial<GuardLimits>
  }) {
    this.#space = options.space
    this.#party = options.party
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.#authors = new Map(options.authors)
    this.#source = typeof options.state === "function" ? options.state : null
    this.#base = typeof options.state === "function" ? [] : options.state
    this.#shadow = this.#load()
  }

  /** May these bytes go into the log? What is accepted is pending until `commit`, but for what brings nothing. */
  judge(update: Uint8Array, bearer: Bearer, rules: EditRules): Verdict {
    if (update.byteLength > this.#limits.updateBytes) return refuse("too_large")
    const news = readNews(this.#shadow.store, update)
    if (news.type === "malformed") return refuse("malformed")
    if (news.type === "missing") return { type: "missing" }
    if (news.type === "nothing") return NOTHING
    const verdict = this.#judgeNews(news, bearer, rules)
    // A stock client, a reader's too, clears away format marks that have lost their effect, and says so. Where it may not
    // edit, that is dropped and not refused: nobody else needs it, and it has done no harm but to its own copy.
    return verdict.type === "rejected" && news.onlyFormats ? NOTHING : verdict
  }

  /**
   * The same for several people's updates at the price of one: all are applied in one transaction, and what came of it is
   * judged by the rights of each. Gives the verdicts when all of them pass. null: one at least would not, or one took
   * back what another had written, which by itself might not have passed; then each has to be judged alone.
   */
  judgeAll(edits: readonly GuardedEdit[], rules: EditRules): readonly AcceptedVerdict[] | null {
    const accepted: AcceptedVerdict[] = []
    const bearers = new Map(edits.map(({ bearer }) => [rightsOf(bearer), bearer]))
    const pendingBefore = this.#pending.length
    const applyEach = () => {
      for (const { update, bearer } of edits) {
        const verdict = this.#admit(update, bearer, rules)
        if (verdict === null) throw new Error("one does not pass")
        if (verdict.touched.length > 0) Y.applyUpdate(this.#shadow, verdict.news)
        accepted.push(verdict)
      }
    }
    const { refusal } = this.#tryOn(
      () => this.#shadow.transact(applyEach),
      (transaction) => {
        if (takesBackItsOwn(transaction)) return refuse("malformed")
        for (const bearer of bearers.values()) {
          const found = this.#judgeChanges(transaction, { bearer, rules, touched: new Set() })
          if (found !== null) return found
        }
        return null
      },
    )
    if (refusal === null) return accepted
    for (const { newClients } of this.#pending.splice(pendingBefore))
      for (const client of newClients) this.#authors.delete(client)
    this.#rebuild()
    return null
  }

  /** Everything that can be said before an update is applied; what may be, is pending from here on. */
  #admit(update: Uint8Array, bearer: Bearer, rules: EditRules): AcceptedVerdict | null {
    if (update.byteLength > this.#limits.updateBytes) return null
    const news = readNews(this.#shadow.store, update)
    if (news.type === "nothing") return NOTHING
    if (news.type !== "news" || this.#forbids(bearer, rules) !== null) return null
    const newClients = this.#newClients(news.clients, bearer)
    if (newClients === null) return null
    for (const client of newClients) this.#authors.set(client, bearer.userId)
    this.#pending.push({ update: news.part, newClients })
    return { type: "ok", touched: ["other"], news: news.part, newClients }
  }

  #forbids(bearer: Bearer, rules: EditRules): Verdict | null {
    if (!bearer.mayEdit || bearer.party === null) return refuse("read_only")
    if (this.#space === "caucus" && bearer.party !== this.#party) return refuse("read_only")
    return this.#space === "plan" && rules.frozen ? refuse("frozen") : null
  }

  /** [LOG4] those of these client ids that nobody has used; null: one is somebody else's. */
  #newClients(clients: readonly number[], bearer: Bearer): readonly number[] | null {
    const newClients: number[] = []
    for (const client of clients) {
      const owner = this.#authors.get(client)
      if (owner === undefined && Y.getState(this.#shadow.store, client) === 0) newClients.push(client)
      else if (owner !== bearer.userId) return null
    }
    return newClients
  }

  #judgeNews({ part, clients }: Extract<News, { type: "news" }>, bearer: Bearer, rules: EditRules): Verdict {
    const forbidden = this.#forbids(bearer, rules)
    if (forbidden !== null) return forbidden
    const newClients = this.#newClients(clients, bearer)
    if (newClients === null) return refuse("foreign_client")
    const touched = new Set<string>()
    const { refusal } = this.#tryOn(
      () => Y.applyUpdate(this.#shadow, part),
      (transaction) => this.#judgeChanges(transaction, { bearer, rules, touched }),
    )
    if (refusal !== null) {
      this.#rebuild()
      return refusal
    }
    for (const client of newClients) this.#authors.set(client, bearer.userId)
    this.#pending.push({ update: part, newClients })
    return { type: "ok", touched: touched.size > 0 ? [...touched] : ["other"], news: part, newClients }
  }

  /** The oldest `count` pending updates are in the log now. */
  commit(count: number): void {
    for (const { update } of this.#pending.splice(0, count)) this.#keep(update)
  }

  /** Forgets what is pending, and the client ids it brought. */
  rollback(): void {
    if (this.#pending.length === 0) return
    for (const { newClients } of this.#pending) for (const client of newClients) this.#authors.delete(client)
    this.#pending = []
    this.#rebuild()
  }

  /** What the log got from elsewhere: another node, an act. `author` null: the bindings of its client ids are known. */
  apply(update: Uint8Array, author: string | null): void {
    if (author !== null) {
      for (const client of Y.parseUpdateMeta(update).to.keys())
        if (!this.#authors.has(client)) this.#authors.set(client, author)
    }
    Y.applyUpdate(this.#shadow, update)
    this.#keep(update)
  }

  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#shadow)
  }

  destroy(): void {
    this.#shadow.destroy()
  }

  #keep(update: Uint8Array): void {
    if (this.#source) return
    this.#tail.push(update)
    if (this.#tail.length < FOLD_AFTER) return
    this.#base = [Y.mergeUpdates([...this.#base, ...this.#tail])]
    this.#tail = []
  }

  #bytes(): readonly Uint8Array[] {
    return [...(this.#source?.() ?? this.#base), ...this.#tail, ...this.#pending.map(({ update }) => update)]
  }

  #load(): Y.Doc {
    const doc = loadJudgedCopy(this.#space, this.#bytes())
    doc.on("afterTransaction", (transaction) => this.#look?.(transaction))
    return doc
  }

  #rebuild(): void {
    this.#shadow.destroy()
    this.#shadow = this.#load()
  }

  /** Applies to the shadow and judges what came of it. */
  #tryOn(apply: () => void, judge: (transaction: Y.Transaction) => Verdict | null): { refusal: Verdict | null } {
    let refusal: Verdict | null = null
    this.#look = (transaction) => {
      this.#look = null
      refusal = linksAreSound(transaction) ? judge(transaction) : refuse("malformed")
    }
    try {
      apply()
    } catch {
      refusal = refuse("malformed") // Yjs throws whatever it likes at bytes that aren't its own; the shadow is made anew
    }
    this.#look = null
    const { pendingStructs, pendingDs } = this.#shadow.store
    // what it needs was found to be there, so structs that still can't be placed point at each other
    if (refusal === null && (pendingStructs !== null || pendingDs !== null)) refusal = refuse("malformed")
    return { refusal }
  }

  #judgeChanges(transaction: Y.Transaction, by: Pick<Changes, "bearer" | "rules" | "touched">): Verdict | null {
    return judgeChanges({
      transaction,
      space: this.#space,
      limits: this.#limits,
      before: () => loadDoc(this.#space, this.#bytes()),
      ...by,
    })
  }
}

export interface GuardedEdit {
  readonly update: Uint8Array
  readonly bearer: Bearer
}

/** Who have these alike may do the same. */
const rightsOf = ({ mayEdit, party, roles }: Bearer): string => [mayEdit, party, ...roles].join(" ")

const NOTHING: AcceptedVerdict = { type: "ok", touched: [], news: new Uint8Array([0, 0]), newClients: [] }
const FOLD_AFTER = 512
