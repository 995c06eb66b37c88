import type { ActInput, Clause, LivePlan } from "@alternat/plan"
import { clausePair } from "@alternat/seal"
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/**
 * Writing and negotiating the text, in real browsers: two of one delegation, one of the other. Longer than most files:
 * server, browsers and seats take longer to set up than what is tried at them.
 */
describe("drafting", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let colleague: Desk
  let ru: Desk
  let ruHead: Person

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    ;[us, colleague, ru] = await Promise.all([
      Desk.open(browser, server.url, "en"),
      Desk.open(browser, server.url, "en"),
      Desk.open(browser, server.url, "ru"),
    ])
    ruHead = await Person.signIn(server.url, "head@ru.example")
    await Promise.all([
      us.takeSeat("head@us.example"),
      colleague.takeSeat("drafter@us.example"),
      ru.takeSeat("head@ru.example"),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const clauseNow = async (id: string): Promise<Clause> => {
    const { plan } = await ruHead.get<LivePlan>("/api/plans/demo")
    const clause = plan.sections.flatMap((section) => section.clauses).find((one) => one.id === id)
    if (!clause) throw new Error(`no clause ${id}`)
    return clause
  }
  const item = async (id: string) => ({ clauseId: id, hash: clausePair(await clauseNow(id)) })
  const focused = (desk: Desk) => desk.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "")
  const live = (desk: Desk) => desk.page.locator("[contenteditable=true]")
  const drafts = (desk: Desk) => desk.page.locator(".env .draft")

  test("[EDIT4] [EDIT5] a text is a live editor only while one writes in it, and a textbox by its name throughout", async () => {
    expect(await live(us).count()).toBe(0)
    for (const id of ["s17.c2", "s17.c3", "s18.c2", "s18.c4"]) {
      await us.focus(id)
      await us.text(id, "en").getByRole("textbox").click()
      await us.text(id, "en").locator("[contenteditable=true]").waitFor()
      await expect.poll(() => live(us).count()).toBe(1)
    }
    await us.page.getByRole("textbox", { name: "18.4 English", exact: true }).waitFor()
    await us.page.keyboard.press("Escape")
    await expect.poll(() => live(us).count()).toBe(0)
    expect(await us.page.getByRole("textbox", { name: "18.4 Русский", exact: true }).count()).toBe(1)
    const closed = us.page.getByRole("textbox", { name: "18.3 English", exact: true })
    expect(await closed.getAttribute("aria-readonly")).toBe("true")
    expect(await closed.getAttribute("title")).toMatch(/^Agreed: closed to edits/)
    await closed.click()
    expect(await live(us).count()).toBe(0)
  })

  test("[EDIT9] the keyboard goes between languages and clauses, to the next bracket, and out again", async () => {
    const { keyboard } = us.page
    await us.focus("s18.c2")
    await us.text("s18.c2", "en").getByRole("textbox").click()
    await us.text("s18.c2", "en").locator("[contenteditable=true]").waitFor()
    await keyboard.press("Tab")
    await expect.poll(() => focused(us)).toBe("18.2 Русский")
    await keyboard.press("Shift+Tab")
    await expect.poll(() => focused(us)).toBe("18.2 English")
    await keyboard.press("Control+End")
    await keyboard.press("ArrowDown")
    await expect.poll(() => focused(us)).toBe("18.3 English")
    await keyboard.press("ArrowUp")
    await expect.poll(() => focused(us)).toBe("18.2 English")
    await keyboard.press("Control+Home")
    await keyboard.press("ArrowUp")
    await expect.poll(() => focused(us)).toBe("18.1 English")
    await keyboard.press("Escape")
    await expect.poll(() => focused(us)).toBe("Clause 18.1")
    await keyboard.press("]")
    await expect.poll(() => focused(us)).toBe("Clause 18.4")
    await keyboard.press("[")
    await expect.poll(() => focused(us)).toBe("Clause 17.6")
    await keyboard.press("Shift+Slash")
    await us.page.getByRole("dialog").getByText("next bracket").waitFor()
    await keyboard.press("Escape")
    await us.page.getByRole("dialog").waitFor({ state: "detached" })
  })

  test("[EDIT6] a paste from Word is cleaned, one above 10 MB is refused", async () => {
    await us.type("s18.c4", "en", " ")
    const editor = live(us)
    await paste(
      editor,
      `<p class="MsoNormal">kept <b>bold</b> <del>gone</del><span style="mso-special-character:comment">note</span><script>bad()</script>и\u0306\u200Bx<img src="x"></p>`,
    )
    await us.shows(us.text("s18.c4", "en"), "kept bold йx")
    await us.saved()
    const { en } = await clauseNow("s18.c4")
    expect(JSON.stringify(en)).toContain("kept bold йx")
    expect(JSON.stringify(en)).not.toMatch(/gone|note|bad\(|bold<|\u200B/)
    await paste(editor, `<p>${"long ".repeat(2_200_000)}</p>`)
    await us.page.getByText("larger than 10 MB").waitFor()
    expect((await clauseNow("s18.c4")).en).toEqual(en)
    await us.page.keyboard.press("Control+z")
    await expect.poll(() => us.text("s18.c4", "en").innerText()).not.toContain("kept bold")
    await us.saved()
  })

  test("[EDIT7] brackets, comments and carets are drawn over a text and stay out of it", async () => {
    const before = await clauseNow("s12.c3")
    await us.type("s12.c3", "en", "#")
    // what the proposals would put in and take out stands in the live editor as well
    await us.text("s12.c3", "en").locator("[contenteditable=true] .br").first().waitFor()
    await us.page.keyboard.press("Backspace")
    await us.saved()
    expect(await clauseNow("s12.c3")).toEqual(before)
    await us.page.keyboard.press("Escape")
    await us.focus("s17.c3")
    await us.text("s17.c3", "en").locator(".hl").first().waitFor()
    expect(JSON.stringify((await clauseNow("s17.c3")).en)).not.toContain("hl")
  })

  test("[EDIT8] a value put in with Mod-' follows its table without an edit; a party's name begins a sentence with a capital", async () => {
    await us.type("s18.c2", "en", " ")
    await us.page.keyboard.press("Control+'")
    await us.page.getByLabel("Find a value").fill("L13.us")
    await us.page.keyboard.press("Enter")
    const value = us.text("s18.c2", "en").locator(".fld", { hasText: "L13" })
    await value.waitFor()
    const first = await value.innerText()
    await us.page.keyboard.press("Control+Home")
    await us.page.keyboard.press("Control+'")
    await us.page.getByLabel("Find a value").fill("party:RU")
    await us.page.keyboard.press("Enter")
    const party = us.text("s18.c2", "en").locator("[contenteditable=true] .fld").first()
    await expect.poll(() => party.innerText()).toMatch(/^The /)
    await us.page.keyboard.press("Control+Home")
    await us.page.keyboard.type("Here ")
    await expect.poll(() => party.innerText()).toMatch(/^the /)
    await us.saved()
    const text = (await clauseNow("s18.c2")).en
    await colleague.leaveSeat()
    await colleague.takeSeat("budget@us.example")
    await colleague.go("costs")
    await colleague.page
      .getByRole("gridcell", { name: /L13.*2014/ })
      .first()
      .dblclick()
    await colleague.page.keyboard.type("61000")
    await colleague.page.keyboard.press("Enter")
    await colleague.saved()
    await expect.poll(() => value.innerText()).not.toBe(first)
    expect((await clauseNow("s18.c2")).en).toEqual(text)
    for (let step = 0; step < 4; step += 1) await us.page.keyboard.press("Control+z")
    await us.page.keyboard.press("Escape")
    await us.saved()
    await colleague.leaveSeat()
    await colleague.takeSeat("drafter@us.example")
  })

  test("[EDIT10] a colleague's caret is shown with a name, the other side's never", async () => {
    await us.type("s18.c4", "en", " ")
    await ru.focus("s18.c4")
    const caret = (desk: Desk) => desk.text("s18.c4", "en").locator(".caret")
    await colleague.focus("s18.c4")
    await caret(colleague).filter({ hasText: "Whitfield" }).waitFor({ state: "attached" })
    expect(await caret(ru).count()).toBe(0)
    expect(await ru.page.content()).not.toContain("Whitfield")
    await us.page.keyboard.press("Control+z")
    await us.page.keyboard.press("Escape")
    await caret(colleague).waitFor({ state: "detached" })
  })

  test("[EDIT3] Mod-z passes over a clause that was closed meanwhile", async () => {
    await us.type("s18.c4", "en", " First words.")
    await us.page.keyboard.press("Escape")
    await us.type("s24.c3", "en", " Second words.")
    await us.page.keyboard.press("Escape")
    await us.saved()
    await ruHead.act("demo", { act: "park", clauses: [await item("s24.c3")], reason: "Later." } satisfies ActInput)
    await us.shows(us.clause("s24.c3"), "Parked")
    await us.page.keyboard.press("Control+z")
    await expect.poll(() => us.text("s18.c4", "en").innerText()).not.toContain("First words.")
    expect(await us.text("s24.c3", "en").innerText()).toContain("Second words.")
    await us.saved()
  })

  test("[EDIT16] [EDIT17] the caucus keeps to its frame; the sheet shows what is sent, to whom may send it", async () => {
    const counts = () => us.page.locator(".outline .of, .rail .rt, .outline .oc").allInnerTexts()
    await us.focus("s18.c2")
    const before = await counts()
    await us.choose("propose")
    await us.page.keyboard.press("p")
    const frame = us.page.locator(".env")
    const draft = drafts(us).filter({ hasText: "18.2" })
    await draft.waitFor()
    await draft.getByRole("textbox", { name: "Draft 18.2 English" }).click()
    await us.page.keyboard.press("Control+End")
    await us.page.keyboard.type(" Only between ourselves.")
    await us.shows(draft, "Saved on disk")
    // inside the frame and nowhere else
    const outside = await us.page.locator("body").evaluate((body) => {
      const copy = body.cloneNode(true) as HTMLElement
      for (const env of copy.querySelectorAll(".env")) env.remove()
      return copy.textContent ?? ""
    })
    expect(outside).not.toContain("Only between ourselves")
    expect(await frame.innerText()).not.toContain("Many of these staff")
    await us.page.keyboard.press("Escape")
    await us.page.getByRole("button", { name: "Close the caucus" }).click()
    expect(await counts()).toEqual(before)
    expect(await ru.page.content()).not.toContain("Only between ourselves")

    // a drafter prepares and can't table
    await colleague.focus("s18.c2")
    await colleague.choose("propose")
    await colleague.page.keyboard.press("p")
    await colleague.shows(drafts(colleague), "The releasing officer of this delegation tables it.")
    await colleague.page.getByRole("button", { name: "Close the caucus" }).click()

    // marked internal, nobody can
    await us.press("s18.c2", us.words.openDraft)
    await draft.getByLabel("Marking").selectOption("internal")
    await draft.getByRole("button", { name: us.words.prepare }).click()
    const sheet = us.page.getByRole("dialog")
    await sheet.getByText("Marked internal: not releasable").first().waitFor()
    expect(await sheet.getByRole("button", { name: us.words.tableIt }).isDisabled()).toBe(true)
    await sheet.getByRole("button", { name: "Back to the caucus" }).last().click()
    await draft.getByLabel("Marking").selectOption("none")
    await draft.getByRole("button", { name: us.words.prepare }).click()
    const shown = await sheet.locator(".out .tx").allInnerTexts()
    const sending = us.page.waitForRequest(/\/acts$/)
    await sheet.getByRole("button", { name: us.words.tableIt }).click()
    const sent = (await sending).postDataJSON() as Record<string, unknown>
    expect(Object.keys(sent).toSorted()).toEqual([
      "act",
      "base",
      "clauseId",
      "draftHash",
      "draftId",
      "en",
      "kind",
      "note",
      "ru",
      "staying",
    ])
    expect(shown[0]).toContain("Only between ourselves.")
    expect(JSON.stringify(sent["en"])).toContain("Only between ourselves.")
    await ru.shows(ru.clause("s18.c2"), "Only between ourselves.")
  })

  test("a tabled wording is revised, then withdrawn; a draft is discarded", async () => {
    await us.press("s18.c2", /^(Propose a wording|Open our draft)/)
    const draft = drafts(us).filter({ hasText: "18.2" }).first()
    await draft.getByRole("textbox", { name: "Draft 18.2 English" }).click()
    await us.page.keyboard.press("Control+End")
    await us.page.keyboard.type(" Revised by us.")
    await us.shows(draft, "Saved on disk")
    await draft.getByRole("button", { name: us.words.prepare }).click()
    await us.page.getByRole("button", { name: "Revise our tabled proposal" }).click()
    await us.page.getByRole("dialog").waitFor({ state: "detached" })
    await ru.shows(ru.clause("s18.c2"), "Revised by us.")
    await us.press("s18.c2", us.words.withdraw)
    await ru.text("s18.c2", "en").getByText("Revised by us.").waitFor({ state: "detached" })
    await us.press("s18.c4", /^(Propose a wording|Open our draft)/)
    const other = drafts(us).filter({ hasText: "18.4" })
    await other.getByRole("button", { name: "Discard the draft" }).click()
    await other.waitFor({ state: "detached" })
    await us.page.getByRole("button", { name: "Close the caucus" }).click()
  })

  test("a note of the caucus is written, read by a colleague, and removed", async () => {
    for (const desk of [us, colleague]) {
      await desk.page.locator(".rail .cau").click()
      await desk.page.getByRole("tab", { name: /^Instructions/ }).click()
    }
    await us.page.getByRole("combobox", { name: "Kind of note" }).selectOption("fallback")
    await us.page.getByRole("textbox", { name: "Write a note" }).fill("Fifty days if we must.")
    await us.page.getByRole("button", { name: "Write a note" }).click()
    const note = (desk: Desk) => desk.page.locator("section.cnote").filter({ hasText: "Fifty days if we must." })
    await note(colleague).waitFor()
    await note(us).getByRole("button", { name: "Remove" }).click()
    await note(colleague).waitFor({ state: "detached" })
    for (const desk of [us, colleague]) await desk.page.getByRole("button", { name: "Close the caucus" }).click()
  })

  test("a thread is answered, resolved, and opened again", async () => {
    await us.page.getByRole("tab", { name: /^Comments/ }).click()
    await us.focus("s17.c3")
    const thread = us.page.locator(".rail .th.on")
    await thread.getByRole("textbox").fill("Certified by the site’s own records office.")
    await thread.getByRole("button", { name: "Send", exact: true }).click()
    await ru.focus("s17.c3")
    await ru.page.locator(".rail .th.on").getByText("Certified by the site’s own records office.").waitFor()
    await thread.getByRole("button", { name: "Resolve" }).click()
    await expect.poll(() => ru.clause("s17.c3").locator(".tk button").count()).toBe(0)
    await us.page.getByRole("button", { name: /resolved thread/ }).click()
    await us.page.locator(".rail .th.on").getByRole("button", { name: "Reopen" }).click()
    await expect.poll(() => ru.clause("s17.c3").locator(".tk button").count()).toBe(1)
  })

  test("[EDIT13] a stale act is refused with what to do; the list of open items and the filter lead to what is open", async () => {
    await us.page.route(/\/acts$/, async (route) => {
      await ru.type("s18.c4", "en", " Changed meanwhile.")
      await ru.saved()
      await route.continue()
    })
    await us.focus("s18.c4")
    await us.clause("s18.c4").getByRole("button", { name: "More acts" }).click()
    await us.page.getByRole("menuitem", { name: "Park" }).click()
    const sheet = us.page.getByRole("dialog")
    await sheet.getByLabel("Reason").fill("For later.")
    await sheet.getByRole("button", { name: "Park" }).click()
    await sheet.getByText("The text you acted on has changed. Nothing was recorded.").waitFor()
    await us.page.unroute(/\/acts$/)
    await sheet.getByRole("button", { name: "Read the new text" }).click()
    await us.shows(us.text("s18.c4", "en"), "Changed meanwhile.")
    await us.page.getByRole("radio", { name: /^Open \d+/ }).click()
    await expect.poll(() => us.page.locator(".outline ol li").count()).toBeLessThan(15)
    await us.page.getByRole("radio", { name: "All", exact: true }).click()
    await us.page.keyboard.press("o")
    await us.page
      .getByRole("dialog")
      .getByRole("button", { name: /^.*21\.2.*parked/ })
      .click()
    await expect.poll(() => focused(us)).toBe("Clause 21.2")
  })

  test("the text prints on full pages: a tall clause goes on over the page", async () => {
    const pdf = await us.page.pdf({ format: "A4" })
    // forty-four when every clause was kept whole
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeLessThan(32)
  })

  test("[EDIT13] many clauses are attested in one stroke; a divergence is flagged with what a translator found", async () => {
    await colleague.leaveSeat()
    await colleague.takeSeat("translator@us.example")
    const { page } = colleague
    await page.getByRole("button", { name: "Select clauses" }).click()
    const bar = page.getByRole("toolbar", { name: "Acts on the selected clauses" })
    await bar.getByRole("button", { name: "Select all" }).click()
    const attest = bar.getByRole("button", { name: /^Attest \(\d+\)$/ })
    await attest.click()
    await attest.waitFor({ state: "detached" })
    await bar.getByRole("button", { name: "Done" }).click()
    await colleague.focus("s17.c3")
    await colleague.clause("s17.c3").getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: "Flag a divergence" }).click()
    await page.getByRole("dialog").getByLabel("Reason").fill("“certified” by whom?")
    await page.getByRole("dialog").getByRole("button", { name: "Flag a divergence" }).click()
    await us.focus("s17.c3")
    await us.shows(us.clause("s17.c3"), "“certified” by whom?")
    expect([...us.complaints, ...ru.complaints, ...colleague.complaints]).toEqual([])
  })
})

/** A paste as the browser hands it over. */
async function paste(editor: Locator, html: string): Promise<void> {
  await editor.evaluate((element, given) => {
    const data = new DataTransfer()
    data.setData("text/html", given)
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
  }, html)
}
