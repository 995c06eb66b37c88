import { chmodSync, closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs"

const MAX_BYTES = 4 << 20

/**
 * What a part of the product says of itself, in a file that its owner alone reads. A full file becomes `….1`, in place of
 * the one before it. A line that can't be written, on a full disk or a broken one, is left out, and the file says later how
 * many: no log is worth the product's end.
 */
export class LogFile {
  #file: number | null = null
  #bytes = 0
  #missing = 0

  constructor(
    readonly path: string,
    readonly maxBytes = MAX_BYTES,
  ) {
    try {
      rmSync(`${path}.1`, { force: true })
    } catch {
      // whoever can't remove it can't write either: the start says so, and in better words
    }
    this.#open("w")
  }

  #open(flags: "w" | "a"): void {
    try {
      this.#file = openSync(this.path, flags, 0o600)
      chmodSync(this.path, 0o600)
    } catch {
      this.#file = null // tried again with the next line
    }
  }

  /** At once: what is said just before an end must be there after it. There are few lines. */
  write(line: string): void {
    const missed = this.#missing === 0 ? "" : `(${this.#missing} lines could not be written here)\n`
    const text = Buffer.from(`${missed}${line}\n`).subarray(0, this.maxBytes)
    try {
      if (this.#bytes + text.length > this.maxBytes) this.#beginAnew()
      if (this.#file === null) this.#open("a")
      if (this.#file === null) throw new Error("not open")
      this.#bytes += writeSync(this.#file, text)
      this.#missing = 0
    } catch {
      this.#missing++
    }
  }

  #beginAnew(): void {
    this.close()
    renameSync(this.path, `${this.path}.1`)
    this.#open("w")
    this.#bytes = 0
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }
}
