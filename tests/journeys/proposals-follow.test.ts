import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Two delegations at one clause with proposals on it, while its working text goes on being written. */
describe("proposals that follow the working text", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    const sit = async (email: string, lang: "en" | "ru") => {
      const desk = await Desk.open(browser, server.url, lang)
      await desk.takeSeat(email)
      return desk
    }
    ;[us, ru] = await Promise.all([sit("head@us.example", "en"), sit("head@ru.example", "ru")])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const button = (desk: Desk, name: string | RegExp) => desk.page.getByRole("button", { name }).first()

  test("[WEB85] RF types a sign elsewhere in 17.2; the brackets stay their owners', and the U.S. consent is taken", async () => {
    await ru.type("s17.c2", "en", "!")
    await us.focus("s17.c2")
    await expect.poll(() => us.text("s17.c2", "en").innerText()).toContain("!")
    await us.page.getByText("the proposal follows it by itself").first().waitFor()
    expect(await us.page.locator("[data-proposals] del").filter({ hasText: "!" }).count()).toBe(0)
    await button(us, "Consent to RF wording").click()
    await us.page.getByText("over earlier words").first().waitFor()
    await expect.poll(() => us.text("s17.c2", "en").innerText()).toContain("45")
  })

  test("[WEB86] over words that moved both read why there is no consent, and the owner holds the proposal", async () => {
    await ru.focus("s17.c2")
    await ru.page.getByText("единого текста для согласия нет").first().waitFor()
    expect(await button(ru, "Принять редакцию США").count()).toBe(0)
    await us.page.getByText("Until we hold it over today’s words").first().waitFor()
    await button(us, "Hold over today’s words").click()
    await button(ru, "Принять редакцию США").click()
    await expect.poll(() => ru.text("s17.c2", "en").innerText()).toContain("30 days")
    expect(await ru.text("s17.c2", "en").innerText()).toContain("!")
  })
})
