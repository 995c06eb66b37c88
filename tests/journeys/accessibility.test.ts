import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

/** Every page, and by what one sees that it has come. */
const PAGES = [
  ["home", "/", ".home .app, main"],
  ["text", "/plans/demo", "[data-clause='preamble.c1']"],
  ["priorities", "/plans/demo/priorities", "svg.slope"],
  ["roles", "/plans/demo/roles", "[data-at='1/4']"],
  ["costs", "/plans/demo/costs", "[role=grid]"],
  ["history", "/plans/demo/history", "main li, main tr"],
  ["sign-off", "/plans/demo/sign-off", ".so-open li"],
  ["verify", "/verify", "main h1"],
  ["no such page", "/nothing-here", "main h3"],
] as const

const SEATS = { en: "head@us.example", ru: "head@ru.example" } as const

/** The rules of WCAG 2.2, levels A and AA, that a machine can check: on every page, in both languages and both themes. */
describe("accessibility", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  test.each(["en", "ru"] as const)("no page breaks a rule, %s", async (lang) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: lang === "en" ? "en-US" : "ru-RU",
      // a colour on its way to another one would be measured between the two
      reducedMotion: "reduce",
    })
    const page = await context.newPage()
    const found: string[] = []
    const look = async (name: string) => {
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await page.locator(`html[data-theme=${theme}]`).waitFor()
        // between the themes nothing changes but colour
        const rules = theme === "light" ? { type: "tag", values: RULES } : { type: "rule", values: ["color-contrast"] }
        found.push(...(await violations(page, rules)).map((one) => `${name}, ${theme}: ${one}`))
      }
    }
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole("button", { name: SEATS[lang] }).waitFor()
    await look("sign-in")
    await page.getByRole("button", { name: SEATS[lang] }).click()
    await page.locator(".mast .user-menu").waitFor()
    for (const [name, address, arrived] of PAGES) {
      await page.goto(server.url + address)
      await page.locator(arrived).first().waitFor()
      await look(name)
    }
    expect(found).toEqual([])
    await context.close()
  })
})

/** What axe finds on the page as it stands, each with the rule and the element. */
async function violations(
  page: Page,
  runOnly: { readonly type: string; readonly values: readonly string[] },
): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: Axe }
    const report = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
    return report.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary ?? rule.help}`),
    )
  }, runOnly)
}

interface Axe {
  run(
    root: Document,
    options: object,
  ): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly help: string
      readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
    }[]
  }>
}
