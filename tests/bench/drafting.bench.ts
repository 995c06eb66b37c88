// Typing in a plan of 400 clauses in two languages, in a real browser: our clause editors against one stock
// collaborative editor per language.
import { setTimeout as pause } from "node:timers/promises"
import type { Browser, CDPSession } from "playwright-core"
import { launchBrowser } from "../journeys/harness/browser.ts"
import { openSite } from "./drafting/site.ts"
import { median, percentile, type Row, readOptions, report } from "./harness/report.ts"

const options = readOptions()
const letters = options.quick ? 20 : 60
const rounds = options.quick ? 1 : 3
const PAGES = { ours: "ours.html", stock: "peer.html", skipping: "peer.html?cv" }
type Page = keyof typeof PAGES

interface Measured {
  readonly ready: number
  readonly local: number
  readonly localP95: number
  readonly localWork: number
  readonly remote: number
  readonly remoteWork: number
  readonly heap: number
  readonly nodes: number
}

async function measure(browser: Browser, url: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.on("pageerror", (error) => console.error(error))
  await page.goto(url)
  await page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: 60_000 })
  const cdp = await context.newCDPSession(page)
  await cdp.send("Performance.enable")
  await cdp.send("HeapProfiler.collectGarbage")
  const rest = await metrics(cdp)
  await page.keyboard.press("a")
  await pause(300)
  const before = await metrics(cdp)
  for (let n = 0; n < letters; n++) {
    await page.keyboard.press("e")
    await pause(25)
  }
  await page.waitForFunction((count) => (window.bench?.keys.length ?? 0) > count, letters)
  const typed = await metrics(cdp)
  const keys = await page.evaluate(() => window.bench?.keys.slice(1) ?? [])
  const remote = await page.evaluate((count) => window.bench?.remote(count) ?? Promise.resolve([]), letters)
  const after = await metrics(cdp)
  const ready = await page.evaluate(() => window.bench?.readyMs ?? Number.NaN)
  await context.close()
  return {
    ready,
    local: median(keys),
    localP95: percentile(keys, 95),
    localWork: ((typed.task - before.task) * 1000) / letters,
    remote: median(remote),
    remoteWork: ((after.task - typed.task) * 1000) / letters,
    heap: rest.heap / 1e6,
    nodes: rest.nodes,
  }
}

async function metrics(cdp: CDPSession): Promise<{ task: number; heap: number; nodes: number }> {
  const { metrics } = await cdp.send("Performance.getMetrics")
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { task: value("TaskDuration"), heap: value("JSHeapUsedSize"), nodes: value("Nodes") }
}

const site = await openSite()
const browser = await launchBrowser()
const measured: Record<Page, Measured[]> = { ours: [], stock: [], skipping: [] }
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(PAGES) as Page[])
    measured[name].push(await measure(browser, `${site.url}/${PAGES[name]}`))
await browser.close()
site.close()

const rows = (figure: string, unit: string, key: keyof Measured): readonly Row[] =>
  (["stock", "skipping"] as const).map((peer) => ({
    figure,
    unit,
    ours: measured.ours.map((one) => one[key]),
    peer: measured[peer].map((one) => one[key]),
    against: peer === "stock" ? "Tiptap" : "Tiptap + content-vis.",
  }))
report(
  "drafting",
  `400 clauses × 2 languages, ${site.words} words, ${letters} letters each way, ${rounds} rounds in turn; peer: one Tiptap 3.31.3 editor per language over one fragment`,
  [
    ...rows("navigation to a caret that was drawn", "ms", "ready"),
    ...rows("own letter: keydown to frame, median", "ms", "local"),
    ...rows("own letter: keydown to frame, p95", "ms", "localP95"),
    ...rows("own letter: main-thread work", "ms", "localWork"),
    ...rows("another's letter: bytes to frame, median", "ms", "remote"),
    ...rows("another's letter: main-thread work", "ms", "remoteWork"),
    ...rows("JS heap after collection, at rest", "MB", "heap"),
    ...rows("DOM nodes at rest", "", "nodes"),
  ],
  options,
)
