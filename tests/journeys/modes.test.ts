import type { Clause, LivePlan } from "@alternat/plan"
import type { Browser, CDPSession } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"
import { TappedWire } from "./harness/tapped-wire.ts"

/** An open clause, an agreed one, one in brackets, one of an annex. */
const CLAUSES = ["s24.c3", "s17.c5", "s17.c2"]
const SYNC = 0
const UPDATE = 2

/**
 * Who reads the next keystroke. The other side's browser hangs on a wire that keeps every byte; besides, each update of
 * the shared document that reaches it is counted, since words typed one by one never lie on a wire in one piece.
 */
describe("three modes", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let wire: TappedWire
  let us: Desk
  let ru: Desk
  let ime: CDPSession
  let ruHead: Person
  let updates = 0

  beforeAll(async () => {
    const [port, tapped] = [await freePort(), await freePort()]
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    wire = await TappedWire.between(tapped, port)
    us = await Desk.open(browser, server.url, "en")
    ru = await Desk.open(browser, wire.url, "ru")
    ru.page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        if (typeof payload !== "string" && payload[0] === SYNC && payload[1] === UPDATE) updates += 1
      })
    })
    ruHead = await Person.signIn(server.url, "head@ru.example")
    await Promise.all([us.takeSeat("head@us.example"), ru.takeSeat("head@ru.example")])
    ime = await us.context.newCDPSession(us.page)
  })
  afterAll(async () => {
    await browser?.close()
    await wire?.close()
    await server?.stop()
    folder.remove()
  })

  const planNow = async (): Promise<LivePlan> => ruHead.get<LivePlan>("/api/plans/demo")
  const clauseNow = async (id: string): Promise<Clause | undefined> =>
    (await planNow()).plan.sections.flatMap((section) => section.clauses).find((one) => one.id === id)
  const mark = async () => ({ updates, plan: (await planNow()).plan })
  const nothingCrossed = async (since: Awaited<ReturnType<typeof mark>>, ...words: string[]) => {
    // a letter that had been sent would have come long before
    await us.page.waitForTimeout(700)
    expect((await planNow()).plan).toEqual(since.plan)
    expect(updates).toBe(since.updates)
    for (const one of words) expect(wire.carried(one), one).toBe(false)
  }
  const drafts = () => us.page.locator(".env .draft")
  const closeCaucus = async () => {
    await us.page.getByRole("button", { name: "Close the caucus" }).click()
    await us.page.locator(".env").waitFor({ state: "detached" })
  }
  const clickInto = async (id: string, lang: "en" | "ru" = "en") => {
    await us.focus(id)
    await us.text(id, lang).getByRole("textbox").click()
  }
  const hand = (words: string, how: "paste" | "drop", id: string) =>
    us
      .text(id, "en")
      .getByRole("textbox")
      .evaluate(
        (element, [given, kind]) => {
          const data = new DataTransfer()
          data.setData("text/plain", given ?? "")
          const init = { bubbles: true, cancelable: true }
          element.dispatchEvent(
            kind === "paste"
              ? new ClipboardEvent("paste", { ...init, clipboardData: data })
              : new DragEvent("drop", { ...init, dataTransfer: data }),
          )
        },
        [words, how],
      )

  test("[WEB65] [WEB66] one begins by drafting together; the bar says who reads along; who may not write reads", async () => {
    expect(await us.mode("draft").getAttribute("aria-pressed")).toBe("true")
    await us.page.getByText("Both delegations read every letter as you type it.").waitFor()
    await ru.page.getByText("Каждую букву читают обе делегации.").waitFor()
    await us.page.keyboard.press("p")
    await us.page.getByText("Only the U.S. delegation reads this.").waitFor()
    await us.page.keyboard.press("r")
    await us.page.getByText("Nothing can be typed here. Letters are shortcuts.").waitFor()
    expect(await us.mode("read").getAttribute("aria-pressed")).toBe("true")
    await us.page.reload()
    await us.clause("preamble.c1").waitFor()
    expect(await us.mode("read").getAttribute("aria-pressed")).toBe("true")
    await us.page.keyboard.press("d")
    await us.page.locator(".medge.m-draft").waitFor()
    const observer = await Desk.open(browser, server.url, "en")
    await observer.takeSeat("observer@plan.example")
    expect(await observer.page.locator(".modes button").allInnerTexts()).toEqual([expect.stringMatching(/^Read/)])
    await observer.context.close()
    // what is typed together does reach the other side: the counting hears it
    const before = updates
    await us.type("s24.c3", "en", "Zz")
    await us.saved()
    await expect.poll(() => updates).toBeGreaterThan(before)
    await us.page.keyboard.press("Control+z")
    await us.page.keyboard.press("Escape")
    await us.saved()
  })

  test("[WEB135] who reads along is said in whole words on each page, in both languages and each mode", async () => {
    for (const desk of [us, ru]) {
      for (const tab of ["costs", "roles", "priorities", "text"] as const) {
        await desk.go(tab)
        for (const mode of ["read", "propose", "draft"] as const) {
          await desk.choose(mode)
          const bold = desk.page.locator(".says b")
          const cut = await bold.evaluate((said) => {
            const room = said.parentElement!.getBoundingClientRect()
            return said.getBoundingClientRect().right - Math.min(room.right, window.innerWidth)
          })
          expect(cut, `${desk.lang} ${tab} ${mode}`).toBeLessThan(1)
        }
      }
    }
  })

  test("[WEB67] while one reads, no key, paste, drop, composition, undo or value reaches the shared text", async () => {
    await us.choose("read")
    const since = await mark()
    for (const id of CLAUSES) {
      await clickInto(id)
      expect(await us.text(id, "en").locator("[contenteditable=true]").count()).toBe(0)
      await us.page.keyboard.type("qq")
      await us.page.keyboard.insertText("Canary-read-0a17")
      await hand("Canary-read-paste-5b", "paste", id)
      await hand("Canary-read-drop-77", "drop", id)
      await ime.send("Input.imeSetComposition", { text: "Canary-read-ime-3c", selectionStart: 18, selectionEnd: 18 })
      await ime.send("Input.insertText", { text: "Canary-read-ime-3c" })
      for (const key of ["Control+z", "Control+y", "Control+i", "Control+'", "Enter", "Backspace", "Delete"])
        await us.page.keyboard.press(key)
      expect(
        await us
          .clause(id)
          .getByRole("button", { name: /^Fill in/ })
          .count(),
      ).toBe(0)
    }
    expect(await us.mode("read").getAttribute("aria-pressed")).toBe("true")
    // letters are keys, so a word that begins with D opens the shared text; not even then is the rest of it typed
    for (const word of ["drxq7", "dpxq7", "pdxq7"]) {
      await us.choose("read")
      await clickInto("s24.c3")
      await us.page.keyboard.type(word)
    }
    await us.choose("read")
    expect(await drafts().count()).toBe(0)
    await nothingCrossed(since, "Canary-read-0a17", "Canary-read-paste-5b", "Canary-read-drop-77", "Canary-read-ime-3c")
  })

  test("[WEB68] [EDIT46] what is typed while proposing goes into the clause's draft, from its first letter, and nowhere else", async () => {
    await us.choose("propose")
    const since = await mark()
    for (const [index, id] of CLAUSES.entries()) {
      const typed = `Typedcanary${index}x`
      await clickInto(id)
      await us.page.keyboard.type(typed)
      await us.shows(drafts(), typed)
      await us.page.keyboard.press("Control+i")
      await us.page.keyboard.press("Escape")
      await closeCaucus()
    }
    const known = us.text("s24.c3", "en").getByRole("textbox")
    await us.focus("s24.c3")
    await known.focus()
    await hand("Canary-propose-paste-41", "paste", "s24.c3")
    await us.shows(drafts(), "Canary-propose-paste-41")
    await closeCaucus()
    await us.focus("s24.c3")
    await hand("Canary-propose-drop-90", "drop", "s24.c3")
    await us.shows(drafts(), "Canary-propose-drop-90")
    await closeCaucus()
    // a composition that begins on the paper goes on in the draft
    await us.focus("s24.c3")
    await known.focus()
    await us.page.keyboard.press("Enter")
    await ime.send("Input.imeSetComposition", { text: "Canary-propose-ime", selectionStart: 18, selectionEnd: 18 })
    await ime.send("Input.insertText", { text: "Canary-propose-ime-6d" })
    await us.shows(drafts(), "Canary-propose-ime-6d")
    await us.page.keyboard.press("Escape")
    await us.page.keyboard.press("Control+z")
    await closeCaucus()
    await us.saved()
    await nothingCrossed(
      since,
      "Canary-propose-paste-41",
      "Canary-propose-drop-90",
      "Canary-propose-ime",
      "Typedcanary0x",
    )
    expect(await ru.page.content()).not.toMatch(/canary/i)
  })

  test("[WEB69] [EDIT47] a mode switched in the middle of a composition, or while an editor has the focus, holds from that moment", async () => {
    for (const mode of ["read", "propose"] as const) {
      await us.choose("draft")
      await us.type("s24.c3", "en", "")
      // the composition itself is typed together: what both sides read up to the switch stays
      await ime.send("Input.imeSetComposition", { text: "Qa", selectionStart: 2, selectionEnd: 2 })
      await us.saved()
      // pressed without taking the focus away, and more keys before anything is drawn anew
      await us.mode(mode).evaluate((button: HTMLElement) => {
        button.click()
        document.execCommand("insertText", false, "Canary-switch-at-once-2f")
      })
      const since = await mark()
      await ime.send("Input.imeSetComposition", { text: "QaCanary-ime-late-b8", selectionStart: 20, selectionEnd: 20 })
      await ime.send("Input.insertText", { text: "QaCanary-ime-late-b8" })
      await us.page.keyboard.type("qq")
      await us.page.locator(`.medge.m-${mode}`).waitFor()
      await nothingCrossed(since, "Canary-switch-at-once-2f", "Canary-ime-late-b8")
      expect(JSON.stringify(await clauseNow("s24.c3"))).not.toMatch(/Canary/)
      if ((await us.page.locator(".env").count()) > 0) await closeCaucus()
    }
    await us.choose("draft")
    await us.focus("s24.c3")
    await us.page.keyboard.press("Control+z")
    await us.saved()
  })

  test("[WEB70] the switch holds on the table pages: no cell is written while one reads or proposes, and a sentence says so", async () => {
    for (const mode of ["read", "propose"] as const) {
      await us.choose(mode)
      const since = await mark()
      await us.go("costs")
      const cell = us.page.getByRole("gridcell", { name: /L13.*2014/ }).first()
      for (const attempt of ["7", "Enter", "F2", "Delete"]) {
        await cell.focus()
        await us.page.keyboard.press(attempt)
        await us.page.keyboard.type("61000")
        await us.page.keyboard.press("Enter")
      }
      await us.page.keyboard.press("Control+z")
      await us.page.getByRole("alert").getByText("Nothing was written:").waitFor()
      expect(await us.page.getByRole("button", { name: "Add line" }).count()).toBe(0)
      await us.go("roles")
      await us.page.locator("[data-at='0/0']").focus()
      await us.page.keyboard.press("Enter")
      await us.page.keyboard.press("i")
      await us.page.getByRole("alert").getByText("Nothing was written:").waitFor()
      await us.go("priorities")
      await us.page
        .getByRole("button", { name: /^P1, Title|^P1,/ })
        .first()
        .click()
      await us.page.keyboard.type("7q7")
      expect(await us.page.locator("input.cell-ed").count()).toBe(0)
      expect(await us.page.locator(`.medge.m-${mode}`).count()).toBe(1)
      await nothingCrossed(since)
      await us.go("text")
      await us.clause("preamble.c1").waitFor()
    }
    await us.go("costs")
    await us.page
      .getByRole("gridcell", { name: /L13.*2014/ })
      .first()
      .dblclick()
    await us.page.getByRole("button", { name: "Switch to Draft together" }).click()
    await us.page.locator(".medge.m-draft").waitFor()
    await us.page
      .getByRole("gridcell", { name: /L13.*2014/ })
      .first()
      .dblclick()
    await us.page.locator("input.ed").waitFor()
    await us.page.keyboard.press("Escape")
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })
})
