import { chmodSync, closeSync, openSync, writeSync } from "node:fs"

/**
 * What a part of the product says of itself, in a file that its owner alone reads. A line that can't be written, on a
 * full disk or a broken one, is left out, and the file says later how many: no log is worth the product's end.
 */
export class LogFile {
  #file: number | null = null
  #missing = 0

  constructor(readonly path: string) {
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
    if (this.#file === null) this.#open("a")
    const missed = this.#missing === 0 ? "" : `(${this.#missing} lines could not be written here)\n`
    try {
      if (this.#file === null) throw new Error("not open")
      writeSync(this.#file, `${missed}${line}\n`)
      this.#missing = 0
    } catch {
      this.#missing++
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }
}
