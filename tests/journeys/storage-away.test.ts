import path from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { Cluster } from "../faults/harness/cluster.ts"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { SECRET } from "./harness/parts.ts"
import { demoFolder, freePort, type RunningServer, runProgram, startServer, temporaryFolder } from "./harness/server.ts"

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe("the database stands still while people write", () => {
  const folder = temporaryFolder()
  let cluster: Cluster
  let server: RunningServer

  beforeAll(async () => {
    cluster = await Cluster.start(path.join(folder.path, "outside"))
    server = await startServer({
      dataDir: folder.dataDir,
      port: await freePort(),
      env: { DATABASE_URL: cluster.url, AUTH_SECRET: SECRET, DEMO: "on" },
    })
  })
  afterAll(async () => {
    await server?.stop()
    await cluster?.close()
    folder.remove()
  })

  test("[ROOM16] [WEB45] the screen says that nothing is saved and the other side sees nothing; then both", async () => {
    const [us, ru] = [await Desk.open(browser, server.url, "en"), await Desk.open(browser, server.url, "ru")]
    await us.takeSeat("drafter@us.example")
    await ru.takeSeat("drafter@ru.example")
    await ru.type("s24.c3", "ru", " Сохранено до остановки.")
    await us.shows(us.text("s24.c3", "ru"), "Сохранено до остановки.")
    await ru.saved()
    cluster.freeze()
    try {
      await ru.type("s24.c3", "ru", " Написано при остановленной базе.")
      await us.type("s18.c2", "en", " Written while the database stood still.")
      for (const desk of [us, ru]) await desk.page.getByText(desk.words.notSaved).first().waitFor()
      for (const desk of [us, ru]) await desk.page.getByText(desk.words.clauseNotSaved).waitFor()
      await ru.page.waitForTimeout(2000)
      for (const desk of [us, ru]) expect(await desk.page.getByText(desk.words.saved).count()).toBe(0)
      expect(await us.text("s24.c3", "ru").innerText()).not.toContain("при остановленной базе")
      expect(await ru.text("s18.c2", "en").innerText()).not.toContain("stood still")
    } finally {
      cluster.thaw()
    }
    await us.shows(us.text("s24.c3", "ru"), "Написано при остановленной базе.")
    await ru.shows(ru.text("s18.c2", "en"), "Written while the database stood still.")
    for (const desk of [us, ru]) await desk.saved()
    expect([...us.complaints, ...ru.complaints]).toEqual([])
    await us.context.close()
    await ru.context.close()
  })

  test("[WEB96] a disk that is low is told to both sides in their language, on every page of the plan, and work goes on", async () => {
    for (const [lang, seat, told] of [
      ["en", "drafter@us.example", "The server’s disk is almost full."],
      ["ru", "drafter@ru.example", "На диске сервера почти не осталось места."],
    ] as const) {
      const desk = await Desk.open(browser, server.url, lang)
      const body = JSON.stringify({ status: "ready", database: "ready", parts: { disk: "low" } })
      await desk.context.route("**/readyz", (route) => route.fulfill({ contentType: "application/json", body }))
      await desk.takeSeat(seat)
      await desk.page.getByText(told).waitFor()
      await desk.type("s24.c3", lang, " Low.")
      await desk.saved()
      if (process.env["SHOTS"]) await desk.screenshot(`${process.env["SHOTS"]}/disk-${lang}.png`)
      await desk.go("costs")
      await desk.page.getByRole("grid").waitFor()
      await desk.page.getByText(told).waitFor()
      expect(desk.complaints).toEqual([])
      await desk.context.close()
    }
  })
})

describe("the installation is restored from a backup while a browser has unsaved work", () => {
  const folder = demoFolder()
  const before = folder.dataDir
  const after = path.join(folder.path, "after")
  const backup = path.join(folder.path, "backup")
  let server: RunningServer
  let port: number

  beforeAll(async () => {
    port = await freePort()
    server = await startServer({ dataDir: before, port })
  })
  afterAll(async () => {
    await server?.stop()
    folder.remove()
  })

  test("[ROOM36] it is offered back and never merged; what the backup lacks does not come back by itself", async () => {
    const ru = await Desk.open(browser, server.url, "ru")
    await ru.takeSeat("drafter@ru.example")
    await ru.type("s24.c3", "ru", " До резервной копии.")
    await ru.saved()
    expect(await runProgram(["backup", backup], { DATA_DIR: before })).toMatchObject({ code: 0 })
    expect(await runProgram(["restore", backup], { DATA_DIR: after })).toMatchObject({ code: 0 })
    await ru.type("s24.c3", "ru", " Сохранено после копии.")
    await ru.saved()
    await server.kill()
    await ru.type("s18.c2", "ru", " Не сохранено никогда.")
    await ru.page.getByText(ru.words.notSaved).first().waitFor()
    await ru.page.waitForTimeout(500)

    server = await startServer({ dataDir: after, port })
    // nobody stays signed in through a restore
    await ru.takeSeat("drafter@ru.example")
    const us = await Desk.open(browser, server.url, "en")
    await us.takeSeat("drafter@us.example")
    await ru.page
      .locator(".ntc")
      .filter({ hasText: ru.words.restoredTitle })
      .filter({ hasText: "Не сохранено никогда." })
      .waitFor()
    for (const desk of [us, ru]) {
      await desk.shows(desk.text("s24.c3", "ru"), "До резервной копии.")
      expect(await desk.text("s24.c3", "ru").innerText()).not.toContain("Сохранено после копии.")
      expect(await desk.text("s18.c2", "ru").innerText()).not.toContain("Не сохранено никогда.")
    }
    await ru.page.getByRole("button", { name: ru.words.putInAgain }).click()
    await us.shows(us.text("s18.c2", "ru"), "Не сохранено никогда.")
    await ru.saved()
    expect(await us.text("s24.c3", "ru").innerText()).not.toContain("Сохранено после копии.")
    expect([...us.complaints, ...ru.complaints]).toEqual([])
    await us.context.close()
    await ru.context.close()
  })
})
