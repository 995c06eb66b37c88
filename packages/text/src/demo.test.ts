import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { lintClause, parseNotation } from "./index.ts"

const demo = JSON.parse(readFileSync(new URL("../../plan/demo/demo-plan-text.json", import.meta.url), "utf8"))
const tables = JSON.parse(readFileSync(new URL("../../plan/demo/demo-plan-tables.json", import.meta.url), "utf8"))
const clauses = [...demo.sections, demo.annex8, demo.signature].flatMap((s) => s.clauses)
test("[TEXT15] the demo plan has no error-level finding", () => {
  const found = clauses.flatMap((c) =>
    lintClause(
      { en: parseNotation(c.en ?? ""), ru: parseNotation(c.ru ?? "") },
      { glossary: tables.glossary, binding: false },
    ).map((f) => ({ id: c.id, ...f, w: f.message.en })),
  )
  console.log(found.length, found.map((f) => `${f.id} ${f.lang} ${f.code} ${f.w}`).join("\n"))
  expect(found.filter((f) => f.severity === "error")).toEqual([])
})
