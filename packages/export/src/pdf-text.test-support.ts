import { unzlibSync } from "fflate"

/**
 * Reads our own PDFs back: enough of the format for what the typesetter writes, so that the tests need no tool outside
 * the repository. Moving parts: objects by number; the content of each page as positioned runs of text, each with the
 * marked content it belongs to; and the structure tree, which gives the text in the order in which it is read, however
 * many pages a cell runs over.
 */
export interface PdfRun {
  readonly text: string
  /** in points, from the left lower corner of the page */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  /** `Header`, `Footer`, `Page` and the like for what is no content */
  readonly artifact: string | null
  readonly mcid: number | null
}

export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly runs: readonly PdfRun[]
}

export interface PdfText {
  readonly pages: readonly PdfPage[]
  /** all content in the order of the structure tree; page furniture is not in it */
  readonly inOrder: string
  /** the two columns of clauses, each read from its first page to its last */
  readonly columns: readonly [string, string]
}

interface Font {
  readonly unicode: ReadonlyMap<number, string>
  readonly widths: ReadonlyMap<number, number>
}

export function readPdf(pdf: Uint8Array): PdfText {
  const source = Buffer.from(pdf).toString("latin1")
  const objects = new Map<string, string>()
  for (const match of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(match[1] ?? "", match[2] ?? "")
  const fonts = new Map<string, Font>()
  const fontOf = (id: string): Font => {
    const known = fonts.get(id) ?? readFont(objects, id)
    fonts.set(id, known)
    return known
  }
  const pageIds = pagesBelow(objects, "1")
  const pages = pageIds.map((id): PdfPage => {
    const page = objects.get(id) ?? ""
    const named = new Map<string, Font>()
    for (const font of page.matchAll(/\/(f\d+) (\d+) 0 R/g)) named.set(font[1] ?? "", fontOf(font[2] ?? ""))
    const contents = objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? "") ?? ""
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page)
    return { width: Number(box?.[1]), height: Number(box?.[2]), runs: readContent(inflate(contents), named) }
  })
  const inOrder = readStructure(objects, new Map(pageIds.map((id, i) => [id, pages[i]!])))
  return { pages, inOrder, columns: [readColumn(pages, 0), readColumn(pages, 1)] }
}

/** What begins on one side of the middle of upright pages. The contents have their middle elsewhere; their size shows them. */
function readColumn(pages: readonly PdfPage[], side: 0 | 1): string {
  return pages
    .filter((page) => page.width < page.height)
    .flatMap((page) => {
      const isContents = page.runs.some((run) => Math.abs(run.size - 9.3) < 0.01)
      // beyond the right column the contents have their page numbers
      const [middle, end] = isContents ? [300, 530] : [310, page.width]
      return page.runs.filter((run) => run.artifact === null && run.x < end && run.x < middle === (side === 0))
    })
    .map((run) => run.text)
    .join("")
}

/** The text of every page in the order it was set, page furniture included. */
export const pdfPages = (pdf: Uint8Array): readonly string[] =>
  readPdf(pdf).pages.map((page) => page.runs.map((run) => run.text).join(""))

/** Spaces fall at the ends of lines, so texts are compared without them. */
export const squeeze = (text: string): string => text.replace(/[\s\u00a0]+/g, "")

function pagesBelow(objects: ReadonlyMap<string, string>, id: string): readonly string[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(objects.get(id) ?? "")?.[1]
  if (kids === undefined) return [id]
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap((kid) => pagesBelow(objects, kid[1] ?? ""))
}

function inflate(object: string): string {
  const start = object.indexOf("stream\n") + 7
  const length = Number(/\/Length (\d+)/.exec(object)?.[1])
  return Buffer.from(unzlibSync(Buffer.from(object.slice(start, start + length), "latin1"))).toString("latin1")
}

function readFont(objects: ReadonlyMap<string, string>, id: string): Font {
  const font = objects.get(id) ?? ""
  const unicode = readCMap(objects.get(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? "") ?? "")
  const descendant = objects.get(/\/DescendantFonts \[(\d+) 0 R\]/.exec(font)?.[1] ?? "") ?? ""
  const widths = new Map<number, number>()
  for (const range of (/\/W \[([\s\S]*?)\]\n/.exec(descendant)?.[1] ?? "").matchAll(/(\d+) (\d+) ([\d.]+)/g)) {
    for (let glyph = Number(range[1]); glyph <= Number(range[2]); glyph++) widths.set(glyph, Number(range[3]))
  }
  return { unicode, widths }
}

function readCMap(object: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  for (const pair of object.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g)) {
    const units = (pair[2] ?? "").match(/.{4}/g) ?? []
    map.set(Number.parseInt(pair[1] ?? "", 16), String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
  }
  return map
}

type Matrix = readonly [number, number, number, number, number, number]
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]
const times = ([a, b, c, d, e, f]: Matrix, [a2, b2, c2, d2, e2, f2]: Matrix): Matrix => [
  a * a2 + b * c2,
  a * b2 + b * d2,
  c * a2 + d * c2,
  c * b2 + d * d2,
  e * a2 + f * c2 + e2,
  e * b2 + f * d2 + f2,
]

// strings may hold balanced brackets unescaped, two deep in practice
const TOKEN =
  /\(((?:\\[\s\S]|\((?:\\[\s\S]|\((?:\\[\s\S]|[^\\()])*\)|[^\\()])*\)|[^\\()])*)\)|<<|>>|<([0-9A-Fa-f]+)>|\/[^\s<>[\]()/]+|[[\]]|[^\s<>[\]()/]+/g

function readContent(content: string, fonts: ReadonlyMap<string, Font>): readonly PdfRun[] {
  const runs: PdfRun[] = []
  const stack: Matrix[] = []
  const marks: { readonly artifact: string | null; readonly mcid: number | null }[] = []
  let [matrix, textMatrix, font, size]: [Matrix, Matrix, Font | undefined, number] = [IDENTITY, IDENTITY, undefined, 0]
  let operands: string[] = []
  let [text, advance] = ["", 0]
  for (const match of content.matchAll(TOKEN)) {
    const token = match[0]
    if (match[1] !== undefined || match[2] !== undefined) {
      const bytes = match[1] === undefined ? Buffer.from(match[2] ?? "", "hex").toString("latin1") : unescape(match[1])
      for (let i = 0; i + 1 < bytes.length; i += 2) {
        const glyph = bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1)
        text += font?.unicode.get(glyph) ?? ""
        advance += font?.widths.get(glyph) ?? 0
      }
    } else if (token === "q") stack.push(matrix)
    else if (token === "Q") matrix = stack.pop() ?? IDENTITY
    else if (token === "cm") matrix = times(numbers(operands, 6) as unknown as Matrix, matrix)
    else if (token === "Tm") textMatrix = numbers(operands, 6) as unknown as Matrix
    else if (token === "Tf") [font, size] = [fonts.get(operands.at(-2)?.slice(1) ?? ""), Number(operands.at(-1))]
    else if (token === "BDC" || token === "BMC") {
      const words = operands.join(" ")
      const type = /\/Artifact/.test(words) ? (/\/(Header|Footer)/.exec(words)?.[1] ?? "Page") : null
      const mcid = /\/MCID (\d+)/.exec(words)?.[1]
      marks.push({ artifact: type, mcid: mcid === undefined ? null : Number(mcid) })
    } else if (token === "EMC") marks.pop()
    else if (token === "TJ" || token === "Tj") {
      const kerned = operands.filter((one) => /^-?[\d.]+$/.test(one)).reduce((sum, one) => sum + Number(one), 0)
      const [, , , , x, y] = times(textMatrix, matrix)
      const mark = {
        artifact: marks.findLast((one) => one.artifact !== null)?.artifact ?? null,
        mcid: null as number | null,
      }
      mark.mcid = marks.findLast((one) => one.mcid !== null)?.mcid ?? null
      runs.push({ text, x, y, width: ((advance - kerned) * size) / 1000, size, ...mark })
      ;[text, advance] = ["", 0]
    } else {
      operands.push(token)
      continue
    }
    if (match[1] === undefined && match[2] === undefined) operands = []
  }
  return runs
}

const numbers = (operands: readonly string[], count: number): readonly number[] => operands.slice(-count).map(Number)

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }
const unescape = (raw: string): string =>
  raw.replace(/\\([0-7]{1,3})|\\([\s\S])/g, (_, octal?: string, char?: string) =>
    octal === undefined ? (ESCAPES[char ?? ""] ?? char ?? "") : String.fromCharCode(Number.parseInt(octal, 8)),
  )

type Mark = readonly [page: number, mcid: number]
const INLINE = /\/S \/(Span|Link|Em|Strong)\b/
const LINE = /\/S \/(P|TD|TH|H\d|Lbl|LBody|Caption)\b/

/**
 * Text by the structure tree: a cell or a heading is one line, however many pages it runs over. The typesetter puts
 * decorated words before the plain ones of their line; the order in which the marks were set is the true one.
 */
function readStructure(objects: ReadonlyMap<string, string>, pages: ReadonlyMap<string, PdfPage>): string {
  const marked = new Map<string, string>()
  const numbers = new Map([...pages.keys()].map((id, i) => [id, i]))
  for (const [id, page] of pages)
    for (const run of page.runs) {
      const key = `${numbers.get(id)}:${run.mcid}`
      if (run.mcid !== null) marked.set(key, (marked.get(key) ?? "") + run.text)
    }
  const lines: (readonly Mark[])[] = []
  const walk = (id: string, inLine: boolean): readonly Mark[] => {
    const element = objects.get(id) ?? ""
    const at = element.indexOf("\n  /K ")
    if (at < 0) return []
    const own = numbers.get(/\n\s*\/Pg (\d+) 0 R\n>>$/.exec(element)?.[1] ?? "") ?? 0
    const isInline = inLine && INLINE.test(element)
    const marks: Mark[] = []
    const kids = element.slice(at + 6).matchAll(/\/MCID (\d+)\s+\/Pg (\d+) 0 R|(\d+) 0 R|\/\w+(?: \d+ 0 R)?|(\d+)/g)
    for (const kid of kids) {
      if (kid[1] !== undefined) marks.push([numbers.get(kid[2] ?? "") ?? 0, Number(kid[1])])
      else if (kid[4] !== undefined) marks.push([own, Number(kid[4])])
      else if (kid[3] !== undefined) marks.push(...walk(kid[3], isInline || LINE.test(element)))
    }
    if (isInline) return marks
    if (marks.length > 0) lines.push(marks.toSorted(byMark))
    return []
  }
  const root = [...objects.values()].find((one) => one.includes("/Type /StructTreeRoot")) ?? ""
  for (const top of (/\/K \[([^\]]*)\]/.exec(root)?.[1] ?? "").matchAll(/(\d+) 0 R/g)) walk(top[1] ?? "", false)
  return lines.map((line) => line.map(([page, mcid]) => marked.get(`${page}:${mcid}`) ?? "").join("")).join("\n")
}

const byMark = (a: Mark, b: Mark): number => a[0] - b[0] || a[1] - b[1]
