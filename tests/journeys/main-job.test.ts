import { readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { demoFolder, freePort, type RunningServer, runProgram, startServer } from "./harness/server.ts"

/**
 * The whole path of the product, as two delegations walk it: one in English, one in Russian, each in a browser of its own,
 * and a third person who has nothing but the file. The server is killed on the way, twice.
 */
describe("the main job, through two SIGKILLs of the server", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk
  let port: number

  beforeAll(async () => {
    port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    us = await Desk.open(browser, server.url, "en")
    ru = await Desk.open(browser, server.url, "ru")
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const crash = async (meanwhile: () => Promise<void>) => {
    await server.kill()
    await meanwhile()
    server = await startServer({ dataDir: folder.dataDir, port })
  }

  test("[WEB92] from the sign-in page to a pack that a third person verifies", async () => {
    await Promise.all([us.takeSeat("head@us.example"), ru.takeSeat("head@ru.example")])

    // both draft at the same time, each in its own language
    await Promise.all([
      us.type("s18.c2", "en", " Witness of the U.S. side."),
      ru.type("s24.c3", "ru", "Совместные сообщения для печати выпускаются по взаимному согласию Сторон."),
    ])
    await Promise.all([us.saved(), ru.saved()])
    await us.shows(us.text("s24.c3", "ru"), "выпускаются по взаимному согласию")
    await ru.shows(ru.text("s18.c2", "en"), "Witness of the U.S. side.")

    // one's own last edit is taken back, the other side's stays
    await us.page.keyboard.press("Control+z")
    await expect.poll(() => us.text("s18.c2", "en").innerText()).not.toContain("Witness of the U.S. side.")
    await us.type("s18.c2", "en", " Both Sides keep the record.")
    await ru.type("s18.c2", "ru", " Запись хранят обе Стороны.")
    await Promise.all([us.saved(), ru.saved()])
    await ru.shows(ru.text("s18.c2", "en"), "Both Sides keep the record.")

    // the line is cut (the server is killed): writing goes on, and nothing of it is lost
    await crash(async () => {
      await us.type("s18.c2", "en", " It is kept for five years.")
      await ru.type("s18.c2", "ru", " Срок хранения пять лет.")
    })
    await Promise.all([us.saved(), ru.saved()])
    await ru.shows(ru.text("s18.c2", "en"), "Both Sides keep the record. It is kept for five years.")
    await us.shows(us.text("s18.c2", "ru"), "Запись хранят обе Стороны. Срок хранения пять лет.")

    // a wording from the caucus: prepared, looked at, tabled, seen in brackets, accepted
    await us.press("s17.c2", us.words.openDraft)
    await us.page.getByRole("button", { name: us.words.prepare }).first().click()
    await us.page.getByRole("button", { name: us.words.tableIt }).click()
    await ru.focus("s17.c2")
    await expect.poll(() => ru.clause("s17.c2").getByRole("button", { name: ru.words.consent }).count()).toBe(2)
    await ru.press("s17.c2", ru.words.consent, "last")
    // the earlier one was about the words that have just moved: nobody can consent to it until its owner holds it anew
    await us.page.getByText(us.words.wordsMoved).first().waitFor()
    await expect.poll(() => ru.clause("s17.c2").getByRole("button", { name: ru.words.consent }).count()).toBe(0)
    await us.press("s17.c2", us.words.withdraw)
    await ru.press("s17.c2", ru.words.withdraw)
    await us.shows(us.text("s17.c2", "en"), "14 days before the first day of a return visit")
    await ru.shows(ru.text("s17.c2", "ru"), "14 дней до первого дня повторного посещения")

    // a comment on a clause, seen by the other side at once and answered
    await us.press("s17.c3", us.words.comment)
    await us.page
      .getByRole("textbox", { name: us.words.commentText, exact: true })
      .fill("We can live with the Russian wording.")
    await us.page.getByRole("button", { name: us.words.sendShared }).click()
    await ru.focus("s17.c3")
    await ru.page.getByText("We can live with the Russian wording.").waitFor()

    // and one on words, in the other language, that the other side's screen shows at the same words
    await ru.selectWords("s17.c4", "ru")
    await ru.page.keyboard.press("c")
    await ru.page.getByRole("textbox", { name: ru.words.commentText, exact: true }).fill("Инструкции сверены.")
    await ru.page.getByRole("button", { name: ru.words.sendShared }).click()
    await us.focus("s17.c4")
    await us.page.getByText("Инструкции сверены.").waitFor()

    // what lies across the table is settled, some by each side
    await us.press("s17.c3", us.words.consent)
    await us.press("s15.c3", us.words.consent)
    await ru.press("s18.c4", ru.words.consent)
    await ru.press("s12.c3", ru.words.consent)
    await us.shows(us.clause("s12.c3"), /./)
    await ru.press("s12.c3", ru.words.withdraw)
    await ru.press("s17.c4", ru.words.liftReserve)
    await fillPlaceholder(us)
    await ru.page.getByRole("article", { name: ru.words.newClause }).click()
    await ru.page.getByRole("button", { name: ru.words.consentNew }).click()
    await us.press("s21.c2", us.words.unpark)
    await us.page.getByLabel(us.words.reason).fill("We take it up again.")
    await us.page.getByRole("dialog").getByRole("button", { name: us.words.unpark }).click()
    await us.press("s21.c2", us.words.consent)

    // money: the grid is edited together, the proposals are answered, a cell is commented on
    await Promise.all([us.go("costs"), ru.go("costs")])
    await editCell(us, ru)
    await commentOnCell(us, ru)
    await ru.page.getByRole("button", { name: /CP1$/ }).click()
    await ru.page.getByRole("button", { name: /CP2$/ }).click()
    await us.page.getByRole("button", { name: "Withdraw CP3" }).click()
    await us.page.getByRole("button", { name: "Consent to CP4" }).click()
    await expect.poll(() => us.page.getByRole("button", { name: /CP\d$/ }).count()).toBe(0)

    // priorities: one joint order stands
    await Promise.all([us.go("priorities"), ru.go("priorities")])
    await us.page.getByRole("button", { name: /JP2$/ }).click()
    await us.page.getByRole("button", { name: /JP1$/ }).click()
    await expect.poll(() => ru.page.getByRole("button", { name: /JP\d$/ }).count()).toBe(0)

    // roles: a cell of the matrix is set by one side and seen by the other, with every check held
    await Promise.all([us.go("roles"), ru.go("roles")])
    await setRole(us, ru)

    // both sides' translators attest the rest, in one stroke each
    for (const [desk, email] of [
      [us, "translator@us.example"],
      [ru, "translator@ru.example"],
    ] as const) {
      await desk.leaveSeat()
      await desk.takeSeat(email)
      await desk.go("signOff")
      await desk.page.getByRole("button", { name: desk.words.attest }).click()
      await desk.page.getByRole("button", { name: desk.words.attest }).waitFor({ state: "detached" })
    }

    // the heads agree, ad referendum and then for their capitals; the server may die in between
    await Promise.all([takeHead(us, "head@us.example"), takeHead(ru, "head@ru.example")])
    await strokeAway([us, ru], "adref")
    await crash(async () => {})
    await strokeAway([us, ru], "agree")

    // frozen by one, signed by both, each with a key made in its own browser
    await us.page.getByRole("button", { name: us.words.freeze }).click()
    const hashes = await Promise.all(
      [us, ru].map((desk) => desk.page.locator("[data-hash]").getAttribute("data-hash", { timeout: 60_000 })),
    )
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(hashes[1]).toBe(hashes[0])
    await sign(us, ["Washington", "Вашингтон"])
    await sign(ru, ["Moscow", "Москва"])
    const waiting = us.page.waitForEvent("download")
    await us.page.getByRole("link", { name: us.words.download }).click({ timeout: 60_000 })
    const pack = path.join(folder.path, "pack.zip")
    await (await waiting).saveAs(pack)

    // working copies, made in the background; and the page that verifies, which uploads nothing
    await ru.page.getByRole("button", { name: "DOCX", exact: true }).click()
    await ru.page
      .getByRole("link", { name: /\.docx$/ })
      .last()
      .waitFor({ timeout: 60_000 })
    // found again by who has left the page
    await ru.page.reload()
    await ru.page
      .getByRole("link", { name: /\.docx$/ })
      .last()
      .waitFor()
    await us.page.goto(`${us.url}/verify`)
    await us.page.getByLabel("Choose a file").setInputFiles(pack)
    await us.page.getByRole("heading", { name: /^Intact\. Keys not confirmed/ }).waitFor()

    // a third person, with no server running
    await server.stop()
    const verified = await runProgram(["verify", pack])
    expect(verified.stdout).not.toMatch(/FAIL/)
    expect(verified.stdout).not.toMatch(/genuine|подлинн/iu)
    expect(verified.code).toBe(3)
    const prints = [...verified.stdout.matchAll(/^key {2}\S+ {2}([0-9a-f ]+)$/gm)].map((match) => match[1] ?? "")
    const confirmed = await runProgram(["verify", pack, "--keys", ...prints])
    expect(confirmed.stdout).toMatch(/The pack is genuine/)
    expect(confirmed.code).toBe(0)
    const bytes = readFileSync(pack)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    writeFileSync(pack, bytes)
    const flipped = await runProgram(["verify", pack])
    expect(flipped.code).toBe(1)
    expect(flipped.stdout).toMatch(/FAIL .*\.(pdf|docx|json|csv|mjs|txt)/)
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })
})

async function fillPlaceholder(desk: Desk): Promise<void> {
  await desk.choose("draft")
  await desk.press("s17.c6", desk.words.fill)
  await desk.page.getByLabel(desk.words.fillEn).fill("the telephone line between the two Co-Chairs")
  await desk.page.getByLabel(desk.words.fillRu).fill("телефонной связи между сопредседателями")
  await desk.page.getByRole("button", { name: desk.words.fillDo }).click()
  await desk.page.getByRole("dialog").waitFor({ state: "detached" })
  await desk.saved()
}

/** L11 2010, the American office: an error is named while it is typed, a good figure is the other side's at once. */
async function editCell(us: Desk, ru: Desk): Promise<void> {
  const cell = us.page.getByRole("gridcell", { name: /L13.*2014/ }).first()
  await us.choose("draft")
  await cell.dblclick()
  await us.page.keyboard.type("61000")
  await us.page.keyboard.press("Enter")
  await us.saved()
  await ru.page.getByText("61 000").first().waitFor()
  await us.page.keyboard.press("Control+z")
  await us.saved()
  await ru.page.getByText("61 000").first().waitFor({ state: "detached" })
}

/** A thread on one figure: what the other side reads at the same cell, at once. */
async function commentOnCell(us: Desk, ru: Desk): Promise<void> {
  await us.page.locator('[data-place="L13/2012/us"]').click()
  await us.page.keyboard.press("c")
  await us.page.getByRole("dialog").getByRole("textbox", { name: "Comment" }).fill("Half of this is travel.")
  await us.page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click()
  await us.page.getByText("Half of this is travel.").waitFor()
  await us.page.keyboard.press("Escape")
  await ru.page.locator('[data-place="L13/2012/us"]').click()
  await ru.page.keyboard.press("c")
  await ru.page.getByText("Half of this is travel.").waitFor()
  await ru.page.keyboard.press("Escape")
}

async function setRole(us: Desk, ru: Desk): Promise<void> {
  const cell = us.page.locator("[data-at='1/4']")
  const before = (await cell.innerText()).trim()
  await cell.click()
  await us.page.keyboard.press(before === "I" ? "c" : "i")
  const wanted = before === "I" ? "C" : "I"
  await expect.poll(() => ru.page.locator("[data-at='1/4']").innerText()).toContain(wanted)
  await us.saved()
}

async function takeHead(desk: Desk, email: string): Promise<void> {
  await desk.leaveSeat()
  await desk.takeSeat(email)
  await desk.go("signOff")
}

/** Both heads press their one button until the other side has left them nothing to press. */
async function strokeAway(desks: readonly Desk[], stroke: "adref" | "agree"): Promise<void> {
  const button = (desk: Desk) => desk.page.getByRole("button", { name: desk.words[stroke] })
  await Promise.all(desks.map((desk) => button(desk).waitFor()))
  await expect
    .poll(
      async () => {
        for (const desk of desks)
          if ((await button(desk).count()) > 0 && (await button(desk).isEnabled())) await button(desk).click()
        return (await Promise.all(desks.map((desk) => button(desk).count()))).every((count) => count === 0)
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(true)
}

async function sign(desk: Desk, [en, ru]: readonly [string, string]): Promise<void> {
  await desk.page.getByRole("button", { name: desk.words.sign, exact: true }).click()
  await desk.page.getByLabel("Place of signing").fill(en)
  await desk.page.getByLabel("Место заверения").fill(ru)
  await desk.page.getByRole("button", { name: desk.words.signDo }).click()
  await desk.page.getByRole("dialog").waitFor({ state: "detached" })
}
