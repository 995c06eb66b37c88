import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { effort } from "@alternat/document/test-support"
import type { ClauseText, Inline, LivePlan } from "@alternat/plan"
import fc from "fast-check"
import type { Browser, Page } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readDemo } from "../bench/harness/demo.ts"
import { launchBrowser } from "../journeys/harness/browser.ts"
import { type App, clipboards } from "./clipboards.ts"
import { shownWords } from "./oracle.ts"

const { runs, timeoutMs } = effort({ short: 40, long: 3000 })

const livePlan = (): LivePlan => ({ plan: readDemo().plan, proposals: [], tableProposals: [], seq: 0 })

/** A real clause editor in a real browser: what other applications put on the clipboard, and what it puts there itself. */
describe("the clipboard", () => {
  let browser: Browser
  let page: Page
  const asked: string[] = []

  beforeAll(async () => {
    const outDir = mkdtempSync(path.join(tmpdir(), "alternat-paste-"))
    await build({
      configFile: false,
      logLevel: "error",
      resolve: { dedupe: ["yjs"] },
      build: {
        outDir,
        lib: {
          entry: path.join(import.meta.dirname, "page.ts"),
          formats: ["iife"],
          name: "bench",
          fileName: () => "page.js",
        },
      },
      define: { "process.env.NODE_ENV": '"production"' },
    })
    browser = await launchBrowser()
    page = await browser.newPage()
    page.on("request", (request) => asked.push(request.url()))
    await page.setContent("<!doctype html><title>bench</title><body></body>")
    await page.addScriptTag({ content: readFileSync(path.join(outDir, "page.js"), "utf8") })
    rmSync(outDir, { recursive: true })
    await page.evaluate(`window.oracle = ${shownWords.toString()}`)
    await page.evaluate((live) => void (window.clip = window.openBench(live)), livePlan())
  }, 120_000)
  afterAll(() => browser?.close())

  const paste = (html: string, text?: string) =>
    page.evaluate(([of, plain]) => window.clip.paste(of ?? "", plain), [html, text])
  const inlineWords = (inline: Inline) =>
    typeof inline === "string" ? inline : "em" in inline ? inline.em : `{${inline.key}}`
  const linesOf = (text: ClauseText): readonly string[] =>
    text.flatMap((one) => ("p" in one ? [one.p] : one.list)).map((inlines) => inlines.map(inlineWords).join(""))
  const pasted = async (html: string) => linesOf((await paste(html)).text)

  for (const app of ["word", "google", "libreoffice", "excel"] satisfies App[]) {
    test(
      `[EDIT50] of a paste from ${app} arrives exactly what a browser shows, in order`,
      async () => {
        await fc.assert(
          fc.asyncProperty(clipboards(app), async (html) => {
            const shown = await page.evaluate((of) => window.oracle(of), html)
            const lines = await pasted(html)
            expect(lines.flatMap((line) => line.split(/\s+/)).filter(Boolean)).toEqual(shown)
          }),
          runs,
        )
      },
      timeoutMs,
    )
  }

  test("[EDIT50] what no browser knows how to hide stays behind too, and nothing asks the network for anything", async () => {
    asked.length = 0
    for (const hidden of [
      '<span style="display:none;mso-hide:all">[US red line]</span>',
      "<span style='mso-hide:all'>[US red line]</span>",
      "<p style='mso-element:comment-list'>[US red line]</p>",
      "<xml><o:DocumentProperties><o:Title>[US red line]</o:Title></o:DocumentProperties></xml>",
      "<span style='mso-element:field-begin'></span> REF [US red line] <span style='mso-element:field-separator'></span>",
      "<details><summary></summary>[US red line]</details>",
      "<table><colgroup><col style='display:none'><col></colgroup><tr><td>[US red line]</td><td></td></tr></table>",
      "<!-- [US red line] -->",
      '<a href="#_msocom_1">[US red line]</a>',
      "<script>document.title = 'run'</script><template>[US red line]</template><svg onload=\"document.title='run'\"><text>[US red line]</text></svg>",
      '<img src="https://tracker.example/x.png" onerror="document.title=\'run\'"><style>p{background:url(https://tracker.example/y.png)}</style>',
    ])
      expect([
        hidden,
        await pasted(`<p>thirty ${hidden} days</p>`).then((lines) => lines.join(" ").replace(/\s+/g, " ")),
      ]).toEqual([hidden, "thirty days"])
    expect([asked, await page.title()]).toEqual([[], "bench"])
  })

  test("[EDIT51] the author is told how much stayed behind and which form was lost", async () => {
    const { text, report } = await paste(
      `<p>within <s>thirty</s> <span style="text-decoration:line-through">forty five</span> sixty days<span style="display:none"> red line here</span><img src=x></p>
       <ol start="3"><li>first<ol><li>nested</li></ol></li></ol><table><tr><td>a</td><td>b</td></tr></table><p>漢 ✅</p>`,
    )
    expect(linesOf(text)).toEqual(["within sixty days", "first", "nested", "a", "b", "✔"])
    expect(report).toMatchObject({ hidden: 3, struck: 3, pictures: 1, lost: ["numbering", "nested", "table"] })
    expect(report?.faults.map(({ char, replacement }) => [char, replacement])).toEqual([
      ["漢", null],
      ["✅", "✔"],
    ])
    expect(await paste("<p>within sixty days</p>")).toMatchObject({ report: null, refused: null })
    expect(await paste("<p style='display:none'>only this</p>")).toMatchObject({ text: [], report: { hidden: 2 } })
  })

  test("[EDIT52] superscripts and subscripts become signs of their own where those exist; else the author is told", async () => {
    const { text, report } = await paste(
      '<p>10<sup>6</sup> m<span style="vertical-align:super;font-size:0.6em">2</span>, H<sub>2</sub>O, 2<sup>n</sup>, A/B, <sup>1</sup>/<sub>2</sub></p>',
    )
    expect([linesOf(text), report]).toEqual([["10⁶ m², H₂O, 2ⁿ, A/B, ¹/₂"], null])
    const other = await paste("<p>x<sup>ж</sup></p>")
    expect([linesOf(other.text), other.report?.lost]).toEqual([["xж"], ["raised"]])
  })

  test("[EDIT50] lines, capitals and emphasis arrive as they look", async () => {
    expect(await pasted("<p>one<br>two</p><pre>three\nfour</pre><div>five<div>six</div></div>")).toEqual([
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
    ])
    expect(await pasted('<p style="text-transform:uppercase">Article 5</p>')).toEqual(["ARTICLE 5"])
    expect((await paste('<p>see <span style="font-style:italic">ibid.</span></p>')).text).toEqual([
      { p: ["see ", { em: "ibid." }] },
    ])
    const word =
      "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>(a)</span>one</p><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>(b)</span>two</p><p>after</p>"
    expect(await paste(word)).toMatchObject({ text: [{ list: [["one"], ["two"]] }, { p: ["after"] }], report: null })
  })

  test("[EDIT53] a copy holds the words of its values, and pasted back they are values again", async () => {
    const text: ClauseText = [
      { p: ["kept by each side after ", { field: "date", key: "end" }, " for the period"] },
      { list: [["US: ", { field: "party", key: "US", case: "nom" }], ["two"]] },
    ]
    const { html, plain } = await page.evaluate((of) => window.clip.copy(of), text)
    expect(plain.split("\n")[0]).toMatch(/^kept by each side after December\s31, 2014 for the period$/)
    expect(plain).not.toContain("\uFFFC")
    expect(html).toContain(">December&nbsp;31, 2014</span> for the period")
    expect((await paste(html, plain)).text).toEqual(text)
    const foreign = '<p>after <span data-field="date" data-key="of.another.plan">1 May 2012</span></p>'
    expect(await pasted(foreign)).toEqual(["after 1 May 2012"])
  })
})
