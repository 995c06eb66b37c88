import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { Seats } from "./harness/seats.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Several people at one plan: who sees whom, who acted first, what outlives its words, and who is out. */
describe("several at once", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let seats: Seats

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    seats = await Seats.take(server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const sit = async (email: string, lang: "en" | "ru") => {
    const desk = await Desk.open(browser, server.url, lang)
    await desk.takeSeat(email)
    return desk
  }
  const leave = async (...desks: readonly Desk[]) => {
    expect(desks.flatMap((desk) => desk.complaints)).toEqual([])
    await Promise.all(desks.map((desk) => desk.context.close()))
  }

  test("carets are seen with their names within a delegation, and never across the table", async () => {
    const [head, drafter, ru] = await Promise.all([
      sit("head@us.example", "en"),
      sit("drafter@us.example", "en"),
      sit("drafter@ru.example", "ru"),
    ])
    await head.type("s18.c2", "en", " ")
    await drafter.type("s18.c2", "ru", " ")
    const caret = (desk: Desk, lang: "en" | "ru") => desk.text("s18.c2", lang).locator(".caret")
    await caret(drafter, "en").waitFor()
    await caret(head, "ru").waitFor()
    expect((await caret(drafter, "en").innerText()).trim().length).toBeGreaterThan(1)
    expect(await caret(drafter, "en").innerText()).not.toBe(await caret(head, "ru").innerText())
    await ru.focus("s18.c2")
    await ru.page.waitForTimeout(500)
    expect(await ru.page.locator(".caret").count()).toBe(0)
    await leave(head, drafter, ru)
  })

  test("a double click is one act, and of two heads of one side the second is told plainly", async () => {
    await seats.reopen("s23.c1")
    const item = await seats.item("s23.c1")
    const act = { act: "agree_ad_referendum", clauses: [item] } as const
    const replies = await Promise.all([1, 2, 3].map(() => seats.usHead.post("/api/plans/demo/acts", act)))
    expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])

    // on the screen: the button twice as fast as a hand can
    const ru = await sit("head@ru.example", "ru")
    const clause = await ru.focus("s23.c1")
    const button = clause.getByRole("button", { name: "Согласовать ad referendum" })
    await button.dblclick({ noWaitAfter: true })
    await ru.page.getByText("Готово: обе Стороны согласны.").waitFor()
    const { consents, state } = (await seats.standing()).clauses["s23.c1"] ?? { consents: [], state: "" }
    expect(state).toBe("agreed_ad_ref")
    expect(consents.filter((one) => one.party === "RU" && one.to === "agreed_ad_ref").length).toBeLessThanOrEqual(1)
    await leave(ru)
  })

  test("who acts on a wording that has just changed is told so, and nothing is recorded", async () => {
    await seats.reopen("s23.c2")
    const ru = await sit("head@ru.example", "ru")
    const clause = await ru.focus("s23.c2")
    const button = clause.getByRole("button", { name: "Согласовать ad referendum" })
    await button.waitFor()
    // the act of the Russian head is on its way when the clause is parked
    let letGo = () => {}
    const parked = new Promise<void>((resolve) => (letGo = resolve))
    await ru.page.route("**/acts", async (route) => {
      await parked
      await route.continue()
    })
    await button.click()
    await seats.usHead.act("demo", { act: "park", clauses: [await seats.item("s23.c2")], reason: "Not today." })
    letGo()
    await ru.page.getByText("Ничего не записано.").first().waitFor()
    expect((await seats.standing()).clauses["s23.c2"]?.state).toBe("parked")
    await leave(ru)
  })

  test("a comment on words outlives them and keeps the quote", async () => {
    const [us, ru] = await Promise.all([sit("drafter@us.example", "en"), sit("drafter@ru.example", "ru")])
    await us.type("s24.c3", "en", "Passing words stand here.")
    await us.saved()
    // words chosen with the keyboard, from the end back
    for (let i = 0; i < "stand here.".length; i++) {
      await us.page.keyboard.press("Shift+ArrowLeft")
      // the browser tells of a selection a moment after the key
      await us.page.waitForTimeout(30)
    }
    await us.page.waitForTimeout(150)
    await us.clause("s24.c3").getByRole("button", { name: us.words.comment }).waitFor()
    await us.page.keyboard.press("Escape")
    await us.page.keyboard.press("c")
    await us.page.getByRole("textbox", { name: us.words.commentText, exact: true }).fill("Why here?")
    await us.page.getByRole("button", { name: us.words.sendShared }).click()
    await ru.focus("s24.c3")
    const thread = ru.page.locator(".th").filter({ hasText: "Why here?" })
    await thread.locator("q").filter({ hasText: "stand here." }).waitFor()

    await ru.text("s24.c3", "en").getByRole("textbox").click()
    await ru.text("s24.c3", "en").locator("[contenteditable=true]").waitFor()
    await ru.page.keyboard.press("Control+a")
    await ru.page.keyboard.press("Backspace")
    await ru.saved()
    for (const desk of [us, ru]) {
      const kept = desk.page.locator(".th").filter({ hasText: "Why here?" }).locator("q.orphan")
      await kept.filter({ hasText: "stand here." }).waitFor()
      await expect.poll(() => desk.text("s24.c3", "en").innerText()).not.toContain("Passing words")
    }
    await leave(us, ru)
  })

  test("a comment on a cost cell is live to the other side", async () => {
    const [us, ru] = await Promise.all([sit("budget@us.example", "en"), sit("budget@ru.example", "ru")])
    await Promise.all([us.go("costs"), ru.go("costs")])
    const cell = us.page.getByRole("gridcell", { name: /L12.*2012/ }).first()
    await cell.click()
    await us.page.keyboard.press("c")
    const dialog = us.page.getByRole("dialog")
    await dialog.getByRole("textbox", { name: "Comment" }).fill("Is transport in this figure?")
    await dialog.getByRole("button", { name: "Send", exact: true }).click()
    await dialog.getByText("Is transport in this figure?").first().waitFor()
    const place = (await cell.getAttribute("data-place")) ?? ""
    await ru.page.locator(`[data-place='${place}'][aria-label*='амечани']`).waitFor()
    await ru.page.locator(`[data-place='${place}']`).click()
    await ru.page.keyboard.press("c")
    await ru.page.getByRole("dialog").getByText("Is transport in this figure?").first().waitFor()
    await leave(us, ru)
  })

  test("signing out ends that session's sockets everywhere within 5 seconds, and nobody else's", async () => {
    const stays = await Person.signIn(server.url, "drafter@us.example")
    const [own, others] = await Promise.all([
      openSocket(stays),
      openSocket(await Person.signIn(server.url, "drafter@us.example")),
    ])
    const us = await sit("drafter@us.example", "en")
    const cookies = await us.context.cookies()
    // a tab of the same browser would be asked, and leave too (WEB95); a copy of the cookie in another one is not
    const beside = await Desk.open(browser, server.url, "en")
    await beside.context.addCookies(cookies)
    await beside.openPlan()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    const sameSession = await openSocket(withCookie(server.url, cookie))
    const began = Date.now()
    await us.leaveSeat()
    expect(await sameSession.closed).toBe(4401)
    expect(Date.now() - began).toBeLessThan(5500)
    // the other window with that cookie says so, and shows the door: "No connection" is on its screen only until it has asked again
    await beside.page.getByText("Your seat here has ended.").waitFor({ timeout: 10_000 })
    await beside.page.getByRole("link", { name: "Sign in again" }).waitFor()
    expect([own.isOpen(), others.isOpen()]).toEqual([true, true])
    await beside.context.close()
    await us.context.close()
  })

  async function openSocket(person: Pick<Person, "post">) {
    const reply = await person.post("/api/plans/demo/sync-ticket", { space: "plan" })
    const { room, ticket } = (await reply.json()) as { room: string; ticket: string }
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/sync/${room}?ticket=${ticket}`)
    const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)))
    await new Promise((resolve) => socket.once("open", resolve))
    return { closed, isOpen: () => socket.readyState === WebSocket.OPEN }
  }
})

/** The session of a browser, spoken for by a script. */
function withCookie(url: string, cookie: string): Pick<Person, "post"> {
  return {
    post: (path, body) =>
      fetch(url + path, {
        method: "POST",
        headers: { cookie, origin: url, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  }
}
