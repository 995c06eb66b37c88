import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { writeCaucusNote } from "./harness/caucus-note.ts"
import { Desk, type Tab } from "./harness/desk.ts"
import { EventStream } from "./harness/event-stream.ts"
import { exportedFile } from "./harness/exported-file.ts"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"
import { carries, TappedWire } from "./harness/tapped-wire.ts"

/** Words planted in the American caucus, and one clean wording that is tabled. */
const PLANTED = {
  draft: "Canary-draft-7f3a1c",
  draftRu: "Канарейка-проект-91bd",
  deleted: "Canary-deleted-c04e77",
  note: "Canary-note-5d28e9",
  comment: "Canary-comment-a61b40",
  cellComment: "Canary-cell-e83f16",
  reason: "Canary-reason-2290fb",
  hidden: "Canary-hidden-b7720e",
  sourceComment: "Canary-source-4e19c3",
  struck: "Canary-struck-90ad55",
  counted: "Canary-counted-18be6f",
  refused: "Canary-refused-f3c802",
  afterwards: "Canary-afterwards-6d04b1",
}
const TABLED = "Tabled-in-the-open-48ac02"
const PASTED = "Pasted-in-the-open-c5518a"
const METRICS_TOKEN = "a token of the tests"

/** Promise 1: a delegation's private words never reach the other side's browser. Every byte on its wire is searched. */
describe("what is written in one caucus never reaches the other side", () => {
  const folder = temporaryFolder()
  let browser: Browser
  let server: RunningServer
  let wire: TappedWire
  let us: Desk
  let ru: Desk

  beforeAll(async () => {
    const [port, tapped] = [await freePort(), await freePort()]
    ;[browser, server] = await Promise.all([
      launchBrowser(),
      startServer({
        dataDir: folder.dataDir,
        port,
        env: { LOG_LEVEL: "debug", METRICS_TOKEN },
      }),
    ])
    wire = await TappedWire.between(tapped, port)
    us = await Desk.open(browser, server.url, "en")
    ru = await Desk.open(browser, wire.url, "ru")
  })
  afterAll(async () => {
    await browser?.close()
    await wire?.close()
    await server?.stop()
    folder.remove()
  })

  const mustNotHaveCrossed = () => {
    for (const [where, words] of Object.entries(PLANTED)) expect(wire.carried(words), where).toBe(false)
  }

  test("[API62] [API60] caucus work moves no figure, says nothing on the other side's stream, and less after its sign-out", async () => {
    const [head, listener, leaver] = await Promise.all([
      Person.signIn(server.url, "head@us.example"),
      Person.signIn(wire.url, "budget@ru.example"),
      Person.signIn(wire.url, "drafter@ru.example"),
    ])
    const [heard, left] = await Promise.all([EventStream.open(listener), EventStream.open(leaver)])
    const before = await figures()
    await comment(head, PLANTED.counted, "US")
    await writeCaucusNote(head, PLANTED.counted)
    expect(await figures()).toEqual(before)
    expect((await leaver.post("/api/auth/sign-out", {})).status).toBe(200)
    await left.ended
    const last = left.text
    await comment(head, PLANTED.afterwards, "US")
    // a shared word, which the stream that is still open hears: what came before it has come by then
    expect(heard.text).not.toContain("data:")
    await comment(head, "A word for both", "shared")
    await expect.poll(() => heard.text).toContain("data:")
    await head.get("/api/plans/demo/preflight")
    expect(await figures(), "shared work moves figures").not.toEqual(before)
    expect([left.text, (await leaver.fetch("/api/plans/demo/stream")).status]).toEqual([last, 401])
    await heard.leave()
    mustNotHaveCrossed()
  })

  test("[API50] bodies with a NUL or half a pair are refused, and nobody is told their words", async () => {
    const [head, other] = await Promise.all([
      Person.signIn(server.url, "head@us.example"),
      Person.signIn(wire.url, "head@ru.example"),
    ])
    for (const bad of ["\u0000", "\ud83d", "\udc00"]) {
      const words = `${PLANTED.refused}${bad}`
      const target = { type: "selection", clauseId: "s17.c2", lang: "en", quote: words, anchor: null }
      for (const [path, body] of [
        ["ranking", { ranks: { P1: 1 }, reason: { en: words, ru: words } }],
        ["comments", { target, audience: "US", text: "Ours." }],
        ["comments", { target: { type: "clause", clauseId: "s17.c2" }, audience: "US", text: words }],
        ["acts", { act: "withdraw", proposalIds: [words], reason: words }],
        ["sync-ticket", { space: words }],
      ] as const) {
        const reply = await head.post(`/api/plans/demo/${path}`, body)
        expect([reply.status, carries(Buffer.from(await reply.text()), PLANTED.refused)], path).toEqual([422, false])
      }
    }
    const half = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"text":"${PLANTED.refused}`,
    }
    expect((await head.fetch("/api/plans/demo/comments", half)).status).toBe(400)
    expect((await head.fetch(`/api/plans/demo/comments?audience=${PLANTED.refused}%00`)).status).toBe(422)
    for (const path of ["comments", "ranking", "events", "record"]) await other.get(`/api/plans/demo/${path}`)
    mustNotHaveCrossed()
  })

  test("[EDIT51] words that a source hides do not come across with a paste", async () => {
    await Promise.all([us.takeSeat("head@us.example"), ru.takeSeat("head@ru.example")])
    await us.context.grantPermissions(["clipboard-read", "clipboard-write"])
    const html =
      `<p>${PASTED} <span style="display:none;mso-hide:all">${PLANTED.hidden}</span>` +
      `<!--${PLANTED.sourceComment}--><s>${PLANTED.struck}</s><span style="font-size:0">${PLANTED.hidden}</span></p>`
    await us.page.evaluate(
      (of) => navigator.clipboard.write([new ClipboardItem({ "text/html": new Blob([of], { type: "text/html" }) })]),
      html,
    )
    await us.type("s24.c3", "en", " ")
    await us.page.keyboard.press("Control+V")
    await us.saved()
    await ru.clause("s24.c3").scrollIntoViewIfNeeded()
    await ru.shows(ru.text("s24.c3", "en"), PASTED)
    expect(wire.carried(PASTED), "the tap hears what is really sent").toBe(true)
    mustNotHaveCrossed()
  })

  test("neither drafts, notes, comments, reasons nor deleted words; of a tabled draft only what was tabled", async () => {
    // planted in whole words, so that they lie in one piece in whatever carries them
    await us.press("s2.c1", "Propose a wording")
    await write(us, "Draft 2.1 English", PLANTED.draft)
    await write(us, "Draft 2.1 Русский", PLANTED.draftRu)
    await write(us, "Reasons that go with it, English", PLANTED.reason, us.page.getByLabel(/^2\.1 draft wording/))
    await us.page.getByRole("tab", { name: /^Instructions/ }).click()
    await us.page.getByRole("textbox", { name: "Write a note" }).fill(PLANTED.note)
    await us.page.getByRole("button", { name: "Write a note" }).click()
    await us.page.getByRole("tab", { name: /^Drafts/ }).click()
    await us.page.locator(".env").getByRole("button", { name: "Comment", exact: true }).first().click()
    await us.page.getByRole("textbox", { name: "Comment", exact: true }).fill(PLANTED.comment)
    await us.page.getByRole("button", { name: "Keep in the caucus" }).click()
    await us.page.getByText(PLANTED.comment).first().waitFor()
    await cellComment()
    await us.go("text")
    await us.clause("preamble.c1").waitFor()

    await lookEverywhere()
    mustNotHaveCrossed()
    await exports()

    // one draft is cleaned and tabled: words that were deleted before stay behind
    await us.press("s18.c2", "Propose a wording")
    await write(us, "Draft 18.2 English", PLANTED.deleted)
    for (let i = 0; i < PLANTED.deleted.length; i++) await us.page.keyboard.press("Backspace")
    await us.page.keyboard.insertText(TABLED)
    await us.saved()
    await us.page
      .getByLabel(/^18\.2 draft wording/)
      .getByRole("button", { name: us.words.prepare })
      .click()
    await us.page.getByRole("button", { name: us.words.tableIt }).click()
    await ru.shows(ru.text("s18.c2", "en"), TABLED)
    expect(wire.carried(TABLED), "the tap hears what is really sent").toBe(true)

    await lookEverywhere()
    await exports()
    mustNotHaveCrossed()
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })

  test("[STORE127] [API87] no log of the data directory, and none of the server's own lines, holds any of it", () => {
    const logs = readdirSync(folder.dataDir, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.log(\.1)?$|\/log\//.test(name),
    )
    expect(logs).toContain("postgres.log")
    const all = new Map(logs.map((name) => [name, readFileSync(path.join(folder.dataDir, name))]))
    all.set("output", Buffer.from(server.output()))
    expect(all.get("postgres.log")?.includes("ready to accept connections"), "PostgreSQL writes its log here").toBe(
      true,
    )
    expect(server.output(), "requests are logged").toContain("/api/plans/:id/ranking")
    for (const [name, bytes] of all)
      for (const words of [...Object.values(PLANTED), TABLED, PASTED])
        expect(carries(bytes, words), `${words} in ${name}`).toBe(false)
  })

  async function write(desk: Desk, label: string, words: string, within: Locator = desk.page.locator("body")) {
    const text = within.getByRole("textbox", { name: label })
    await text.click()
    await desk.page.locator("[contenteditable=true]:focus").waitFor()
    await desk.page.keyboard.press("Control+End")
    await desk.page.keyboard.insertText(words)
    await desk.shows(desk.page.locator(".env"), words)
  }

  async function cellComment(): Promise<void> {
    await us.go("costs")
    const cell = us.page.getByRole("gridcell", { name: /L12.*2012/ }).first()
    await cell.click()
    await us.page.keyboard.press("c")
    const dialog = us.page.getByRole("dialog")
    await dialog.getByLabel("Who reads it").selectOption({ label: "Own caucus only" })
    await dialog.getByRole("textbox", { name: "Comment" }).fill(PLANTED.cellComment)
    await dialog.getByRole("button", { name: "Send", exact: true }).click()
    await dialog.locator(".env").getByText(PLANTED.cellComment).waitFor()
    await us.page.keyboard.press("Escape")
  }

  /** The Russian head opens all there is, asks for all there is, and comes back afresh. */
  async function lookEverywhere(): Promise<void> {
    for (const tab of ["priorities", "costs", "signOff", "text"] satisfies Tab[]) {
      await ru.go(tab)
      await ru.page.waitForTimeout(400)
    }
    for (const name of ["Полномочия", "История"]) {
      await ru.page.getByRole("link", { name, exact: true }).click()
      await ru.page.waitForTimeout(400)
    }
    const paths = ["", "/standing", "/comments", "/costs", "/ranking", "/record", "/events", "/preflight", "/versions"]
    await ru.page.evaluate(
      (all) => Promise.all(all.map((path) => fetch(path).then((reply) => reply.text()))),
      [
        ...paths.map((path) => `/api/plans/demo${path}`),
        ...["US", "RU", "caucus", "all", "shared"].map((audience) => `/api/plans/demo/comments?audience=${audience}`),
        "/api/plans",
        "/api/me",
        "/api/openapi.json",
        "/metrics",
        "/healthz",
        "/readyz",
      ],
    )
    await ru.openPlan()
    await ru.page.getByRole("tab", { name: /^События/ }).click()
    await ru.page.getByRole("button", { name: /^Делегация/ }).click()
    await ru.page.waitForTimeout(600)
  }

  async function exports(): Promise<void> {
    for (const [format, audience] of [
      ["json", "shared"],
      ["docx", "shared"],
      ["pdf", "shared"],
      ["docx", "RU"],
    ] as const) {
      const inside = await exportedFile(ru.page, format, audience)
      for (const [where, words] of Object.entries(PLANTED)) {
        expect(inside.includes(words), `${where} in ${format}`).toBe(false)
        expect(inside.includes(Buffer.from(words).toString("latin1")), `${where} in ${format}`).toBe(false)
      }
    }
  }

  /** All figures but those of the process as a whole. */
  async function figures(): Promise<readonly string[]> {
    const reply = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    expect(reply.status).toBe(200)
    return (await reply.text()).split("\n").filter((line) => !line.includes("process_"))
  }
})

async function comment(person: Person, text: string, audience: string): Promise<void> {
  const target = { type: "clause", clauseId: "s17.c2" }
  expect((await person.post("/api/plans/demo/comments", { target, audience, text })).status).toBe(201)
}
