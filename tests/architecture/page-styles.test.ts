import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const pages = fileURLToPath(new URL("../../apps/web/src/pages", import.meta.url))

/** Words of a plan, fields in them, and what is the caucus': they look alike wherever they stand. */
const ALIKE = new Set(["tx", "fld", "env", "env-in"])

/** A page's styles stay when one has gone on to the next: a class that another page uses, too, must be tied to its own. */
test("no page gives a look to what stands on another", () => {
  const names = readdirSync(pages)
  const used = new Map(names.map((name) => [name, classesIn(name)]))
  const strays = names.flatMap((name) =>
    [...loneClasses(name)].flatMap((one) =>
      names
        .filter((other) => other !== name && !ALIKE.has(one) && used.get(other)?.has(one))
        .map((other) => `.${one} of ${name} on ${other}`),
    ),
  )
  expect(strays).toEqual([])
})

/** Classes that a stylesheet of the page names with nothing before them, and nothing they must have beside them. */
function loneClasses(page: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts(page, ".css")) {
    const rules = text.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]+)\{/g)
    for (const [, selectors = ""] of rules)
      for (const selector of selectors.split(",")) {
        const one = /^\.([\w-]+)((?:[.:][\w-]+(?:\([^)]*\))?)*)$/.exec(selector.trim())?.[1]
        if (one && !selector.includes(":has(")) found.add(one)
      }
  }
  return found
}

function classesIn(page: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts(page, ".tsx"))
    for (const [, plain, computed = ""] of text.matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g))
      for (const word of plain === undefined ? computed.matchAll(/["`]([^"`]*)["`]/g) : [[plain, plain]])
        for (const one of word[1]?.split(/\s+/) ?? []) found.add(one)
  return found
}

const texts = (page: string, ending: string): readonly string[] =>
  readdirSync(path.join(pages, page), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(path.join(pages, page, file), "utf8"))
