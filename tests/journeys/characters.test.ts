import { mkdirSync } from "node:fs"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Seats } from "./harness/seats.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Signs that people type and paste, in two languages, and what they are told of those that can't stand in a plan. */
const folder = demoFolder()
let browser: Browser
let server: RunningServer
let us: Desk
let ru: Desk
let seats: Seats

beforeAll(async () => {
  const port = await freePort()
  ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
  us = await Desk.open(browser, server.url, "en")
  ru = await Desk.open(browser, server.url, "ru")
  seats = await Seats.take(server.url)
  await Promise.all([us.takeSeat("drafter@us.example"), ru.takeSeat("drafter@ru.example")])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder.remove()
})

const enter = async (desk: Desk, id: string, lang: "en" | "ru") => {
  await desk.focus(id)
  await desk.text(id, lang).getByRole("textbox").click()
  await desk.text(id, lang).locator("[contenteditable=true]").waitFor()
  await desk.page.keyboard.press("ControlOrMeta+End")
}
const toast = (desk: Desk) => desk.page.locator(".toast")
const shot = async (desk: Desk, name: string) => {
  const into = process.env["ALTERNAT_SHOTS"]
  if (into === undefined) return
  mkdirSync(into, { recursive: true })
  await desk.page.screenshot({ path: `${into}/${name}.png` })
}

test("[WEB101] signs of our fonts are typed and read by the other side; an emoji does not come in, and its author is told", async () => {
  await enter(us, "s24.c3", "en")
  await us.page.keyboard.insertText(" ☐ 10⁶ м² ≥ ½ → ☑")
  await ru.shows(ru.text("s24.c3", "en"), "☐ 10⁶ м² ≥ ½ → ☑")
  await us.page.keyboard.insertText("😀")
  await toast(us).getByText("Left out: “😀” (U+1F600), an emoji.").waitFor()
  await shot(us, "typed-en")
  await us.page.keyboard.insertText(" o\ufb03ce")
  await ru.shows(ru.text("s24.c3", "en"), "☑ office")
  await shot(ru, "read-ru")
  await us.saved()
  expect(JSON.stringify((await seats.clause("s24.c3")).en)).not.toContain("😀")
})

test("[WEB101] a paste leaves out what can’t stand, and says so in Russian", async () => {
  await enter(ru, "s24.c3", "ru")
  await ru.page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", " Срок 漢 июнь")
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(event)
  })
  await ru.page.getByText("«漢» (U+6F22), знак, отсутствующий в шрифтах документа").first().waitFor()
  await us.shows(us.text("s24.c3", "ru"), "Срок")
  await shot(ru, "pasted-ru")
  await ru.saved()
  expect(JSON.stringify((await seats.clause("s24.c3")).ru)).toMatch(/Срок +июнь/)
})

test("[WEB101] a form of the page holds no such sign either", async () => {
  await us.focus("s24.c3")
  await us.page.keyboard.press("Escape")
  await us.page
    .getByRole("button", { name: /^Comment/ })
    .first()
    .click()
  const field = us.page.locator("textarea").first()
  await field.click()
  await us.page.keyboard.insertText("Fine 👍 ✅ \u200bhere")
  await toast(us)
    .getByText(/Left out: .*“👍” \(U\+1F44D\), an emoji/)
    .waitFor()
  expect(await field.inputValue()).toBe("Fine  ✔ here")
  await shot(us, "form-en")
})
