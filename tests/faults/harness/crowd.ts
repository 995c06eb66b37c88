import { expect } from "vitest"
import type { Stage } from "./stage.ts"
import { Typist } from "./typist.ts"

/** Some people who type at once, each at a pace of their own, for as long as they are let. */
export class Crowd {
  #timers: NodeJS.Timeout[] = []

  private constructor(
    readonly stage: Stage,
    readonly people: readonly Typist[],
  ) {}

  /** `first`: the number of the first of them, so that two crowds have different words */
  static async gather(stage: Stage, port: number, size: number, first = 0): Promise<Crowd> {
    const people = Array.from({ length: size }, (_, i) => new Typist(stage, first + i, port))
    const crowd = new Crowd(stage, people)
    await expect.poll(() => people.every((one) => one.online), { timeout: 20_000 }).toBe(true)
    return crowd
  }

  /** A word of each every so many milliseconds. */
  start(everyMs = 50): void {
    this.#timers = this.people.map((one, i) => setInterval(() => one.type(), everyMs + i))
  }

  pause(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
  }

  get typed(): number {
    return this.people.reduce((sum, one) => sum + one.typed, 0)
  }

  /** Everything that anybody was promised. */
  get promised(): ReadonlySet<string> {
    return new Set(this.people.flatMap((one) => one.promised))
  }

  /** What was promised and is not in the log: [LOG1] says there is nothing. What others see is read before the log is. */
  async lost(): Promise<readonly string[]> {
    const { promised } = this
    const logged = new Set(await this.stage.wordsInLog())
    return [...promised].filter((word) => !logged.has(word))
  }

  /** Nobody types any more: all is saved, and every screen shows what the log holds: each word once, in the order it was typed. */
  async settles(timeout = 30_000): Promise<void> {
    this.pause()
    await expect
      .poll(() => this.people.filter((one) => !one.online || one.unsaved).map((one) => one.number), { timeout })
      .toEqual([])
    const logged = await this.stage.wordsInLog()
    const differs = (one: Typist): boolean => one.words.join() !== logged.join()
    await expect.poll(() => this.people.filter(differs).map((one) => one.number), { timeout: 10_000 }).toEqual([])
    for (const { number, typed } of this.people) {
      const own = logged.filter((word) => word.startsWith(`w${number}.`))
      expect(own).toEqual(Array.from({ length: typed }, (_, i) => `w${number}.${i + 1}`))
    }
    for (const one of this.people) expect(one.session.state.offered).toEqual([])
  }

  async leave(): Promise<void> {
    this.pause()
    await Promise.all(this.people.map((one) => one.session.destroy()))
  }
}
