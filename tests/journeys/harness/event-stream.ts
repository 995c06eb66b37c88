import type { Person } from "./person.ts"

/** A person's event stream, as it comes; it is open when its first bytes are there. */
export class EventStream {
  text = ""
  readonly ended: Promise<void>
  readonly #opened: Promise<void>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
    let opened = () => {}
    this.#opened = new Promise((resolve) => (opened = resolve))
    this.ended = this.#read(opened)
  }

  static async open(person: Person): Promise<EventStream> {
    const reply = await person.fetch("/api/plans/demo/stream")
    if (!reply.ok || reply.body === null) throw new Error(`stream: ${reply.status}`)
    const stream = new EventStream(reply.body)
    await stream.#opened
    return stream
  }

  async #read(opened: () => void): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (done) return
      this.text += Buffer.from(value).toString()
      opened()
    }
  }

  leave(): Promise<void> {
    return this.#reader.cancel()
  }
}
