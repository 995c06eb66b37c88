// `npm run fuzz [-- PART…] [--runs N] [--seed S]`: the properties of `npm test`, tried far more often and from another
// seed each time. A part is a path, as for `npm test`; without one it is everything that has a long form.
import { randomInt } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"
import { root } from "./bootstrap.mjs"
import { runTests } from "./test.mjs"

export async function runFuzz(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { runs: { type: "string" }, seed: { type: "string" } },
  })
  const runs = values.runs === undefined ? null : wholeNumber("--runs", values.runs)
  const seed = values.seed === undefined ? randomInt(2 ** 31) : wholeNumber("--seed", values.seed)
  console.log(`seed ${seed}; the same again: npm run fuzz -- ${[...args.filter(isNotSeed), "--seed", seed].join(" ")}`)
  process.env.ALTERNAT_FUZZ = JSON.stringify({ runs, seed })
  return runTests(["--project", "unit", ...(positionals.length > 0 ? positionals : longTests())])
}

const isNotSeed = (arg, at, all) => arg !== "--seed" && all[at - 1] !== "--seed" && !arg.startsWith("--seed=")

function wholeNumber(name, text) {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} is a whole number, not "${text}"`)
  return Number(text)
}

/** The test files that ask how much effort they may make. */
function longTests() {
  return ["packages", "apps", "tests"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
      .map((file) => path.join(folder, file))
      .filter((file) => /\beffort\(/.test(readFileSync(path.join(root, file), "utf8"))),
  )
}
