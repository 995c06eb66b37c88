import type { Block, ClauseText, Field, Inline } from "./clause-text.ts"
import type { RussianCase } from "./party.ts"

/**
 * The demo's notation: one line of words, with `{date:end}`, `{party:US|gen}`, `{placeholder:text:channel}` for
 * fields, and a list beside it. Braces that name no field stay words. The value is in normal form.
 */
export const parseText = (source: string, items: readonly string[] = []): ClauseText => {
  const blocks: Block[] = source === "" ? [] : [{ p: parseInlines(source) }]
  if (items.length > 0) blocks.push({ list: items.map(parseInlines) })
  return blocks
}

const parseInlines = (source: string): readonly Inline[] => {
  const inlines: Inline[] = []
  for (const part of source.normalize("NFC").split(/(\{\w+:[^{}]+\})/)) {
    if (part === "") continue
    const inline = parseToken(part) ?? part
    const last = inlines.at(-1)
    if (typeof inline === "string" && typeof last === "string") inlines[inlines.length - 1] = last + inline
    else inlines.push(inline)
  }
  return inlines
}

const PLAIN: ReadonlySet<string> = new Set(["date", "amount", "percent", "rate", "ref"])
const CASES: ReadonlySet<string> = new Set(["nom", "gen", "dat", "acc", "ins", "pre"])
const KINDS: ReadonlySet<string> = new Set(["text", "date", "amount", "person"])

const parseToken = (token: string): Field | null => {
  const match = /^\{(\w+):([^{}]+)\}$/.exec(token)
  const [name = "", rest = ""] = match?.slice(1) ?? []
  if (PLAIN.has(name)) return { field: name as "date" | "amount" | "percent" | "rate" | "ref", key: rest }
  if (name === "party") {
    const [key = "", grammatical = ""] = rest.split("|")
    return CASES.has(grammatical) ? { field: name, key, case: grammatical as RussianCase } : null
  }
  const [kind = "", ...key] = rest.split(":")
  if (name !== "placeholder" || !KINDS.has(kind) || key.length === 0) return null
  return { field: name, key: key.join(":"), kind: kind as "text" | "date" | "amount" | "person" }
}
