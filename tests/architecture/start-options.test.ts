import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const read = (file: string): string => readFileSync(path.join(root, file), "utf8")

/** What stands between Node and the program it runs. */
const optionsOf = (command: readonly string[]): readonly string[] =>
  command.slice(
    1,
    command.findIndex((word) => word.endsWith(".mjs")),
  )

const commandAfter = (text: string, begin: RegExp): readonly string[] =>
  JSON.parse(begin.exec(text)?.[1] ?? "[]") as readonly string[]

describe("Node is started alike", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } }
  const options = optionsOf(scripts.start.split(" "))

  test("npm start has options, and Node knows them", () => {
    expect(options).not.toHaveLength(0)
    // it does not start with one that it does not know
    expect(() => execFileSync(process.execPath, [...options, "-e", "0"])).not.toThrow()
  })

  test.each([
    ["infra/Dockerfile", /^CMD (\[.*\])$/m],
    ["infra/compose.yaml", /^ {2}command: (\["node".*\])$/m],
  ])("%s", (file, begin) => {
    expect(optionsOf(commandAfter(read(file), begin))).toEqual(options)
  })
})
