import * as Y from "yjs"

/** What either page offers to the scenario. */
export interface BenchPage {
  /** navigation to caret, in milliseconds */
  readonly readyMs: number
  /** keydown → the frame after the document took the letter */
  readonly keys: number[]
  /** another's letter, from its bytes to the frame that shows it */
  remote(count: number): Promise<readonly number[]>
}
declare global {
  interface Window {
    bench?: BenchPage
  }
}

export interface PageParts {
  readonly doc: Y.Doc
  /** the text node of a clause's first paragraph in a copy of the document */
  readonly textOf: (doc: Y.Doc, clause: number) => Y.XmlText
  /** what the page shows of that clause */
  readonly shownOf: (clause: number) => string
  readonly focused: () => boolean
}

/** The end of the next frame: after style, layout and paint were handed over. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve()
      port2.postMessage(null)
    })
  })

/** Begins to measure once the caret stands in the text and was drawn. */
export async function startMeter(parts: PageParts): Promise<void> {
  while (!parts.focused()) await nextFrame()
  await nextFrame()
  const readyMs = performance.now()
  const keys: number[] = []
  let pressed: number | null = null
  addEventListener("keydown", () => (pressed = performance.now()), { capture: true })
  parts.doc.on("update", () => {
    const at = pressed
    pressed = null
    if (at !== null) void nextFrame().then(() => keys.push(performance.now() - at))
  })
  window.bench = { readyMs, keys, remote: (count) => remoteLetters(parts, count) }
}

/** Half of the letters fall into clauses on screen, half far below. */
async function remoteLetters({ doc, textOf, shownOf }: PageParts, count: number): Promise<readonly number[]> {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const clause = n % 2 === 0 ? 1 : 200
    const before = Y.encodeStateVector(other)
    const mark = `q${n}z`
    textOf(other, clause).insert(0, mark)
    const update = Y.encodeStateAsUpdate(other, before)
    await nextFrame()
    const at = performance.now()
    Y.applyUpdate(doc, update)
    do await nextFrame()
    while (!shownOf(clause).includes(mark) && performance.now() - at < 5000)
    times.push(performance.now() - at)
  }
  other.destroy()
  return times
}

/** The document's bytes, as a first sync brings them. */
export async function loadBytes(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(`./${name}.bin`)).arrayBuffer())
}
