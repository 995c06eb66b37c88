import type * as Y from "yjs"
import { StretchBook, type Stretch as StretchOf } from "./stretch-book.ts"

/** Which update brought something: its place in the log, its author, its time. */
export interface Written {
  readonly seq: number
  readonly author: string
  readonly at: Date
}

export type Stretch = StretchOf<Written>

/** What the fold has learnt of the document's items so far. */
export class Fold {
  /** what brought the words of each place first */
  readonly written = new StretchBook<Written>()
  /** what deleted it: a place is deleted once */
  readonly deleted = new StretchBook<Written>()
  /** whose client ids are ([LOG4]) */
  readonly clients = new Map<number, string>()
  /** deleted places that stand again in a copy, and the copy */
  readonly claims = new Map<string, Y.ID>()
  current: Written = { seq: 0, author: "", at: new Date(0) }

  /** The stretches of an item from a place in it on. */
  within(item: Y.Item, offset: number, length: number): readonly Stretch[] {
    return this.written.find(item.id.client, item.id.clock + offset, length)
  }

  /** How far, from an item's first place on, the author of the update being folded has deleted it, update by update. */
  deletedByAuthor(item: Y.Item): readonly number[] {
    const ends: number[] = []
    let end = item.id.clock
    for (const { clock, length, value } of this.deleted.find(item.id.client, item.id.clock, item.length)) {
      if (clock !== end || value.author !== this.current.author) break
      end += length
      ends.push(end - item.id.clock)
    }
    return ends
  }

  /** Has the author of the update being folded deleted any of these places? */
  hasDeletedByAuthor(client: number, clock: number, length: number): boolean {
    const found = this.deleted.find(client, clock, length)
    return found.some(({ value }) => value.author === this.current.author)
  }
}
