import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { Person } from "./harness/person.ts"
import { Seats } from "./harness/seats.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

const MB = 1024 * 1024

/** What no honest client sends, and what people paste: refused or cleaned, said plainly, and of no harm to anybody. */
describe("bad input", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let us: Desk
  let ru: Desk
  let seats: Seats

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([
      launchBrowser(),
      startServer({ dataDir: folder.dataDir, port, env: { TICKET_TTL: "1s" } }),
    ])
    us = await Desk.open(browser, server.url, "en")
    ru = await Desk.open(browser, server.url, "ru")
    seats = await Seats.take(server.url)
    await Promise.all([us.takeSeat("drafter@us.example"), ru.takeSeat("drafter@ru.example")])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  const state = async () => JSON.stringify([await seats.live(), await seats.standing()])

  /** The room still serves others: what one side types the other reads. */
  const stillServes = async (words: string) => {
    await us.type("s18.c2", "en", ` ${words}`)
    await ru.shows(ru.text("s18.c2", "en"), words)
    await us.saved()
  }

  test("garbage and giants on the wire end that socket with the documented code, and nothing else", async () => {
    const person = await Person.signIn(server.url, "budget@us.example")
    const before = await state()
    const wrongs: readonly (readonly [string, number, Buffer])[] = [
      ["noise", 4403, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 256))],
      ["nothing", 4403, Buffer.alloc(0)],
      ["a length beyond the frame", 4403, Buffer.from([0, 2, 0xff, 0xff, 0xff, 0x7f, 1])],
      ["an update of noise", 4403, Buffer.from([0, 2, 8, 9, 9, 9, 9, 9, 9, 9, 9])],
      ["10 MB", 4413, Buffer.alloc(10 * MB, 1)],
      ["an update of 9 MB", 4413, Buffer.concat([Buffer.from([0, 2, 0x80, 0x80, 0xc0, 0x04]), Buffer.alloc(9 * MB)])],
    ]
    for (const [what, code, bytes] of wrongs) expect(await closedWith(person, bytes), what).toBe(code)
    expect(await state()).toBe(before)
    await stillServes("After the noise.")
  })

  test("a clause longer than any may be is kept for its author, who is told why, and stays as it was", async () => {
    await ru.type("s18.c2", "ru", " ")
    await ru.saved()
    await ru.page.keyboard.insertText("слова ".repeat(17_000))
    const notice = ru.page.locator(".paper .ntc")
    await ru.shows(notice, "Пункт 18.2 был бы слишком длинным: в пункте не больше 100 000 знаков.")
    await ru.shows(notice, "слова слова")
    expect(await notice.getByRole("button", { name: ru.words.putInAgain }).count()).toBe(0)
    const size = await notice.boundingBox()
    expect(size?.height).toBeLessThan(450)
    await notice.getByRole("button", { name: "Убрать" }).click()
    await notice.waitFor({ state: "detached" })
    await stillServes("After too much.")
    expect((await ru.text("s18.c2", "ru").innerText()).length).toBeLessThan(1000)
  })

  test("a ticket of one second opens nothing after two", async () => {
    const person = await Person.signIn(server.url, "budget@us.example")
    const { room, ticket } = await ticketOf(person)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/sync/${room}?ticket=${ticket}`)
    expect(await closeCode(socket)).toBe(4401)
  })

  test("requests that are malformed, too large, another's, stale or lost get their status and code and change nothing", async () => {
    const person = await Person.signIn(server.url, "head@us.example")
    const translator = await Person.signIn(server.url, "translator@ru.example")
    const observer = await Person.signIn(server.url, "observer@plan.example")
    const zero = "0".repeat(64)
    const stale = { act: "agree_ad_referendum", clauses: [{ clauseId: "s18.c2", hash: { en: zero, ru: zero } }] }
    const acts = "/api/plans/demo/acts"
    const proposal = (await seats.live()).proposals.find((one) => one.party === "RU" && one.status === "open")
    const json = { "content-type": "application/json" }
    const before = await state()
    const wrongs: readonly (readonly [string, number, string, Promise<Response>])[] = [
      ["malformed", 400, "malformed_json", person.fetch(acts, { method: "POST", headers: json, body: "{ no" })],
      ["oversize", 413, "too_large", person.post(acts, { act: "x".repeat(2 * MB) })],
      ["no such act", 422, "invalid_request", person.post(acts, { act: "conquer" })],
      ["a stale hash", 409, "stale", person.post(acts, stale)],
      ["unknown plan", 404, "no_such_plan", person.post("/api/plans/nowhere/acts", stale)],
      [
        "no such clause",
        409,
        "unknown_clause",
        person.post(acts, { ...stale, clauses: [{ ...stale.clauses[0], clauseId: "s99.c9" }] }),
      ],
      ["an observer's act", 403, "not_your_role", observer.post(acts, stale)],
      ["a translator's agreement", 403, "not_your_role", translator.post(acts, stale)],
      [
        "the other side's proposal withdrawn",
        403,
        "not_your_proposal",
        person.post(acts, { act: "withdraw_proposal", proposalId: proposal?.id, hash: zero }),
      ],
      [
        "the other side's caucus",
        403,
        "wrong_party",
        person.post("/api/plans/demo/comments", {
          target: { type: "clause", clauseId: "s2.c1" },
          audience: "RU",
          text: "?",
        }),
      ],
      ["an observer's caucus", 403, "wrong_party", observer.post("/api/plans/demo/sync-ticket", { space: "caucus" })],
      [
        "a form from elsewhere",
        403,
        "bad_origin",
        person.fetch(acts, {
          method: "POST",
          headers: { ...json, origin: "https://elsewhere.example" },
          body: JSON.stringify(stale),
        }),
      ],
      [
        "no session",
        401,
        "not_signed_in",
        fetch(server.url + acts, {
          method: "POST",
          headers: { ...json, origin: server.url },
          body: JSON.stringify(stale),
        }),
      ],
    ]
    for (const [what, status, code, waiting] of wrongs) {
      const reply = await waiting
      const problem = (await reply.json()) as { status: number; code: string }
      expect(`${what}: ${reply.status} ${problem.code}`).toBe(`${what}: ${status} ${code}`)
      expect(problem.status, what).toBe(reply.status)
      expect(reply.headers.get("content-type"), what).toContain("application/problem+json")
    }
    expect(await state()).toBe(before)
  })

  describe("pasted", () => {
    test.each([
      ["text", "text/plain"],
      ["HTML", "text/html"],
    ])("11 MB of %s are refused with a message, and the page answers at once", async (_name, type) => {
      await enter(us, "s24.c3", "en")
      const before = await us.text("s24.c3", "en").innerText()
      const words = type === "text/html" ? "<p onclick='x()'><b>Слово</b> word</p>" : "Слово word. "
      const ms = await paste(us, type, words, Math.ceil((11 * MB) / words.length))
      await us.page.getByText("The paste is larger than 10 MB and was refused.").waitFor()
      expect(ms).toBeLessThan(1500)
      await us.page.keyboard.press("Escape")
      expect(await us.text("s24.c3", "en").innerText()).toBe(before)
    })

    test("more than a clause holds is refused, in Russian too", async () => {
      await enter(ru, "s24.c3", "ru")
      const ms = await paste(ru, "text/plain", "Очень длинный пункт. ", 300_000)
      await ru.page.getByText("Пункт вмещает не более 100 000 знаков").waitFor()
      expect(ms).toBeLessThan(3000)
    })

    test("HTML with scripts, foreign nodes and styles, decomposed й and hidden characters comes as clean words", async () => {
      await enter(ru, "s24.c3", "ru")
      const evil =
        '<p style="color:red" onclick="window.bitten=1">Краи\u0306\u200Bний <b>срок</b><script>window.bitten=1</script>' +
        '<img src="/nothing.png" onerror="window.bitten=1"><svg><a href="javascript:window.bitten=1">x</a></svg>' +
        '<iframe srcdoc="<script>parent.bitten=1</script>"></iframe><math><mi>y</mi></math> на\u00ADзначен\u202E.</p>'
      await paste(ru, "text/html", evil, 1)
      await us.shows(us.text("s24.c3", "ru"), "Крайний срок")
      await ru.saved()
      const clause = JSON.stringify((await seats.clause("s24.c3")).ru)
      expect(clause).toContain("Крайний срок")
      // a soft hyphen is a sign that the text may hold; what turns or hides letters is not
      expect(clause).toContain("на\u00ADзначен.")
      expect(clause).not.toMatch(/[\u200B\u202E]|\u0306|script|style|onerror|window/)
      for (const desk of [us, ru]) {
        expect(await desk.page.evaluate(() => "bitten" in window)).toBe(false)
        expect(
          await desk
            .text("s24.c3", "ru")
            .getByRole("textbox")
            .locator("b, script, img, svg, iframe, [style*=red]")
            .count(),
        ).toBe(0)
      }
      expect([...us.complaints, ...ru.complaints]).toEqual([])
    })
  })

  async function enter(desk: Desk, id: string, lang: "en" | "ru"): Promise<void> {
    await desk.focus(id)
    await desk.text(id, lang).getByRole("textbox").click()
    await desk.text(id, lang).locator("[contenteditable=true]").waitFor()
  }

  /** Pastes `words` so many times over into what has the focus, and says for how long the page was busy with it. */
  async function paste(desk: Desk, type: string, words: string, times: number): Promise<number> {
    return desk.page.evaluate(
      ({ type, words, times }) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData(type, words.repeat(times))
        const began = performance.now()
        document.activeElement?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
        )
        return new Promise<number>((resolve) => setTimeout(() => resolve(performance.now() - began), 0))
      },
      { type, words, times },
    )
  }

  async function closedWith(person: Person, bytes: Buffer): Promise<number> {
    const { room, ticket } = await ticketOf(person)
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/sync/${room}?ticket=${ticket}&ext=1`)
    const code = closeCode(socket)
    await Promise.race([new Promise((resolve) => socket.once("open", resolve)), code])
    socket.send(bytes)
    return Promise.race([code, new Promise<number>((resolve) => setTimeout(() => resolve(0), 5000).unref())])
  }
})

async function ticketOf(person: Person): Promise<{ room: string; ticket: string }> {
  const reply = await person.post("/api/plans/demo/sync-ticket", { space: "plan" })
  return (await reply.json()) as { room: string; ticket: string }
}

function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.on("close", (code) => resolve(code))
    socket.on("error", () => undefined)
  })
}
