import { inflateSync } from "node:zlib"
import type { ExportFormat } from "@alternat/plan"
import { unzipSync } from "fflate"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk, type Tab } from "./harness/desk.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"
import { TappedWire } from "./harness/tapped-wire.ts"

/** Words planted in the American caucus, and one clean wording that is tabled. */
const PLANTED = {
  draft: "Canary-draft-7f3a1c",
  draftRu: "Канарейка-проект-91bd",
  deleted: "Canary-deleted-c04e77",
  note: "Canary-note-5d28e9",
  comment: "Canary-comment-a61b40",
  cellComment: "Canary-cell-e83f16",
  reason: "Canary-reason-2290fb",
}
const TABLED = "Tabled-in-the-open-48ac02"

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
        dataDir: folder.path,
        port,
        env: { LOG_LEVEL: "debug" },
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

  test("neither drafts, notes, comments, reasons nor deleted words; of a tabled draft only what was tabled", async () => {
    await Promise.all([us.takeSeat("head@us.example"), ru.takeSeat("head@ru.example")])

    // planted in whole words, so that they lie in one piece in whatever carries them
    await us.press("s2.c1", "Propose a wording")
    await write(us, "Draft 2.1 English", PLANTED.draft)
    await write(us, "Draft 2.1 Русский", PLANTED.draftRu)
    await us.page
      .getByLabel(/^2\.1 draft wording/)
      .getByLabel("Reasons that go with it, English")
      .fill(PLANTED.reason)
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
    for (const words of Object.values(PLANTED)) expect(server.output(), "the log").not.toContain(words)
    expect([...us.complaints, ...ru.complaints]).toEqual([])
  })

  async function write(desk: Desk, label: string, words: string): Promise<void> {
    const text = desk.page.getByRole("textbox", { name: label })
    await text.click()
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
      const bytes = await exported(format, audience)
      const inside = `${bytes.toString("latin1")}${unpacked(format, bytes)}`
      for (const [where, words] of Object.entries(PLANTED)) {
        expect(inside.includes(words), `${where} in ${format}`).toBe(false)
        expect(inside.includes(Buffer.from(words).toString("latin1")), `${where} in ${format}`).toBe(false)
      }
    }
  }

  async function exported(format: ExportFormat, audience: string): Promise<Buffer> {
    const base64 = await ru.page.evaluate(
      async ({ format, audience }) => {
        const headers = { "content-type": "application/json" }
        const body = JSON.stringify({ format, audience })
        const asked = await fetch("/api/plans/demo/exports", { method: "POST", headers, body })
        let job = (await asked.json()) as { id: string; status: string; error?: string }
        if (!asked.ok) throw new Error(`${format} for ${audience}: ${JSON.stringify(job)}`)
        while (job.status !== "done") {
          if (job.status === "failed") throw new Error(`${format}: ${job.error}`)
          await new Promise((resolve) => setTimeout(resolve, 200))
          job = (await (await fetch(`/api/plans/demo/exports/${job.id}`)).json()) as typeof job
        }
        const file = await fetch(`/api/plans/demo/exports/${job.id}/file`)
        const bytes = new Uint8Array(await file.arrayBuffer())
        let text = ""
        for (const byte of bytes) text += String.fromCharCode(byte)
        return btoa(text)
      },
      { format, audience },
    )
    return Buffer.from(base64, "base64")
  }
})

/** What a file holds under its compression. */
function unpacked(format: string, bytes: Buffer): string {
  if (format === "docx")
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString("utf8"))
      .join("\n")
  if (format !== "pdf") return bytes.toString("utf8")
  const parts: string[] = []
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
    const from = at + (bytes[at + 6] === 13 ? 8 : 7)
    try {
      parts.push(inflateSync(bytes.subarray(from), { finishFlush: 2 }).toString("utf8"))
    } catch {
      // a stream of another kind, or the word "endstream"
    }
  }
  return parts.join("\n")
}
