import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Line } from "./harness/line.ts"
import { Seats } from "./harness/seats.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** Words written while nobody could take them, and words that came too late: neither is ever lost. */
describe("nothing written is lost", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let port: number
  let us: Desk

  beforeAll(async () => {
    port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    us = await Desk.open(browser, server.url, "en")
    await us.takeSeat("drafter@us.example")
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  test("typed while the server was dead, the tab closed, the server back: the words come from this computer and reach the other side", async () => {
    const ru = await Desk.open(browser, server.url, "ru")
    await ru.takeSeat("drafter@ru.example")
    await server.kill()
    await ru.type("s24.c3", "ru", "Написано при мертвом сервере.")
    await ru.type("s18.c2", "en", " Written with the server dead.")
    await ru.page.getByText(ru.words.notSaved).waitFor()
    // as fast as a hand goes from the last key to the tab's cross
    await ru.page.waitForTimeout(500)
    await ru.page.close()

    server = await startServer({ dataDir: folder.dataDir, port })
    const again = await Desk.another(ru.context, server.url, "ru")
    await again.openPlan()
    await again.shows(again.text("s24.c3", "ru"), "Написано при мертвом сервере.")
    await again.saved()
    await us.shows(us.text("s24.c3", "ru"), "Написано при мертвом сервере.")
    await us.shows(us.text("s18.c2", "en"), "Written with the server dead.")
    expect([...ru.complaints, ...again.complaints]).toEqual([])
    await ru.context.close()
  })

  describe("an edit of what was closed meanwhile is refused and offered back", () => {
    let seats: Seats
    beforeAll(async () => {
      seats = await Seats.take(server.url)
    })

    const openRu = async () => {
      const ru = await Desk.open(browser, server.url, "ru")
      const line = await Line.of(ru.context)
      await ru.takeSeat("drafter@ru.example")
      return { ru, line }
    }

    test("the frame was on its way when both heads agreed", async () => {
      await seats.reopen("s23.c1")
      const { ru, line } = await openRu()
      await ru.shows(ru.clause("s23.c1"), /./)
      const agreed = JSON.stringify(await seats.clause("s23.c1"))
      line.hold()
      await ru.type("s23.c1", "ru", " Слишком поздно.")
      await seats.agreeAdReferendum("s23.c1")
      line.letGo()

      await offered(ru, "Слишком поздно.")
      await unchanged("s23.c1", agreed, [us, ru], "Слишком поздно.")

      // copied, and proposed instead: the words go on as a draft of the own caucus
      await ru.context.grantPermissions(["clipboard-read", "clipboard-write"])
      await ru.page.getByRole("button", { name: ru.words.copyWords }).click()
      await expect.poll(() => ru.page.evaluate(() => navigator.clipboard.readText())).toContain("Слишком поздно.")
      await ru.page.getByRole("button", { name: ru.words.proposeInstead }).click()
      await ru.page.locator(".env").getByText("Слишком поздно.").first().waitFor()
      await expect.poll(() => ru.page.getByText(ru.words.refusedTitle).count()).toBe(0)
      await ru.saved()
      await ru.page.reload()
      await ru.page.locator("[data-clause='s23.c1']").waitFor()
      await unchanged("s23.c1", agreed, [us, ru], "Слишком поздно.")
      expect(ru.complaints).toEqual([])
      await ru.context.close()
    })

    test("the line was cut, and other work of the same hour is saved all the same", async () => {
      await seats.reopen("s23.c2")
      const { ru, line } = await openRu()
      const agreed = JSON.stringify(await seats.clause("s23.c2"))
      await line.cut()
      await ru.type("s23.c2", "en", " Written in a tunnel.")
      await ru.type("s18.c2", "ru", " Дописано в тоннеле.")
      await ru.page.getByText(ru.words.notSaved).waitFor()
      await seats.agreeAdReferendum("s23.c2")
      line.mend()

      await offered(ru, "Written in a tunnel.")
      await us.shows(us.text("s18.c2", "ru"), "Дописано в тоннеле.")
      await ru.saved()
      await unchanged("s23.c2", agreed, [us, ru], "Written in a tunnel.")
      expect(ru.complaints).toEqual([])
      await ru.context.close()
    })

    test("[ROOM41] the tab was closed too, and a second tab of the same person was open beside it", async () => {
      await seats.reopen("s27.c1")
      const { ru, line } = await openRu()
      const beside = await Desk.another(ru.context, server.url, "ru")
      await beside.openPlan()
      const agreed = JSON.stringify(await seats.clause("s27.c1"))
      await line.cut()
      await ru.type("s27.c1", "ru", " Закрытая вкладка.")
      await ru.page.getByText(ru.words.notSaved).waitFor()
      // the other tab has something to say of its own state after that
      await beside.type("s18.c2", "ru", " Вторая вкладка.")
      await beside.page.getByText(beside.words.notSaved).waitFor()
      await beside.page.waitForTimeout(500)
      await ru.page.close()
      await beside.page.close()
      await seats.agreeAdReferendum("s27.c1")
      line.mend()

      const again = await Desk.another(ru.context, server.url, "ru")
      await again.openPlan()
      await offered(again, "Закрытая вкладка.")
      // what these two were written against is not known any more: the open clause is offered too, and put in again
      await again.page.getByRole("button", { name: again.words.putInAgain }).click()
      await us.shows(us.text("s18.c2", "ru"), "Вторая вкладка.")
      await unchanged("s27.c1", agreed, [us, again], "Закрытая вкладка.")

      // it stays on offer until it is put away, through a closed tab too
      await again.page.reload()
      await offered(again, "Закрытая вкладка.")
      expect([...ru.complaints, ...beside.complaints, ...again.complaints]).toEqual([])
      await ru.context.close()
    })

    const offered = async (desk: Desk, words: string) => {
      const notice = desk.page.locator(".ntc").filter({ hasText: desk.words.refusedTitle }).filter({ hasText: words })
      await notice.first().waitFor({ timeout: 30_000 })
      expect(await notice.count(), "said once").toBe(1)
      await notice.getByRole("button", { name: desk.words.copyWords }).waitFor()
      await notice.getByRole("button", { name: desk.words.proposeInstead }).waitFor()
    }

    const unchanged = async (id: string, agreed: string, desks: readonly Desk[], words: string) => {
      expect(JSON.stringify(await seats.clause(id))).toBe(agreed)
      for (const desk of desks) {
        const clause = desk.clause(id)
        await expect.poll(() => clause.innerText()).not.toContain(words)
      }
    }
  })
})
