import type { RussianCase } from "./party.ts"

/**
 * A clause's text in one language, as a value: what is hashed, proposed, compared and exported.
 * Normal form: NFC, neighbouring plain strings joined, no empty strings, no empty blocks but a lone empty paragraph.
 * Figures, dates, cross-references and party names are fields bound to the tables, never typed text.
 */
export type ClauseText = readonly Block[]

export type Block =
  | { readonly p: readonly Inline[] }
  /** items are lettered by language when rendered: (a) (b) / а) б) */
  | { readonly list: readonly (readonly Inline[])[] }

export type Inline = string | Emphasis | Field
export interface Emphasis {
  readonly em: string
}

/** `{date:handover}`, `{amount:L10.us}`, `{ref:s17.c6}`, `{party:US|gen}`, `{placeholder:text:channel}` in the demo's notation. */
export type Field =
  | { readonly field: "date" | "amount" | "percent" | "rate" | "ref"; readonly key: string }
  | { readonly field: "party"; readonly key: string; readonly case: RussianCase }
  | { readonly field: "placeholder"; readonly key: string; readonly kind: "text" | "date" | "amount" | "person" }

export const EMPTY_TEXT: ClauseText = []
