import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Figures as two budget officers type and paste them into Annex 3, each at a screen in the own language. */
describe("figures", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    ;[us, ru] = await Promise.all([Desk.open(browser, server.url, "en"), Desk.open(browser, server.url, "ru")])
    await Promise.all([us.takeSeat("budget@us.example"), ru.takeSeat("budget@ru.example")])
    await Promise.all([us, ru].map((desk) => desk.context.grantPermissions(["clipboard-read", "clipboard-write"])))
    await Promise.all([us.go("costs"), ru.go("costs")])
    await Promise.all([us, ru].map((desk) => cell(desk, "L13/2014/us").waitFor()))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const cell = (desk: Desk, place: string): Locator => desk.page.locator(`[data-place='${place}']`)
  const field = (desk: Desk): Locator => desk.page.locator(".grid input.ed")
  const open = async (desk: Desk, place: string) => {
    await cell(desk, place).click()
    await desk.page.keyboard.press("Enter")
    await field(desk).waitFor()
  }
  const type = async (desk: Desk, place: string, words: string) => {
    await open(desk, place)
    await desk.page.keyboard.press("Control+A")
    await desk.page.keyboard.type(words)
  }
  const amount = async (place: "us" | "ru" = "us", line = "L13", year = 2014): Promise<number> => {
    const { lines } = (await us.page.evaluate(() => fetch("/api/plans/demo/costs").then((reply) => reply.json()))) as {
      lines: { id: string; years: Record<string, number>[] }[]
    }
    const found = lines.find((one) => one.id === line)?.years.find((one) => one["plan_year"] === year)
    return found?.[place === "us" ? "us_usd_cents" : "ru_usd_equiv_cents"] ?? Number.NaN
  }

  test("[WEB75] our own documents' forms are taken, in either language", async () => {
    for (const [desk, typed, cents] of [
      [us, "US$ 120,000", 12_000_000],
      [us, "1,234.56", 123_456],
      [ru, "60 000 долл. США", 6_000_000],
      [ru, "1 234,5", 123_450],
    ] as const) {
      await type(desk, "L13/2014/us", typed)
      await desk.page.keyboard.press("Enter")
      await field(desk).waitFor({ state: "detached" })
      await expect.poll(() => amount()).toBe(cents)
    }
  })

  test("[WEB75] an ambiguous figure asks in both languages, and each reading is a button", async () => {
    for (const [desk, typed, readings] of [
      [us, "1.234", ["1,234", "1.23 (rounded)"]],
      [ru, "1,234", ["1 234", "1,23 (округлено)"]],
    ] as const) {
      await type(desk, "L13/2014/us", typed)
      await desk.page.keyboard.press("Tab")
      const note = desk.page.locator(".ed-pop")
      expect(await field(desk).inputValue()).toBe(typed)
      expect(await note.innerText()).toMatch(/Could be.*Which is it\?/)
      expect(await note.innerText()).toMatch(/Может означать/)
      for (const reading of readings) await note.getByRole("button", { name: reading, exact: true }).waitFor()
      // the answers are reached by the keyboard too
      await desk.page.keyboard.press("Tab")
      await desk.page.keyboard.press("Enter")
      await field(desk).waitFor({ state: "detached" })
      await expect.poll(() => amount()).toBe(123_400)
      await type(desk, "L13/2014/us", "7")
      await desk.page.keyboard.press("Enter")
      await expect.poll(() => amount()).toBe(700)
    }
  })

  test("[WEB75] two pasted cells, or another currency, stay in the cell with the reason wherever one goes", async () => {
    await us.page.evaluate(() => navigator.clipboard.writeText("100 000\t120 000\r\n"))
    await cell(us, "L13/2014/us").click()
    await us.page.keyboard.press("Control+V")
    await field(us).waitFor()
    await us.page.keyboard.press("Enter")
    await us.page.getByText("More than one figure. A cell takes one.").waitFor()
    await cell(us, "L01/2010/us").click()
    await field(us).waitFor({ state: "detached" })
    expect(await cell(us, "L13/2014/us").innerText()).toContain("100 000 ⇥ 120 000")
    await us.page.getByText("1 cell refused").waitFor()
    await us.go("roles")
    await us.go("costs")
    await cell(us, "L13/2014/us").click()
    await us.page.getByText("Больше одного числа. В ячейку вносится одно.").waitFor()
    expect(await amount()).toBe(700)
    await us.page.getByRole("button", { name: "Keep 7 as it was" }).click()
    await expect.poll(() => cell(us, "L13/2014/us").innerText()).toBe("7")

    await ru.page.getByRole("radio", { name: "RUB" }).click()
    const before = await amount("ru")
    await type(ru, "L13/2014/ru", "$1,200")
    await ru.page.keyboard.press("Enter")
    await ru.page.getByText("«$» в рублевой ячейке. Без вашего решения ничего не пересчитывается.").waitFor()
    expect(await amount("ru")).toBe(before)
    await ru.page.keyboard.press("Control+A")
    await ru.page.keyboard.type("36 000 руб.")
    await ru.page.keyboard.press("Enter")
    await expect.poll(() => amount("ru")).toBe(120_000)
  })

  test("[WEB76] Esc names what it leaves out", async () => {
    await type(us, "L13/2014/us", "8,25")
    await us.page.keyboard.press("Escape")
    await us.page.getByText(/^Not entered: “8,25” \(L13, 2014/).waitFor()
    expect(await amount()).toBe(700)
  })

  test("[WEB77] an undo after the other side has written there says so and takes back nothing older", async () => {
    await type(us, "L12/2014/us", "11")
    await us.page.keyboard.press("Enter")
    await type(us, "L13/2014/us", "12")
    await us.page.keyboard.press("Enter")
    await expect.poll(() => amount()).toBe(1200)
    await expect.poll(() => cell(ru, "L13/2014/us").innerText()).toBe("12")
    await type(ru, "L13/2014/us", "13")
    await ru.page.keyboard.press("Enter")
    await expect.poll(() => cell(us, "L13/2014/us").innerText()).toBe("13")
    await cell(us, "L13/2014/us").click()
    await us.page.keyboard.press("Control+Z")
    await us.page.getByText(/^L13, 2014, US: RF has written there since/).waitFor()
    expect([await amount(), await amount("us", "L12")]).toEqual([1300, 1100])
  })

  test("[WEB78] days of the ladder are whole numbers, and what is none stays in its field", async () => {
    // the ladder isn't a budget officer's
    await ru.leaveSeat()
    await ru.takeSeat("head@ru.example")
    await ru.go("roles")
    const days = ru.page.getByRole("button", { name: /дн(я|ей|ень)$/ }).first()
    await days.click()
    const input = ru.page.locator(".lad input")
    await input.fill("1,5")
    await input.press("Enter")
    await ru.page.getByText("Введите целое число дней.").waitFor()
    expect(await input.inputValue()).toBe("1,5")
    await input.fill("9")
    await input.press("Enter")
    await ru.page.locator(".lad").getByText("9 дней").first().waitFor()
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })
})
