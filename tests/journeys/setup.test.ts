import path from "node:path"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { freePort, type RunningServer, runProgram, startServer, temporaryFolder } from "./harness/server.ts"

const PASSWORD = "set up by a journey"
const TITLE = { en: "Plan of the first table", ru: "План первого стола" }

/** An installation of one's own: no demo, nobody in it, until somebody follows the link that `init` prints. */
describe("the first seats of an installation without the demo", () => {
  const folder = temporaryFolder()
  let browser: Browser
  let server: RunningServer
  let env: Record<string, string>
  let link: string

  beforeAll(async () => {
    const port = await freePort()
    env = { DEMO: "off", PORT: String(port), DATA_DIR: folder.dataDir }
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port, env })])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const open = async (lang: "en" | "ru"): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 960 },
      locale: lang === "en" ? "en-US" : "ru-RU",
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return page
  }
  const init = () => runProgram(["init"], env)
  const shot = (page: Page, name: string) => {
    const to = process.env["ALTERNAT_SHOTS"]
    return to ? page.screenshot({ path: path.join(to, `${name}.png`), fullPage: true }) : undefined
  }

  test("[WEB111] from the one-time link, past a weak password, to both heads at their blank plan", async () => {
    const { code, stdout, stderr } = await init()
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(new RegExp(`^${server.url}/setup#[A-Za-z0-9_-]{40,}\n$`))
    link = stdout.trim()

    const page = await open("en")
    await page.goto(`${server.url}/sign-in`)
    await page.getByText("alternat -- init").waitFor()
    await page.goto(link)
    const us = page.getByRole("region", { name: /United States/ })
    const ru = page.getByRole("region", { name: /Russian Federation/ })
    await us.getByRole("button", { name: "Clearing official" }).click()
    await ru.getByRole("button", { name: "Translator" }).click()
    await fillSeat(us, "Head of delegation", "head@first.example", "Ada North", "Ада Норт")
    await fillSeat(us, "Clearing official", "clears@first.example", "Ben West", "Бен Уэст")
    await fillSeat(ru, "Head of delegation", "HEAD@first.example", "Olga Vostokova", "Ольга Востокова")
    await fillSeat(ru, "Translator", "words@second.example", "Igor Yuzhin", "Игорь Южин")
    await page.getByLabel("Title in English").fill(TITLE.en)
    await page.getByLabel("Title in Russian").fill(TITLE.ru)
    await shot(page, "setup-filled")
    await page.getByRole("button", { name: "Make the seats and the plan" }).click()
    await page.getByText("stands here twice").waitFor()
    await shot(page, "setup-twice")
    await ru.getByLabel("E-mail").first().fill("head@second.example")
    await refuseWeakPassword(page, us)
    await page.getByRole("button", { name: "Make the seats and the plan" }).click()
    await page.getByText("Both delegations can sign in now.").waitFor()
    await shot(page, "setup-ready")
    expect(page.url()).not.toContain("#")

    await signIn(page, "head@first.example", "Sign in")
    await page.getByRole("link", { name: TITLE.en }).first().click()
    await page.locator("[data-clause='preamble.c1']").waitFor()
    const theirs = await open("ru")
    await theirs.goto(`${server.url}/sign-in`)
    await signIn(theirs, "head@second.example", "Войти")
    await theirs.getByRole("link", { name: TITLE.ru }).first().click()
    await theirs.locator("[data-clause='preamble.c1']").waitFor()
    for (const head of [page, theirs]) expect(await clauses(head)).toEqual(expect.arrayContaining(sections()))
    await shot(page, "plan-us")
    await shot(theirs, "plan-ru")

    // the first words of the plan, seen across the table
    const first = page.locator("[data-clause='s1.c1']")
    await first.scrollIntoViewIfNeeded()
    await first.locator(".tx.en").getByRole("textbox").click()
    await first.locator(".tx.en [contenteditable=true]").waitFor()
    await page.keyboard.type("The Sides sustain what was built.")
    await theirs
      .locator("[data-clause='s1.c1'] .tx.en")
      .filter({ hasText: "The Sides sustain what was built." })
      .waitFor()
    await shot(page, "plan-us-first")
  })

  /** [WEB111] in the flow of the first story: the field is named in either language, and is good again when it is changed */
  async function refuseWeakPassword(page: Page, us: Locator) {
    const field = us.getByLabel(/^Password/).last()
    await field.fill("BenWest2026")
    await page.getByRole("button", { name: "Make the seats and the plan" }).click()
    await page.getByText("built on the person’s own name").waitFor()
    expect(await field.evaluate((node) => node === document.activeElement)).toBe(true)
    await shot(page, "setup-weak-en")
    await page.getByRole("radio", { name: "RU" }).click()
    await page.getByText("составлен из имени или адреса").waitFor()
    await shot(page, "setup-weak-ru")
    await page.getByRole("radio", { name: "EN" }).click()
    await field.fill(PASSWORD)
    expect(await page.getByText("built on the person’s own name").count()).toBe(0)
  }

  test("the link works once, and no other is made", async () => {
    const again = await init()
    expect([again.code, again.stdout]).toEqual([1, ""])
    expect(again.stderr.trim().split("\n")).toHaveLength(1)
    const page = await open("ru")
    await page.goto(link)
    await page.getByRole("heading", { name: "В этой системе уже есть участники" }).waitFor()
    await shot(page, "setup-over")
    const person = { email: "x@third.example", name: { en: "X", ru: "Х" }, password: PASSWORD }
    const people = [{ ...person, roles: ["head", "releasing", "clearing", "members"] }]
    const other = [{ ...people[0], email: "y@third.example" }]
    const reply = await fetch(`${server.url}/api/setup`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({
        token: new URL(link).hash.slice(1),
        delegations: [
          { party: "US", people },
          { party: "RU", people: other },
        ],
      }),
    })
    expect(reply.status).toBe(410)
  })

  test("with the demo there is nothing to set up: one clear line", async () => {
    const refused = await runProgram(["init"], { ...env, DEMO: "on" })
    expect([refused.code, refused.stdout]).toEqual([1, ""])
    expect(refused.stderr).toMatch(/^alternat: .*DEMO=off.*\n$/)
  })
})

async function fillSeat(side: ReturnType<Page["getByRole"]>, seat: string, email: string, en: string, ru: string) {
  const fields = side.getByRole("group", { name: seat })
  await fields.getByLabel("Name in English").fill(en)
  await fields.getByLabel("Name in Russian").fill(ru)
  await fields.getByLabel("E-mail").fill(email)
  await fields.getByLabel(/^Password/).fill(PASSWORD)
}

async function signIn(page: Page, email: string, button: string): Promise<void> {
  await page.locator("input[name=email]").fill(email)
  await page.locator("input[name=password]").fill(PASSWORD)
  await page.getByRole("button", { name: button, exact: true }).click()
}

const sections = () => Array.from({ length: 28 }, (_, i) => `s${i + 1}.c1`)
const clauses = (page: Page): Promise<(string | null)[]> =>
  page.locator("[data-clause]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-clause")))
