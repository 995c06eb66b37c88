import path from "node:path"
import type { CommentThread } from "@alternat/plan"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

const COMMENTS = "/api/plans/demo/comments"
const CLAUSE = "s24.c2"
const onClause = { type: "clause", clauseId: CLAUSE } as const
const onCell = { type: "cell", table: "cost_lines", rowId: "L08", cell: "year:2014:RU" } as const

/** A clause and a cell with more threads than anybody reads at once, at the desks of both delegations. */
describe("many threads", () => {
  const folder = temporaryFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk
  let head: Person
  const asked: string[] = []

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([
      launchBrowser(),
      startServer({ dataDir: path.join(folder.path, "data"), port: await freePort() }),
    ])
    head = await Person.signIn(server.url, "head@us.example")
    const drafter = await Person.signIn(server.url, "drafter@ru.example")
    for (let i = 1; i <= 200; i++) {
      const { id } = await start(i % 2 === 0 ? drafter : head, onClause, `Point ${i}.`)
      if (i % 20 === 0) await setStatus(drafter, id, "resolved")
      if (i === 199) for (let k = 1; k <= 70; k++) await reply(k % 2 === 0 ? drafter : head, id, `Answer ${k}.`)
    }
    for (let i = 1; i <= 25; i++) await start(head, onCell, `Figure ${i}.`)
    ;[us, ru] = await Promise.all([Desk.open(browser, server.url, "en"), Desk.open(browser, server.url, "ru")])
    us.page.on("request", (request) => {
      if (request.url().includes("/comments")) asked.push(new URL(request.url()).search)
    })
    await Promise.all([us.takeSeat("head@us.example"), ru.takeSeat("head@ru.example")])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  async function start(person: Person, target: object, text: string): Promise<CommentThread> {
    const made = await person.post(COMMENTS, { target, audience: "shared", text })
    expect(made.status).toBe(201)
    return (await made.json()) as CommentThread
  }
  const reply = (person: Person, id: string, text: string) => person.post(`${COMMENTS}/${id}/replies`, { text })
  const setStatus = (person: Person, id: string, status: CommentThread["status"]) =>
    person.fetch(`${COMMENTS}/${id}`, {
      method: "PATCH",
      body: JSON.stringify({ status }),
      headers: { "content-type": "application/json" },
    })
  const listed = (desk: Desk) => desk.page.locator(".rail .th")
  const focused = (desk: Desk) => desk.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "")

  test("[WEB130] a plan opens with the latest threads of what it shows; a crowded clause stays low", async () => {
    await us.focus(CLAUSE)
    await expect.poll(() => asked.join(" ")).toContain(`clause=${CLAUSE}`)
    // a dozen clauses at first, each by itself, and never all of a plan
    expect(asked.length).toBeLessThan(24)
    expect(asked.filter((query) => !query.includes("clause="))).toEqual([])
    const row = await us.clause(CLAUSE).boundingBox()
    expect(row?.height).toBeLessThan(220)
    expect(await us.clause(CLAUSE).locator(".tk button").allTextContents()).toEqual(["+187", "188", "189", "190"])
    expect(asked.every((query) => Number(new URLSearchParams(query).get("limit")) <= 50)).toBe(true)
  })

  test("[WEB131] the latest threads stand folded; earlier ones come by key, with the focus on the first", async () => {
    await expect.poll(() => listed(us).count()).toBe(10)
    expect(await us.page.locator(".rail textarea").count()).toBe(0)
    const earlier = us.page.getByRole("button", { name: "Show 50 of 180 earlier threads" })
    await earlier.focus()
    await us.page.keyboard.press("Enter")
    await expect.poll(() => focused(us)).toBe("Thread 131 on 24.2")
    expect(await listed(us).count()).toBe(60)
    expect(await us.page.locator(".rail [role=status]").first().textContent()).toContain("130 earlier threads")
    await us.page.keyboard.press("Enter")
    const thread = us.page.locator(".rail .th.on")
    await thread.getByRole("textbox").fill("Answered by key alone.")
    await us.page.keyboard.press("Control+Enter")
    await thread.getByText("Answered by key alone.").waitFor()
    await ru.focus(CLAUSE)
    await ru.page.getByRole("button", { name: /^Показать 50 из 180/ }).click()
    const theirs = ru.page.locator(".rail .th").filter({ hasText: "1 ответ" })
    await theirs.getByRole("button", { name: "1 ответ" }).click()
    await ru.page.locator(".rail .th.on").getByText("Answered by key alone.").waitFor()
  })

  test("[WEB133] a thread that is resolved says who did it: by name at home, by party and role across the table", async () => {
    const thread = us.page.locator(".rail .th.on")
    await thread.getByRole("button", { name: "Resolve" }).click()
    // it is the chosen one, and stays in view with the way back
    await us.page.locator(".rail .th.on").getByText("Resolved by Eleanor Whitfield · head of delegation").waitFor()
    await us.page.locator(".rail .th.on").getByRole("button", { name: "Reopen" }).waitFor()
    await expect.poll(() => us.clause(CLAUSE).locator(".tk button").first().textContent()).toBe("+186")
    await ru.page.locator(".rail .th.on").getByText("Снято: США · глава делегации").waitFor()
    expect(await ru.page.content()).not.toContain("Whitfield")
    await ru.page.locator(".rail .th.on").getByRole("button", { name: "Возобновить" }).click()
    await us.page.locator(".rail .th.on").getByText("Reopened by RF · head of delegation").waitFor()
    const resolved = us.page.locator(".rail").getByRole("button", { name: "10 resolved threads" })
    expect(await resolved.getAttribute("aria-expanded")).toBe("false")
    await resolved.click()
    await us.page.locator(".rail").getByText("Resolved by RF · drafter").first().waitFor()
    await resolved.click()
  })

  test("[WEB132] a long thread folds its middle, and gives it by a button", async () => {
    const long = us.page.locator(".rail .th").filter({ hasText: "Point 199." })
    await long.getByRole("button", { name: "70 replies" }).click()
    await long.getByText("Answer 70.").waitFor()
    expect(await long.locator(".msg").count()).toBe(6)
    await long.getByRole("button", { name: "Show 65 earlier replies" }).click()
    await long.getByText("Answer 20.").waitFor()
    await long.getByRole("button", { name: "Show 15 earlier replies" }).click()
    await long.getByText("Answer 1.").waitFor()
    expect(await long.locator(".msg").count()).toBe(71)
  })

  test("[WEB131] so do the threads of a cell", async () => {
    await us.go("costs")
    await us.page.locator('[data-place="L08/2014/ru"]').click()
    await us.page.keyboard.press("c")
    const sheet = us.page.getByRole("dialog")
    await sheet.getByText("Figure 25.").waitFor()
    expect(await sheet.locator(".thread").count()).toBe(10)
    await sheet.getByRole("button", { name: /^Show \d+ earlier threads$/ }).click()
    await sheet.getByText("Figure 1.").waitFor()
    const thread = sheet.locator(".thread").filter({ hasText: "Figure 7." })
    await thread.getByRole("button", { name: "Reply" }).click()
    await thread.getByRole("button", { name: "Resolve" }).click()
    await sheet.getByRole("button", { name: /resolved thread/ }).click()
    await sheet.getByText("Resolved by Eleanor Whitfield").waitFor()
    for (const desk of [us, ru]) expect(desk.complaints).toEqual([])
  })
})
