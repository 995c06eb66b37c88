import path from "node:path"
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { Seats } from "./harness/seats.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

const CLAUSE = "s18.c2"
const TITLE = { en: "Who wrote this", ru: "Кто это написал" } as const

/** Two delegations type into one clause and each asks who wrote it. */
describe("who wrote this", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let seats: Seats
  let us: Desk
  let ru: Desk

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    seats = await Seats.take(server.url)
    ;[us, ru] = await Promise.all([sit("drafter@us.example", "en"), sit("drafter@ru.example", "ru")])
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
  const show = (desk: Desk, name: string) => {
    const to = process.env["ALTERNAT_SHOTS"]
    return to ? desk.screenshot(path.join(to, `authorship-${name}.png`)) : undefined
  }
  const legend = (desk: Desk, id = CLAUSE): Locator => desk.clause(id).locator("section.au")
  const openFromMenu = async (desk: Desk, id = CLAUSE) => {
    const clause = await desk.focus(id)
    await clause.getByRole("button", { name: desk.lang === "en" ? "More acts" : "Другие действия" }).click()
    await desk.page.getByRole("menuitem", { name: TITLE[desk.lang] }).click()
    await legend(desk, id).waitFor()
  }
  const runs = (desk: Desk, lang: "en" | "ru", id = CLAUSE) => desk.text(id, lang).locator("[data-run]")

  test("a clause that nobody has typed into was loaded with the plan", async () => {
    await openFromMenu(us)
    await us.shows(legend(us), "All of it was loaded with the plan.")
    expect(await runs(us, "en").count()).toBe(0)
    await us.page.keyboard.press("Escape")
    await legend(us).waitFor({ state: "detached" })
  })

  test("each side sees its own by name and the other by party and role, in both texts", async () => {
    await us.type(CLAUSE, "en", " Alpha words.")
    await us.saved()
    await ru.type(CLAUSE, "ru", " Слова беты.")
    await ru.saved()
    await ru.type(CLAUSE, "en", " Beta words.")
    await ru.saved()
    await us.shows(us.text(CLAUSE, "en"), "Beta words.")
    await Promise.all([openFromMenu(us), openFromMenu(ru)])
    await us.shows(legend(us), /\(you\)/)
    await us.shows(legend(us), "RF, drafter")
    await ru.shows(legend(ru), /\(это вы\)/)
    await ru.shows(legend(ru), /США, .+/)
    await Promise.all([show(us, "us"), show(ru, "ru")])
    const [usName, ruName] = await Promise.all([nameOf("drafter@us.example", "en"), nameOf("drafter@ru.example", "ru")])
    expect(await legend(us).innerText()).toContain(usName)
    expect(await legend(ru).innerText()).toContain(ruName)
    const [seenByUs, seenByRu] = await Promise.all([us.page.content(), ru.page.content()])
    expect(seenByUs).not.toContain(ruName)
    expect(seenByRu).not.toContain(usName)
    expect(await runs(us, "en").allInnerTexts()).toEqual(["Alpha words.", "Beta words."])
    expect(await runs(ru, "ru").allInnerTexts()).toEqual(["Слова беты."])
  })

  const nameOf = async (email: string, lang: "en" | "ru") => {
    const person = await Person.signIn(server.url, email)
    return (await person.get<{ name: { en: string; ru: string } }>("/api/me")).name[lang]
  }

  test("pointing at words, or reaching them with Tab, says who wrote them and when", async () => {
    const words = runs(us, "en").filter({ hasText: "Beta words." })
    await words.hover()
    await us.shows(legend(us).locator(".au-now"), /^2: RF, drafter, .*\d\d:\d\d/)
    await us.page.mouse.move(2, 2)
    await runs(us, "en").first().focus()
    await us.shows(legend(us).locator(".au-now"), /^1: .*\(you\), /)
    await us.page.keyboard.press("Tab")
    await us.shows(legend(us).locator(".au-now"), /^2: RF, drafter, /)
    expect(await words.getAttribute("aria-label")).toMatch(/^2: RF, drafter, /)
    await show(us, "pointed")
  })

  test("it follows what the other side goes on typing", async () => {
    await ru.page.keyboard.press("Escape")
    await legend(ru).waitFor({ state: "detached" })
    await ru.type(CLAUSE, "en", " Gamma.")
    await us.shows(us.text(CLAUSE, "en"), "Beta words. Gamma.")
    expect(await runs(us, "en").allInnerTexts()).toEqual(["Alpha words.", "Beta words. Gamma."])
  })

  test("a closed clause is read too, with the key W, and says when it can't be", async () => {
    const closed = Object.entries((await seats.standing()).clauses).find(
      ([, one]) => one.state === "agreed_ad_ref",
    )?.[0]
    if (closed === undefined) throw new Error("the demo has clauses agreed ad referendum")
    await us.focus(closed)
    await us.page.route("**/authorship", (route) => route.abort())
    await us.page.keyboard.press("w")
    await us.shows(legend(us, closed).getByRole("alert"), "It could not be read who wrote this.")
    await show(us, "failed")
    await us.page.unroute("**/authorship")
    await legend(us, closed).getByRole("button", { name: "Try again" }).click()
    await us.shows(legend(us, closed), "All of it was loaded with the plan.")
    expect([us, ru].flatMap((desk) => desk.complaints)).toEqual([])
  })
})
