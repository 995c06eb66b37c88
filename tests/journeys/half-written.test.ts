import type { CommentThread } from "@alternat/plan"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** What one began to write to others, and what it is about. */
describe("comments and forms", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let head: Person

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    us = await Desk.open(browser, server.url, "en")
    head = await Person.signIn(server.url, "head@us.example")
    await us.takeSeat("head@us.example")
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const shared = () => us.page.locator(".rail form.compose textarea")
  const own = () => us.page.locator(".env form.compose textarea")
  const quote = () => us.page.locator("form.compose q").first()
  const close = () => us.page.keyboard.press("Escape")
  const threads = () => head.get<readonly CommentThread[]>("/api/plans/demo/comments")
  const backToText = async () => {
    await us.go("text")
    await us.clause("s18.c2").waitFor()
  }

  test("[WEB71] a half-written comment survives Escape, another clause, another page, Back and a reload", async () => {
    await us.press("s18.c2", us.words.comment)
    await shared().fill("Half a thought")
    const isThere = async () => {
      await us.press("s18.c2", us.words.comment)
      expect(await shared().inputValue()).toBe("Half a thought")
    }
    await close()
    await isThere()
    await close()
    await us.press("s18.c4", us.words.comment)
    expect(await shared().inputValue()).toBe("")
    await close()
    await us.page.locator(".begun").getByText("Half a thought").waitFor()
    await us.page.locator(".begun").getByRole("button", { name: "Continue" }).click()
    expect(await shared().inputValue()).toBe("Half a thought")
    await us.go("costs")
    await us.page.getByRole("grid").waitFor()
    await us.page.goBack()
    await us.clause("s18.c2").waitFor()
    await isThere()
    await us.page.reload()
    await us.clause("s18.c2").waitFor()
    await isThere()
    await us.page.getByRole("button", { name: us.words.sendShared }).click()
    await us.page.locator(".rail .th").getByText("Half a thought").waitFor()
    expect(await us.page.locator(".begun").count()).toBe(0)
  })

  test("[WEB72] words taken into the caucus leave the shared form, and come to no form that both delegations read", async () => {
    await us.press("s18.c2", us.words.comment)
    await shared().fill("Between ourselves")
    await us.page.getByRole("button", { name: "Only our caucus" }).click()
    await expect.poll(() => own().inputValue()).toBe("Between ourselves")
    await own().fill("Between ourselves, fifty days")
    await us.page
      .locator(".env")
      .getByRole("button", { name: /^Both delegations/ })
      .click()
    expect(await shared().inputValue()).toBe("")
    await close()
    expect(await us.page.locator(".rail").innerText()).not.toContain("Between ourselves")
    await us.page.locator(".rail .cau").click()
    await us.page
      .getByRole("tab", { name: /^Comments/ })
      .last()
      .click()
    await us.page.locator(".env .begun").getByText("Between ourselves, fifty days").waitFor()
    await us.page.locator(".env .begun").getByRole("button", { name: "Discard" }).click()
    await us.page.getByRole("button", { name: "Close the caucus" }).click()
  })

  test("[WEB71] so do replies, reasons, reserves and the forms of the cost page", async () => {
    await us.focus("s17.c3")
    const reply = () => us.page.locator(".rail .th.on textarea")
    await reply().fill("Half a reply")
    await us.clause("s17.c3").getByRole("button", { name: "More acts" }).click()
    await us.page
      .getByRole("menuitem", { name: "Enter a reserve" })
      .or(us.page.getByRole("menuitem", { name: "Enter a reserve" }))
      .click()
    const sheet = us.page.getByRole("dialog")
    await sheet.locator("textarea[lang=en]").fill("Scrutiny is not over")
    await close()
    await us.go("costs")
    const cell = us.page.getByRole("gridcell", { name: /L12.*2012/ }).first()
    await cell.click()
    await us.page.keyboard.press("c")
    await sheet.getByRole("textbox", { name: "Comment" }).fill("Half a cell comment")
    await sheet.getByLabel("Who reads it").selectOption({ label: "Own caucus only" })
    expect(await sheet.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("")
    await us.page.reload()
    await cell.click()
    await us.page.keyboard.press("c")
    expect(await sheet.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("Half a cell comment")
    await close()
    await backToText()
    await us.focus("s17.c3")
    expect(await reply().inputValue()).toBe("Half a reply")
    await us.clause("s17.c3").getByRole("button", { name: "More acts" }).click()
    await us.page.getByRole("menuitem", { name: /a reserve$/ }).click()
    expect(await sheet.locator("textarea[lang=en]").inputValue()).toBe("Scrutiny is not over")
    await close()
  })

  test("[EDIT48] a comment hangs on the selected words: by the button and by C, at rest and after a live text", async () => {
    await us.choose("read")
    await us.selectWords("s18.c2", "en")
    await us.page.keyboard.press("c")
    const words = await quote().innerText()
    expect(words.length).toBeGreaterThan(8)
    await close()
    await us.choose("draft")
    await us.selectWords("s18.c2", "en")
    await us.page.keyboard.press("c")
    expect(await quote().innerText()).toBe(words)
    await close()
    await us.selectWords("s18.c2", "en")
    await us.clause("s18.c2").getByRole("button", { name: us.words.comment }).click()
    expect(await quote().innerText()).toBe(words)
    await us.page.getByRole("button", { name: "On the whole clause" }).click()
    expect(await quote().count()).toBe(0)
    await close()
    // in a live text: selected by the keyboard, then the button, then Escape and C
    const before = (await head.get<unknown>("/api/plans/demo")) as { plan: unknown }
    await us.type("s18.c4", "en", "")
    await us.page.keyboard.press("Control+Home")
    for (let step = 0; step < 12; step += 1) await us.page.keyboard.press("Shift+ArrowRight")
    await us.clause("s18.c4").getByRole("button", { name: us.words.comment }).click()
    const live = await quote().innerText()
    expect(live.length).toBeGreaterThan(6)
    await close()
    await us.type("s18.c4", "en", "")
    await us.page.keyboard.press("Control+Home")
    for (let step = 0; step < 12; step += 1) await us.page.keyboard.press("Shift+ArrowRight")
    await us.page.keyboard.press("Escape")
    await us.page.keyboard.press("c")
    expect(await quote().innerText()).toBe(live)
    await shared().fill("On these words")
    await us.page.getByRole("button", { name: us.words.sendShared }).click()
    await us.page.locator(".rail .th").getByText("On these words").waitFor()
    const sent = (await threads()).find((thread) => thread.entries[0]?.text === "On these words")
    expect(sent?.target).toMatchObject({ type: "selection", clauseId: "s18.c4", lang: "en" })
    // a click beside the words is about the clause again
    await us.selectWords("s18.c2", "en")
    await us.clause("s18.c2").locator(".cn").click()
    await us.page.keyboard.press("c")
    expect(await quote().count()).toBe(0)
    await close()
    expect(((await head.get<unknown>("/api/plans/demo")) as { plan: unknown }).plan).toEqual(before.plan)
  })

  test("[WEB71] a sign-out offers what was begun as a file and then removes it", async () => {
    await us.press("s18.c2", us.words.comment)
    await shared().fill("Left behind")
    await close()
    await us.page.locator("button.user-menu").click()
    await us.page.getByRole("menuitem", { name: us.words.signOut }).click()
    await us.page.getByRole("alertdialog").getByRole("button", { name: "Sign out without them" }).click()
    await us.page.getByRole("button", { name: "head@us.example" }).waitFor()
    await expect
      .poll(() => us.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":half:"))))
      .toEqual([])
    await us.takeSeat("head@us.example")
    await us.press("s18.c2", us.words.comment)
    expect(await shared().inputValue()).toBe("")
    expect(us.complaints).toEqual([])
  })
})
