import { unzlibSync } from "fflate"

/**
 * The text of our PDFs page by page, in the order it was set: enough of the format to read what the typesetter writes,
 * so that the tests need no tool outside the repository.
 */
export function pdfPages(pdf: Uint8Array): readonly string[] {
  const source = Buffer.from(pdf).toString("latin1")
  const objects = new Map<string, string>()
  for (const match of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(match[1] ?? "", match[2] ?? "")
  const pages: string[] = []
  const kids = /\/Kids \[([^\]]*)\]/.exec(objects.get("1") ?? "")?.[1] ?? ""
  for (const kid of kids.matchAll(/(\d+) 0 R/g)) walk(kid[1] ?? "")
  return pages

  function walk(id: string): void {
    const page = objects.get(id) ?? ""
    const below = /\/Kids \[([^\]]*)\]/.exec(page)?.[1]
    if (below !== undefined) {
      for (const kid of below.matchAll(/(\d+) 0 R/g)) walk(kid[1] ?? "")
      return
    }
    const fonts = new Map<string, ReadonlyMap<number, string>>()
    for (const font of page.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font[2] ?? "") ?? "")?.[1] ?? ""
      fonts.set(font[1] ?? "", readCMap(objects.get(unicode) ?? ""))
    }
    const contents = objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? "") ?? ""
    pages.push(readContent(inflate(contents), fonts))
  }
}

function inflate(object: string): string {
  const start = object.indexOf("stream\n") + 7
  const length = Number(/\/Length (\d+)/.exec(object)?.[1])
  return Buffer.from(unzlibSync(Buffer.from(object.slice(start, start + length), "latin1"))).toString("latin1")
}

function readCMap(object: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  for (const pair of object.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g)) {
    const units = (pair[2] ?? "").match(/.{4}/g) ?? []
    map.set(Number.parseInt(pair[1] ?? "", 16), String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
  }
  return map
}

function readContent(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let text = ""
  let font: ReadonlyMap<number, string> = new Map()
  // strings may hold balanced brackets unescaped, two deep in practice
  const token =
    /\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|\((?:\\[\s\S]|\((?:\\[\s\S]|[^\\()])*\)|[^\\()])*\)|[^\\()])*)\)|<([0-9A-Fa-f]+)>/g
  for (const match of content.matchAll(token)) {
    if (match[1] !== undefined) font = fonts.get(match[1]) ?? new Map()
    else if (match[3] !== undefined) text += decode(Buffer.from(match[3], "hex").toString("latin1"), font)
    else text += decode(unescape(match[2] ?? ""), font)
  }
  return text
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }
const unescape = (raw: string): string =>
  raw.replace(/\\([0-7]{1,3})|\\([\s\S])/g, (_, octal?: string, char?: string) =>
    octal === undefined ? (ESCAPES[char ?? ""] ?? char ?? "") : String.fromCharCode(Number.parseInt(octal, 8)),
  )

function decode(bytes: string, font: ReadonlyMap<number, string>): string {
  let text = ""
  for (let i = 0; i + 1 < bytes.length; i += 2)
    text += font.get(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1)) ?? ""
  return text
}

/** Spaces fall at the ends of lines, so texts are compared without them. */
export const squeeze = (text: string): string => text.replace(/[\s\u00a0]+/g, "")
