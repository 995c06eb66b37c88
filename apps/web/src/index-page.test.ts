import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

test("[WEB73] the one page of the interface opts out of translation, for everything drawn in it", () => {
  const page = readFileSync(fileURLToPath(new URL("../index.html", import.meta.url)), "utf8")
  const [root = ""] = /<html[^>]*>/.exec(page) ?? []
  expect(root).toContain('translate="no"')
  expect(root).toContain("notranslate")
  expect(page).toContain('<meta name="google" content="notranslate" />')
})
