import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** The clipboard between a word processor, two delegations and an e-mail. */
describe("clipboard", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    ;[us, ru] = await Promise.all([Desk.open(browser, server.url, "en"), Desk.open(browser, server.url, "ru")])
    await Promise.all([us.takeSeat("drafter@us.example"), ru.takeSeat("drafter@ru.example")])
    await Promise.all([us, ru].map((desk) => desk.context.grantPermissions(["clipboard-read", "clipboard-write"])))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const put = (desk: Desk, html: string) =>
    desk.page.evaluate(
      (of) => navigator.clipboard.write([new ClipboardItem({ "text/html": new Blob([of], { type: "text/html" }) })]),
      html,
    )

  test("[EDIT51] hidden and struck words stay behind, both authors are told in their language, and the other side reads none", async () => {
    for (const [desk, other, lang, told] of [
      [us, ru, "en", ["2 hidden words were left out", "1 struck word was left out."]],
      [ru, us, "ru", ["Не перенесены 2 скрытых слова", "Не перенесено 1 зачеркнутое слово."]],
    ] as const) {
      await put(
        desk,
        `<p>Pasted <span style="display:none;mso-hide:all">REDLINE SECRET</span><s>STRUCKWORD</s> 10<sup>6</sup> ${lang}</p>`,
      )
      await other.clause("s18.c2").scrollIntoViewIfNeeded()
      await desk.type("s18.c2", lang, " ")
      await desk.page.keyboard.press("Control+V")
      for (const words of told) await desk.text("s18.c2", lang).getByText(words).waitFor()
      await expect.poll(() => other.text("s18.c2", lang).innerText()).toContain(`Pasted 10⁶ ${lang}`)
      for (const words of ["REDLINE", "SECRET", "STRUCKWORD"])
        expect(await other.text("s18.c2", lang).innerText()).not.toContain(words)
      if (process.env["SHOTS"]) await desk.page.screenshot({ path: `${process.env["SHOTS"]}/paste-${lang}.png` })
      await desk.text("s18.c2", lang).locator(".pasted").getByRole("button").click()
      await desk.page.locator(".pasted").waitFor({ state: "detached" })
      await desk.page.keyboard.press("Escape")
    }
  })

  test("[EDIT54] a copy of a text at rest has its brackets and the words of its values", async () => {
    for (const [desk, lang, label] of [
      [us, "en", /\[(US|RF)(: |, delete: )[^\]]+\]/],
      [ru, "ru", /\[(США|РФ)(: |, исключить: )[^\]]+\]/],
    ] as const) {
      const bracketed = desk.page.locator(`.tx.${lang} .tx-rest:has(.br)`).first()
      await bracketed.scrollIntoViewIfNeeded()
      await bracketed.evaluate((element) => {
        const selection = getSelection()
        selection?.selectAllChildren(element)
      })
      await desk.page.keyboard.press("Control+C")
      const copied = await desk.page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toMatch(label)
      expect(copied).not.toMatch(/L\d\d/)
    }
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })
})
