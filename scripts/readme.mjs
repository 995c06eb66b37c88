// Writes the table of variables into README.md from the list in apps/alternat/src/config.ts. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { root } from "./bootstrap.mjs"

const file = path.join(root, "README.md")
const source = readFileSync(path.join(root, "apps/alternat/src/config.ts"), "utf8")
const block = source.slice(source.indexOf("export const VARIABLES"), source.indexOf("} as const"))
const rows = [...block.matchAll(/^  ([A-Z_]+): \{[\s\S]*?default: "([^"]*)",\s+purpose: "([^"]*)"/gm)].map(
  ([, name, fallback, purpose]) => `| \`${name}\` | ${fallback} | ${purpose} |`,
)
const table = ["| variable | default | |", "|---|---|---|", ...rows].join("\n")
const readme = readFileSync(file, "utf8")
const wanted = readme.replace(/(<!-- variables -->\n)[\s\S]*?(<!-- \/variables -->)/, `$1${table}\n$2`)
if (process.argv.includes("--check")) {
  if (wanted !== readme) {
    console.error("README.md: the table of variables is not what config.ts says; run node scripts/readme.mjs")
    process.exitCode = 1
  }
} else writeFileSync(file, wanted)
