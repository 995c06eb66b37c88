import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Line } from "./harness/line.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

describe("leaving a seat", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let desk: Desk

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    desk = await Desk.open(browser, server.url, "en")
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  test("[ROOM42] signing out leaves nothing of the plan or the caucus on the device", async () => {
    await desk.takeSeat("head@us.example")
    await desk.press("s17.c2", desk.words.openDraft)
    await desk.type("s18.c2", "en", " A word that stays.")
    await desk.saved()
    expect((await kept(desk)).length).toBeGreaterThan(1)
    await desk.leaveSeat()
    await expect.poll(() => kept(desk)).toEqual([])
  })

  test("[WEB95] signing out in one tab asks the others, keeps what they type, and takes them along", async () => {
    const words = " Typed in the second tab."
    const first = await Desk.open(browser, server.url, "en")
    const line = await Line.of(first.context)
    await first.takeSeat("drafter@us.example")
    const second = await Desk.another(first.context, server.url, "en")
    await second.openPlan()
    await line.cut()
    await second.type("s18.c2", "en", words)
    const signOut = async () => {
      await first.page.locator("button.user-menu").click()
      await first.page.getByRole("menuitem", { name: first.words.signOut }).click()
      await first.page.getByRole("heading", { name: "One text has not reached the server" }).waitFor()
    }
    await signOut()
    // the other one takes no more typing, and may call it off
    await second.page.getByRole("heading", { name: "You are signing out in another window" }).waitFor()
    await second.page.getByRole("button", { name: "Go on working here" }).click()
    await expect.poll(() => first.page.getByRole("alertdialog").count()).toBe(0)
    await second.type("s18.c2", "en", " And more.")
    await signOut()
    line.mend()
    const download = first.page.waitForEvent("download")
    await first.page.getByRole("button", { name: "Save as a file and sign out" }).click()
    const stream = await (await download).createReadStream()
    let text = ""
    for await (const chunk of stream) text += String(chunk)
    expect(text).toContain("Typed in the second tab. And more.")
    for (const desk of [first, second]) await desk.page.getByRole("button", { name: "head@us.example" }).waitFor()
    await expect.poll(() => kept(first)).toEqual([])
    expect([...first.complaints, ...second.complaints]).toEqual([])
    await first.context.close()
  })

  test("[WEB95] unsaved words of a tab that was closed are offered by whoever signs out in another", async () => {
    const first = await Desk.open(browser, server.url, "en")
    const line = await Line.of(first.context)
    await first.takeSeat("drafter@us.example")
    const second = await Desk.another(first.context, server.url, "en")
    await second.openPlan()
    await line.cut()
    await second.type("s18.c2", "en", " Left behind.")
    await expect.poll(() => second.page.getByText(second.words.notSaved).count()).toBeGreaterThan(0)
    await second.page.waitForTimeout(300)
    await second.page.close({ runBeforeUnload: false })
    await first.page.goto(`${server.url}/`).catch(() => undefined)
    await first.page.locator("button.user-menu").click()
    await first.page.getByRole("menuitem", { name: first.words.signOut }).click()
    await first.page.getByRole("heading", { name: "One text has not reached the server" }).waitFor()
    line.mend()
    await first.page.getByRole("button", { name: "Cancel" }).click()
    await first.context.close()
  })

  test("[WEB53] words that wait when a seat ends elsewhere are kept, and sent when it is taken again", async () => {
    const words = " Written on a seat that had ended."
    const us = await Desk.open(browser, server.url, "en")
    const line = await Line.of(us.context)
    await us.takeSeat("drafter@us.example")
    await line.cut()
    await us.type("s18.c2", "en", words)
    await signOutElsewhere(us)
    line.mend()
    await us.page.getByText("Your seat here has ended.").waitFor()
    await us.page.getByText("One text is unsaved and kept on this computer.").waitFor()
    await us.page.getByRole("link", { name: "Sign in again" }).click()
    await us.page.getByRole("button", { name: "drafter@us.example" }).click()
    await us.saved()
    const ru = await Desk.open(browser, server.url, "ru")
    await ru.takeSeat("head@ru.example")
    await ru.focus("s18.c2")
    await expect.poll(() => ru.text("s18.c2", "en").innerText()).toContain(words.trim())
    await Promise.all([us.context.close(), ru.context.close()])
  })

  test("[WEB44] what has not reached the server is offered as a file before it is removed", async () => {
    await desk.takeSeat("drafter@us.example")
    await server.kill()
    await desk.type("s18.c2", "en", " Written while the line was cut.")
    await desk.page.locator("button.user-menu").click()
    await desk.page.getByRole("menuitem", { name: desk.words.signOut }).click()
    await desk.page.getByRole("heading", { name: "One text has not reached the server" }).waitFor()
    const download = desk.page.waitForEvent("download")
    await desk.page.getByRole("button", { name: "Save as a file and sign out" }).click()
    const stream = await (await download).createReadStream()
    let text = ""
    for await (const chunk of stream) text += String(chunk)
    expect(text).toContain("Written while the line was cut.")
    // the server is away, so nobody is signed out and nothing is removed
    await desk.page.getByText("you are still signed in").waitFor()
    expect((await kept(desk)).length).toBeGreaterThan(0)
  })
})

/** The session of this browser ends at the server, and its pages hear nothing of it. */
async function signOutElsewhere({ context, url }: Desk): Promise<void> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ")
  const headers = { cookie, origin: url, "content-type": "application/json" }
  const reply = await fetch(`${url}/api/auth/sign-out`, { method: "POST", headers, body: "{}" })
  expect(reply.status).toBe(200)
}

/** What this person's sessions keep in the browser. */
const kept = (desk: Desk): Promise<readonly string[]> =>
  desk.page.evaluate(async () => [
    ...(await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith("alternat:") ? [name] : [])),
    ...Object.keys(localStorage).filter((name) => name.startsWith("alternat:")),
  ])
