import type { DocumentModel } from "./model.ts"

/** The leaves of `plan.json`, and the few that are not printed. */
export interface Leaf {
  readonly path: readonly string[]
  readonly value: string | number | boolean
}

/** Rows and list places count as one: `tables.priorities.*.indicators.*.name.en`. */
export const kindOf = ({ path }: Leaf): string => path.map((step) => (/^\d+$/.test(step) ? "*" : step)).join(".")

export function leavesOf(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [{ path, value }]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...path, key]))
}

export function withLeaf<T>(value: T, [step, ...rest]: readonly string[], to: unknown): T {
  if (step === undefined) return to as T
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  copy[step] = withLeaf(copy[step], rest, to)
  return copy as T
}

/** Leaves that are no words of the document, each with the reason why paper does not need it. */
export const NOT_PRINTED: readonly { readonly kind: RegExp; readonly reason: string }[] = [
  {
    kind: /^(format|id)$/,
    reason: "names the file's form and the plan within the product; the hash on the title page covers it",
  },
  {
    kind: /^sections\.\*\.(id|kind|mandatory|number)$/,
    reason: "addresses a part within the product; its printed number follows from the order",
  },
  {
    kind: /^sections\.\*\.clauses\.\*\.id$/,
    reason: "addresses a clause within the product; its printed number follows from the order",
  },
  {
    kind: /^sections\..*\.(field|id|key|of|path|form|kind|case|name|table|row|column|currency|ref|annex|section|target)$/,
    reason: "names what a field stands for; the words it stands for are printed",
  },
  {
    kind: /^tables\.(annexes|committee|executive_agents|fx_review|glossary|in_kind_valuations|persons|escalation)\.\*\.id$/,
    reason: "keys of rows that nothing on paper names; they stand by their words",
  },
  {
    kind: /^tables\.(executive_agents|persons|sites)\.\*\.fictional$/,
    reason: "marks data of an example; the title page says so",
  },
  { kind: /^tables\.glossary\.\*\.source$/, reason: "where the entry comes from, for its editors" },
  {
    kind: /^tables\.posts\.\*\.functions\./,
    reason: "tells the product which post it asks for what; the text names the post",
  },
  {
    kind: /^tables\.(decision_rights|reports)\.\*\.type$/,
    reason: "sorts rows for the checks; the words of the row say it",
  },
  {
    kind: /^tables\.priorities\.\*\.indicators\.\*\.direction$/,
    reason: "follows from starting value and target, which are printed",
  },
  { kind: /^tables\.cost_lines\.\*\.years\.\*\.us_share_bp$/, reason: "follows from the amounts, which are printed" },
  {
    kind: /^terms\.(binding|plan_year_basis|fx\.rate_type|fx\.source)$/,
    reason: "has one value, or a note in one language; the text and the title page say it in both",
  },
  { kind: /^parties\./, reason: "forms of a side's names; each is printed where the text calls for that form" },
  { kind: /^titlePage\.fiction$/, reason: "absent from a plan that is no example" },
  { kind: /^signature\.labels\.acting\./, reason: "is printed by the signature page once an acting person signs" },
  { kind: /^signature\.blocks\./, reason: "the blanks of the signature page are its lines, each with its label" },
]

/** Words that are printed where something names their row, and under another name in one case. */
const PRINTED_ELSEWHERE: readonly { readonly kind: RegExp; readonly reason: string }[] = [
  { kind: /^tables\.sites\.\*\.label\./, reason: "is printed by the rows of its site" },
  {
    kind: /^tables\.posts\.\*\.short\./,
    reason: "is printed by the rows that name the post; its title is on the list of posts",
  },
]

/** The words of `plan.json` that a document must hold, in the wording of its original. */
export function wordLeaves(
  plan: unknown,
  model: DocumentModel,
): readonly { readonly kind: string; readonly text: string }[] {
  const skipped = [...NOT_PRINTED, ...PRINTED_ELSEWHERE]
  const listed = new Set(model.sections.filter((section) => section.kind === "annex").map((section) => section.number))
  return leavesOf(plan).flatMap((leaf) => {
    const kind = kindOf(leaf)
    const lang = leaf.path.find((step) => /^(en|ru|lat|cyr)$/.test(step))
    if (typeof leaf.value !== "string" || leaf.value === "" || lang === undefined) return []
    if (skipped.some((one) => one.kind.test(kind))) return []
    return isOtherWording(plan, leaf.path, model, listed) ? [] : [{ kind: leaf.path.join("."), text: leaf.value }]
  })
}

/** A text that this original has in other words: the other order of the parties, or the annex's title on the list. */
function isOtherWording(
  plan: unknown,
  path: readonly string[],
  model: DocumentModel,
  listed: ReadonlySet<number | null>,
): boolean {
  if (path[0] !== "sections") return false
  const section = at(plan, path.slice(0, 2)) as { readonly kind: string; readonly number: number | null }
  if (path[2] === "heading") return section.kind === "annex" && listed.has(section.number)
  const clause = at(plan, path.slice(0, 4)) as { readonly alternat?: unknown }
  if (clause.alternat === undefined || model.original === "working") return path[4] === "alternat"
  const isFirst = path.includes(model.langs[0])
  return (path[4] === "alternat") === isFirst
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((held, step) => (held as Readonly<Record<string, unknown>>)[step], value)
