import type { Browser, Page } from "playwright-core"
import { getDocumentProxy } from "unpdf"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { launchBrowser } from "./harness/browser.ts"
import { Desk } from "./harness/desk.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

const PAPERS = [
  { name: "A4", format: "A4", landscape: false, size: [595, 842] },
  { name: "A4 across", format: "A4", landscape: true, size: [842, 595] },
  { name: "Letter", format: "Letter", landscape: false, size: [612, 792] },
] as const
const PAGES = ["", "/costs", "/roles", "/priorities"] as const

interface Sheet {
  readonly width: number
  readonly height: number
  readonly runs: readonly {
    readonly text: string
    readonly left: number
    readonly right: number
    /** from the foot of the sheet */
    readonly up: number
  }[]
}

async function readSheets(pdf: Uint8Array): Promise<readonly Sheet[]> {
  const document = await getDocumentProxy(pdf)
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, i) => {
      const page = await document.getPage(i + 1)
      const [, , width = 0, height = 0] = page.view
      const { items } = await page.getTextContent()
      const runs = items.flatMap((item) => {
        if (!("str" in item) || item.str.trim() === "") return []
        const left = Number(item.transform[4])
        const right = left + (Number(item.transform[1]) === 0 ? 0 : item.width)
        return [{ text: item.str, left, right, up: Number(item.transform[5]) }]
      })
      return { width, height, runs }
    }),
  )
}

/** The words that the page shows on paper: neither hidden nor for screen readers alone. */
const shownWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const words: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent === null || parent.closest(".vh, script, style, svg, option, [aria-hidden=true]") !== null) continue
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { width, height } = range.getBoundingClientRect()
      if (width < 2 || height < 2) continue
      const upper = getComputedStyle(parent).textTransform === "uppercase"
      const text = upper ? (node.textContent ?? "").toLocaleUpperCase() : (node.textContent ?? "")
      words.push(...text.split(/\s+/).filter((word) => word !== ""))
    }
    return words
  })

const squeeze = (text: string) => text.normalize("NFC").replace(/[\s\u00ad\u2010-\u2012-]+/g, "")

/** Pages of the web on paper. */
describe("print", () => {
  const folder = demoFolder()
  let browser: Browser
  let server: RunningServer
  let desks: readonly Desk[] = []

  beforeAll(async () => {
    const port = await freePort()
    ;[browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder.dataDir, port })])
    desks = await Promise.all([Desk.open(browser, server.url, "en"), Desk.open(browser, server.url, "ru")])
    await Promise.all([desks[0]!.takeSeat("drafter@us.example"), desks[1]!.takeSeat("drafter@ru.example")])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder.remove()
  })

  test("[WEB60] [WEB61] [WEB62] text, costs, roles and priorities print each word, inside the paper chosen, with page numbers", async () => {
    for (const { page } of desks) {
      for (const route of PAGES) {
        await page.goto(`${server.url}/plans/demo${route}`)
        await page.locator("main h1, main h2").first().waitFor()
        await page.waitForLoadState("networkidle")
        await page.emulateMedia({ media: "print" })
        const words = await shownWords(page)
        expect(words.length, route).toBeGreaterThan(200)
        for (const { name, format, landscape, size } of PAPERS) {
          const where = `${route || "/text"} on ${name}`
          const pdf = await page.pdf({ format, landscape })
          const sheets = await readSheets(new Uint8Array(pdf))
          // browsers round sizes to their own units
          expect(Math.abs(sheets[0]!.width - size[0]), where).toBeLessThan(2)
          expect(Math.abs(sheets[0]!.height - size[1]), where).toBeLessThan(2)
          const all = squeeze(sheets.flatMap((sheet) => sheet.runs.map((run) => run.text)).join(""))
          expect(
            [...new Set(words)].filter((word) => !all.includes(squeeze(word))),
            where,
          ).toEqual([])
          const outside = sheets.flatMap((sheet) =>
            sheet.runs.filter((run) => run.left < 0 || run.right > sheet.width + 1).map((run) => run.text),
          )
          expect(outside, where).toEqual([])
          sheets.forEach((sheet, i) =>
            expect(squeeze(sheet.runs.map((run) => run.text).join("")), `${where}, page ${i + 1}`).toContain(
              `${i + 1}/${sheets.length}`,
            ),
          )
        }
        await page.emulateMedia({ media: null })
      }
    }
  }, 300_000)

  test("[WEB134] no heading of a section, table or group of rows stands alone at the foot of a printed page", async () => {
    for (const { page } of desks) {
      for (const route of PAGES) {
        await page.goto(`${server.url}/plans/demo${route}`)
        await page.locator("main h1, main h2").first().waitFor()
        await page.waitForLoadState("networkidle")
        const headings = await page
          .locator("main :is(h2, h3), main th[scope=rowgroup], main tr.grp th")
          .evaluateAll((found) => found.map((one) => one.textContent ?? ""))
        expect(headings.length, route).toBeGreaterThan(0)
        const known = new Set(headings.map(squeeze))
        // heights of paper move the breaks, so that each heading comes near a foot at one of them
        for (const height of [760, 940, 1120]) {
          const sheets = await readSheets(new Uint8Array(await page.pdf({ width: "794px", height: `${height}px` })))
          const alone = sheets.slice(0, -1).flatMap((sheet) => {
            // under the number of the page nothing stands
            const body = sheet.runs.filter((run) => run.up > 57)
            const foot = Math.min(...body.map((run) => run.up))
            const line = body.filter((run) => run.up < foot + 3).map((run) => run.text)
            const words = squeeze(line.join(""))
            return [...known].flatMap((heading) =>
              // less may be the end of a word that a narrow cell has broken
              words.length > 4 && (heading.endsWith(words) || words.endsWith(heading))
                ? [`${words} of ${heading}`]
                : [],
            )
          })
          expect(alone, `${route || "/text"} on ${height}`).toEqual([])
        }
      }
    }
  }, 300_000)

  test("[WEB63] a number and the words beside it print, and copy, as two words", async () => {
    const { page } = desks[0]!
    await page.goto(`${server.url}/plans/demo`)
    await page.locator(".cn").first().waitFor()
    const sheets = await readSheets(new Uint8Array(await page.pdf({ format: "A4" })))
    const all = sheets.flatMap((sheet) => sheet.runs.map((run) => run.text)).join(" ")
    expect(all).not.toMatch(/\d+\.\d+[A-ZА-Я]/)
  })
})
