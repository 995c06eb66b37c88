import fc from "fast-check"
import { unzipSync } from "fflate"
import { expect, test } from "vitest"
import { joined } from "./fixture.test-support.ts"
import { type PackFile } from "./pack-file.ts"
import { readContainer, writeContainer } from "./zip.ts"

const text = (value: string) => new TextEncoder().encode(value)
const files: readonly PackFile[] = [
  { name: "b.txt", bytes: text("second") },
  { name: "a/one.json", bytes: text("{}") },
  { name: "empty", bytes: new Uint8Array() },
]

test("[SEAL8] the order of the files makes no difference, and any unpacker reads it", () => {
  const zip = writeContainer(files)
  expect(writeContainer(files.toReversed())).toEqual(zip)
  expect(Object.keys(unzipSync(zip))).toEqual(["a/one.json", "b.txt", "empty"])
  expect(new TextDecoder().decode(unzipSync(zip)["b.txt"])).toBe("second")
})

test("[SEAL8] what is written is read back", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8})?$/), { maxLength: 8 })
  fc.assert(
    fc.property(
      names,
      fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 8, maxLength: 8 }),
      (found, contents) => {
        const input = found.map((name, i): PackFile => ({ name, bytes: contents[i] ?? new Uint8Array() }))
        const read = readContainer(writeContainer(input))
        expect(read.ok && read.value.map((f) => [f.name, [...f.bytes]])).toEqual(
          input.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((f) => [f.name, [...f.bytes]]),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test("[SEAL9] no byte of a container can be changed, added or left out", () => {
  const zip = writeContainer(files)
  for (let at = 0; at < zip.length; at++) {
    const bad = zip.slice()
    bad[at] = (bad[at] ?? 0) ^ 0x10
    expect(readContainer(bad).ok, `byte ${at}`).toBe(false)
  }
  for (const bad of [joined(zip, text("x")), joined(text("x"), zip), zip.slice(0, -1), zip.slice(1), new Uint8Array()])
    expect(readContainer(bad).ok).toBe(false)
})

test("[SEAL9] names that leave the folder, and names twice, are refused", () => {
  const zip = writeContainer([{ name: "aaaa.txt", bytes: text("x") }])
  const renamed = (name: string) =>
    Uint8Array.from(zip, (byte, i) =>
      isIn(zip, "aaaa.txt", i) === -1 ? byte : name.charCodeAt(isIn(zip, "aaaa.txt", i)),
    )
  for (const name of ["../a.txt", "/etc/pwd", "a//b.txt", "aa\\b.txt", "C:/a.txt", "aaa/../b"])
    expect(readContainer(renamed(name))).toMatchObject({ ok: false, error: { type: "bad_name" } })
  const two = writeContainer([
    { name: "aaaa.txt", bytes: text("x") },
    { name: "bbbb.txt", bytes: text("y") },
  ])
  const twice = Uint8Array.from(two, (byte, i) => (isIn(two, "bbbb", i) === -1 ? byte : 0x61))
  expect(readContainer(twice)).toMatchObject({ ok: false, error: { type: "duplicate", file: "aaaa.txt" } })
})

/** the place within `word` that byte `at` holds, or -1 */
function isIn(zip: Uint8Array, word: string, at: number): number {
  for (let k = 0; k < word.length; k++) {
    const start = at - k
    if (start >= 0 && Array.from(word).every((c, i) => zip[start + i] === c.charCodeAt(0))) return k
  }
  return -1
}
