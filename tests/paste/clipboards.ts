import fc from "fast-check"

/**
 * Clipboards as applications fill them. Every word is another one, so that what arrives can be told from what should;
 * what is hidden is hidden in the way of the application: by its own attributes, inline, or by a class in `<style>`.
 */
export type App = "word" | "google" | "libreoffice" | "excel"

interface Draft {
  readonly css: string[]
  word(): string
}

/** A stretch of words in the style that wraps them. */
type Wrap = (words: string, draft: Draft) => string

const inline =
  (css: string): Wrap =>
  (words) =>
    `<span style="${css}">${words}</span>`
const byClass =
  (css: string): Wrap =>
  (words, draft) => {
    const name = `c${draft.css.length}`
    draft.css.push(`.${name} {${css}}`)
    return `<span class=${name}>${words}</span>`
  }
const block =
  (css: string): Wrap =>
  (words) =>
    `<div style="${css}">${words}</div>`

const SEEN_STYLES = [
  "color:#1f3864",
  "font-style:italic",
  "font-weight:700;background-color:transparent",
  "color:white;background:black;mso-shading:windowtext",
  "font-size:8.0pt;font-family:&quot;Times New Roman&quot;,serif;mso-fareast-language:RU",
  "white-space:pre-wrap;vertical-align:baseline;text-decoration:none",
  "text-decoration:underline;opacity:0.9",
  "visibility:visible;letter-spacing:.05em",
]
const UNSEEN_STYLES = [
  "display:none",
  "display:none;mso-hide:all",
  "mso-hide:all",
  "visibility:hidden",
  "opacity:0",
  "font-size:0",
  "font-size:1px",
  "color:transparent",
  "color:white",
  "color:#fff;background:#ffffff",
  "color:black;background:black",
  "position:absolute;left:-9999px",
  "position:absolute;top:-9999px",
  "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap",
  "position:absolute;clip-path:inset(50%)",
  "display:inline-block;width:0;overflow:hidden;white-space:nowrap",
  "display:inline-block;text-indent:-9999px",
  "display:inline-block;transform:translateX(-9999px)",
  "content-visibility:hidden;display:inline-block;width:9px;height:9px",
  "text-decoration:line-through",
  "text-decoration:line-through underline red",
]
const UNSEEN_BLOCKS = [
  "height:0;overflow:hidden",
  "max-height:0;overflow:hidden",
  "display:none",
  "visibility:collapse",
  "margin-left:-9999px;width:400px",
]

const wraps: fc.Arbitrary<Wrap> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Wrap>((words) => words) },
  { weight: 4, arbitrary: fc.constantFrom(...SEEN_STYLES).map(inline) },
  // a style sheet's own quotes stay as they are
  { weight: 2, arbitrary: fc.constantFrom(...SEEN_STYLES.filter((css) => !css.includes("&"))).map(byClass) },
  { weight: 4, arbitrary: fc.constantFrom(...UNSEEN_STYLES).map(inline) },
  { weight: 3, arbitrary: fc.constantFrom(...UNSEEN_STYLES.filter((css) => css !== "mso-hide:all")).map(byClass) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("del", "s", "strike").map(
      (tag): Wrap =>
        (words) =>
          `<${tag}>${words}</${tag}>`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("b", "i", "u", "em", "ins", "font").map(
      (tag): Wrap =>
        (words) =>
          `<${tag}>${words}</${tag}>`,
    ),
  },
  { weight: 1, arbitrary: fc.constant<Wrap>((words) => `<!-- ${words} -->`) },
  { weight: 1, arbitrary: fc.constant<Wrap>((words) => `<span hidden>${words}</span>`) },
)

/** Words in up to three wraps, one in another, with words beside. */
const run = fc.record({ count: fc.integer({ min: 1, max: 3 }), wraps: fc.array(wraps, { maxLength: 3 }) })
const runs = fc.array(run, { minLength: 1, maxLength: 5 })
const hiddenBlock = fc.option(fc.constantFrom(...UNSEEN_BLOCKS), { freq: 6 })

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never
const written = (draft: Draft, parts: readonly Run[]): string =>
  parts
    .map((part) =>
      part.wraps.reduce(
        (words, wrap) => wrap(words, draft),
        Array.from({ length: part.count }, () => draft.word()).join(" "),
      ),
    )
    .join(" ")

type Body = (draft: Draft) => string

const paragraphs = (open: string, close: string): fc.Arbitrary<Body> =>
  fc.tuple(runs, hiddenBlock).map(([parts, hides]) => (draft) => {
    const paragraph = `${open}${written(draft, parts)}${close}`
    return hides === null ? paragraph : block(hides)(paragraph, draft)
  })

const table = (cell: string): fc.Arbitrary<Body> =>
  fc
    .array(fc.record({ cells: fc.array(runs, { minLength: 1, maxLength: 3 }), isHidden: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    })
    .map(
      (rows) => (draft) =>
        `<table border=0 cellpadding=0 style='border-collapse:collapse'>${rows
          .map(
            ({ cells, isHidden }) =>
              `<tr${isHidden ? " height=0 style='display:none'" : ""}>${cells.map((parts) => `<td ${cell}>${written(draft, parts)}</td>`).join("")}</tr>`,
          )
          .join("")}</table>`,
    )

const list = (tag: "ol" | "ul"): fc.Arbitrary<Body> =>
  fc
    .array(runs, { minLength: 1, maxLength: 3 })
    .map(
      (items) => (draft) =>
        `<${tag}>${items.map((parts) => `<li dir="ltr"><p>${written(draft, parts)}</p></li>`).join("")}</${tag}>`,
    )

const wordItem: fc.Arbitrary<Body> = fc.tuple(runs, fc.integer({ min: 1, max: 3 })).map(
  ([parts, level]) =>
    (draft) =>
      `<p class=MsoListParagraph style='text-indent:-18.0pt;margin-left:${level * 36}pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${level}.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${written(draft, parts)}<o:p></o:p></p>`,
)

const fieldCode: fc.Arbitrary<Body> = runs.map(
  (parts) => (draft) =>
    `<p class=MsoNormal>${written(draft, parts)} <!--[if supportFields]><span style='mso-element:field-begin'></span> REF ${draft.word()} <span style='mso-element:field-separator'></span><![endif]-->${draft.word()}<!--[if supportFields]><span style='mso-element:field-end'></span><![endif]--></p>`,
)

const BODIES: Readonly<Record<App, fc.Arbitrary<readonly Body[]>>> = {
  word: fc.array(
    fc.oneof(
      paragraphs("<p class=MsoNormal>", "<o:p></o:p></p>"),
      wordItem,
      fieldCode,
      table("width=200 valign=top style='width:150.0pt;padding:0cm 5.4pt'"),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  google: fc.array(
    fc.oneof(
      paragraphs('<p dir="ltr" style="line-height:1.38;margin-top:0pt">', "</p>"),
      list("ol"),
      list("ul"),
      table('style="border-left:solid #000 1pt;vertical-align:top;padding:5pt"'),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  libreoffice: fc.array(
    fc.oneof(
      paragraphs('<p style="line-height: 100%; margin-bottom: 0cm">', "</p>\n"),
      list("ol"),
      table('style="border: 1px solid #000000; padding: 0.1cm"'),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  excel: fc.array(table("class=xl65 style='height:15.0pt;width:120pt;mso-number-format:General'"), {
    minLength: 1,
    maxLength: 2,
  }),
}

const PAGES: Readonly<Record<App, (css: string, body: string) => string>> = {
  word: (css, body) =>
    `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Someone</o:Author></o:DocumentProperties></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt} ${css} --></style></head><body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->${body}<!--EndFragment--></body></html>`,
  google: (css, body) =>
    `<meta charset='utf-8'><style>${css}</style><b style="font-weight:normal;" id="docs-internal-guid-1">${body}</b>`,
  libreoffice: (css, body) =>
    `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title>Note of the delegation</title><meta name="author" content="Someone"/><style type="text/css">@page { size: 21cm 29.7cm } p { line-height: 115%; background: transparent } ${css}</style></head><body lang="en-US" link="#000080" dir="ltr">${body}</body></html>`,
  excel: (css, body) =>
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet><!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]--><style><!-- td {padding:1px;color:black;font-size:11.0pt;white-space:nowrap} ${css} --></style></head><body link="#0563C1">${body}</body></html>`,
}

export const clipboards = (app: App): fc.Arbitrary<string> =>
  BODIES[app].map((bodies) => {
    let next = 0
    const draft: Draft = { css: [], word: () => `w${next++}` }
    const body = bodies.map((make) => make(draft)).join("\n")
    return PAGES[app](draft.css.join(" "), body)
  })
