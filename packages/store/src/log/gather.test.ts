import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "vitest"
import { gather } from "./gather.ts"

test("[STORE7] questions asked in one turn, or while others are being answered, are one question; each gets its own answer", async () => {
  const sizes: number[] = []
  const double = gather(
    async (keys: readonly number[]) => {
      sizes.push(keys.length)
      await pause(5)
      return keys.map((key) => key * 2)
    },
    { atMost: 50, lanes: 1, patienceMs: 5000 },
  )
  const answers = [double(1), double(2), double(3)]
  await pause(1)
  answers.push(...Array.from({ length: 120 }, (_, i) => double(i + 4)))
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 123 }, (_, i) => (i + 1) * 2))
  expect(sizes[0]).toBe(3)
  expect(sizes).toHaveLength(4)
  expect(await double(200)).toBe(400)
})

test("[STORE7] what fails, fails for those who asked it, and the next is asked all the same", async () => {
  const odd = gather(
    async (keys: readonly number[]) => {
      if (keys.includes(13)) throw new Error("not that")
      return keys
    },
    { atMost: 2, lanes: 2, patienceMs: 5000 },
  )
  const [first, second, third] = await Promise.allSettled([odd(13), odd(1), odd(2)])
  expect([first?.status, second?.status]).toEqual(["rejected", "rejected"])
  expect(third).toEqual({ status: "fulfilled", value: 2 })
  expect(await odd(4)).toBe(4)
})

test("[STORE86] a question that is never answered fails, and its lane is free again", async () => {
  const asked: number[] = []
  const once = gather(
    (keys: readonly number[]) => {
      asked.push(...keys)
      return asked.length > 1 ? Promise.resolve(keys) : new Promise<never>(() => undefined)
    },
    { atMost: 1, lanes: 1, patienceMs: 20 },
  )
  const [swallowed, answered] = await Promise.allSettled([once(1), once(2)])
  expect(swallowed?.status).toBe("rejected")
  expect(answered).toEqual({ status: "fulfilled", value: 2 })
})

test("[STORE86] a question that met a dead connection is asked once more, any other failure is an answer", async () => {
  const failures = ["CONNECTION_CLOSED", "42P01", "CONNECTION_CLOSED", "CONNECTION_CLOSED"]
  const asked: number[] = []
  const ask = gather(
    async (keys: readonly number[]) => {
      asked.push(...keys)
      const code = failures.shift()
      if (code) throw Object.assign(new Error(code), { code })
      return keys
    },
    { atMost: 1, lanes: 1, patienceMs: 5000 },
  )
  await expect(ask(1)).rejects.toThrow("42P01")
  await expect(ask(2)).rejects.toThrow("CONNECTION_CLOSED")
  expect(await ask(3)).toBe(3)
  expect(asked).toEqual([1, 1, 2, 2, 3])
})

test("[STORE7] a crowd that comes one by one is asked about in few questions, and each gets its own answer", async () => {
  const sizes: number[] = []
  const same = gather(
    async (keys: readonly number[]) => {
      sizes.push(keys.length)
      return keys
    },
    { atMost: 250, lanes: 2, patienceMs: 5000 },
  )
  const answers: Promise<number>[] = []
  for (let i = 0; i < 600; i++) {
    answers.push(same(i))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 600 }, (_, i) => i))
  expect(sizes.slice(0, 3)).toEqual([1, 1, 1])
  expect(sizes.length).toBeLessThan(100)
})

test("[STORE7] a full question is asked at once, in the turn that filled it; the rest of the crowd is part of the next", async () => {
  const sizes: number[] = []
  const same = gather(
    async (keys: readonly number[]) => {
      sizes.push(keys.length)
      await pause(1)
      return keys
    },
    { atMost: 100, lanes: 2, patienceMs: 5000 },
  )
  const answers = Array.from({ length: 350 }, (_, i) => same(i))
  expect(sizes).toEqual([100, 100])
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 350 }, (_, i) => i))
  expect(sizes).toEqual([100, 100, 100, 50])
})
