import type { LivePlan } from "@alternat/plan"
import { rowHash } from "@alternat/seal"
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Line } from "./harness/line.ts"
import { Person } from "./harness/person.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Two budget officers and two drafters write the same cells of the tables at the same moment. */
describe("lost races", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk
  let line: Line

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    ;[us, ru] = await Promise.all([Desk.open(browser, server.url, "en"), Desk.open(browser, server.url, "ru")])
    line = await Line.of(us.context)
    await Promise.all([us.takeSeat("budget@us.example"), ru.takeSeat("budget@ru.example")])
    await Promise.all([us.go("costs"), ru.go("costs")])
    await Promise.all([us, ru].map((desk) => cell(desk, PLACE).waitFor()))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const PLACE = "L13/2014/us"
  const cell = (desk: Desk, place: string): Locator => desk.page.locator(`[data-place='${place}']`)
  const field = (desk: Desk): Locator => desk.page.locator(".grid input.ed")
  const notice = (desk: Desk): Locator => desk.page.locator(".notices .ntc[role=alert]").filter({ hasText: "L13" })
  const open = async (desk: Desk, place: string) => {
    await cell(desk, place).click()
    await desk.page.keyboard.press("Enter")
    await field(desk).waitFor()
    await desk.page.keyboard.press("Control+A")
  }
  const enter = async (desk: Desk, place: string, figure: string) => {
    await open(desk, place)
    await desk.page.keyboard.type(figure)
    await desk.page.keyboard.press("Enter")
    await field(desk).waitFor({ state: "detached" })
  }

  test("[WEB120] of two figures written at the same moment one stands; its loser reads both and puts the own one back", async () => {
    await line.cut()
    await enter(us, PLACE, "61000")
    await enter(ru, PLACE, "62000")
    await ru.saved()
    line.mend()
    await us.saved()
    // which of the two stands is chance
    const isLost = async (desk: Desk) => (await notice(desk).count()) > 0
    await expect
      .poll(async () => [await isLost(us), await isLost(ru)].filter(Boolean), { timeout: 20_000 })
      .toEqual([true])
    const [loser, winner, mine, theirs] = (await isLost(us))
      ? ([us, ru, "$61,000", "$62,000"] as const)
      : ([ru, us, "62\u00a0000\u00a0долл.\u00a0США", "61\u00a0000\u00a0долл.\u00a0США"] as const)
    const words = await notice(loser).innerText()
    for (const part of [mine, theirs, loser === us ? "RF" : "США"]) expect(words).toContain(part)
    expect(await cell(loser, PLACE).locator("s").count()).toBe(1)
    // it waits on every page of the plan
    await loser.go("roles")
    await loser.page.getByRole("heading", { level: 1 }).first().waitFor()
    await notice(loser).getByRole("button").first().click()
    await notice(loser).waitFor({ state: "detached" })
    await expect.poll(() => cell(winner, PLACE).innerText()).toMatch(loser === us ? /61.000/ : /62.000/)
    await loser.go("costs")
    expect(await notice(winner).count()).toBe(0)
  })

  test("[WEB121] a figure is not written over one that came while its field was open", async () => {
    await open(us, PLACE)
    await enter(ru, PLACE, "71000")
    await us.page.waitForTimeout(500)
    await us.page.keyboard.type("70000")
    await us.page.keyboard.press("Enter")
    await notice(us).waitFor()
    expect(await notice(us).innerText()).toMatch(/RF wrote \$71,000 while you were writing/)
    expect(await cell(ru, PLACE).innerText()).toContain("71")
    await notice(us).getByRole("button", { name: "Leave $71,000" }).click()
    await expect.poll(() => notice(us).count()).toBe(0)
    expect(await cell(us, PLACE).innerText()).toContain("71,000")
  })

  test("[WEB122] what is typed in a row that the other side withdraws is kept, and its author is told", async () => {
    const head = await Person.signIn(server.url, "budget@us.example")
    await open(ru, "L13/2013/ru")
    await ru.page.keyboard.type("4444")
    const { plan } = await head.get<LivePlan>("/api/plans/demo")
    const row = plan.tables.cost_lines.find(({ id }) => id === "L13")
    if (!row) throw new Error("no L13")
    const act = { act: "withdraw_row", table: "cost_lines", rowId: "L13", hash: rowHash(row) }
    expect((await head.post("/api/plans/demo/acts", act)).status).toBe(200)
    await notice(ru).waitFor()
    const words = await notice(ru).innerText()
    expect(words).toContain("Строка L13 отозвана")
    expect(words.replaceAll("\u00a0", " ")).toContain("4 444")
    await notice(ru).getByRole("button", { name: "Не сохранять" }).click()
    await expect.poll(() => notice(ru).count()).toBe(0)
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })
})
