import type { AuthorId } from "./update-log.ts"

const SEEN_AT_MOST = 10_000

/** Whose each Yjs client id is, as far as one room has seen them ([LOG4]). */
export class ClientUsers {
  readonly #users = new Map<number, AuthorId>()

  /** The log says so. */
  bind(clientId: number, user: AuthorId): void {
    this.#users.set(clientId, user)
  }

  /** A client id that somebody has written under, or shows a caret under, is nobody else's. */
  mayUse(clientId: number, user: AuthorId): boolean {
    const owner = this.#users.get(clientId)
    if (owner === undefined && this.#users.size < SEEN_AT_MOST) this.#users.set(clientId, user)
    return owner === undefined || owner === user
  }

  clear(): void {
    this.#users.clear()
  }
}
