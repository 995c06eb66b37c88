import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { buildPack, fingerprintOf, groupHex } from "@alternat/seal"
import { certificate, files, manifest, ruKey, signatures, usKey } from "@alternat/seal/test-support"
import { afterAll, expect, test } from "vitest"
import { CommandError } from "./command-error.ts"
import { verifyFile } from "./verify-file.ts"

const folder = mkdtempSync(path.join(tmpdir(), "verify-file-"))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(path.join(folder, name), content)
  return path.join(folder, name)
}

const pack = write("pack.zip", buildPack({ manifest, files, signatures, certificate }))
const usCard = write("us.json", JSON.stringify({ publicKey: usKey.publicKey, party: "US" }))
const us = fingerprintOf(usKey.publicKey)
const ru = fingerprintOf(ruKey.publicKey)

function run(...args: readonly string[]): { readonly code: number; readonly out: string } {
  const lines: string[] = []
  const code = verifyFile(args, (line) => lines.push(line))
  return { code, out: lines.join("\n") }
}

test("[SEAL35] without keys the answer is 3 and both fingerprints, and genuine is not said", () => {
  const { code, out } = run(pack)
  expect(code).toBe(3)
  expect(out).toContain(groupHex(us))
  expect(out).toContain(groupHex(ru))
  expect(out).toContain("Intact, keys not confirmed. | Пакет не изменен, ключи не подтверждены.")
  expect(out).not.toMatch(/genuine|подлинн/iu)
})

test("[SEAL35] with both keys, as card, fingerprint or sixteen bare groups, the answer is 0 and genuine", () => {
  for (const keys of [
    ["--keys", usCard, groupHex(ru).toUpperCase()],
    ["--keys", usCard, "--keys", ru],
    ["--keys", ...groupHex(us).split(" "), ...groupHex(ru).split(" ")],
    [`--keys=${us}`, `--keys=${ru}`],
  ]) {
    const { code, out } = run(pack, ...keys)
    expect(out).toContain("The pack is genuine. | Пакет подлинный.")
    expect(code).toBe(0)
  }
  expect(run("--keys", us, ru, pack).code).toBe(0)
})

test("[SEAL35] a signer's key that is not given is 1 and key_unknown", () => {
  const { code, out } = run(pack, "--keys", usCard)
  expect(code).toBe(1)
  expect(out).toMatch(/FAIL KEY-RU key_unknown/)
  expect(out).not.toMatch(/genuine|подлинн/iu)
})

test("[SEAL35] --json gives verdict, checks and keys", () => {
  const { code, out } = run(pack, "--json", "--keys", usCard)
  expect(code).toBe(1)
  const report = JSON.parse(out)
  expect(report.verdict).toBe("failed")
  expect(report.checks.find((check: { ok: boolean }) => !check.ok)).toMatchObject({
    code: "key_unknown",
    file: "signatures.json",
  })
  expect(report.keys.map((key: { fingerprint: string }) => key.fingerprint)).toEqual([us, ru])
  expect(JSON.parse(run(pack, "--json").out).verdict).toBe("intact")
})

test("[SEAL35] what is no pack is 2, and a key that is none is refused by name", () => {
  expect(run(write("x.txt", "hello")).code).toBe(2)
  expect(JSON.parse(run(write("x.txt", "hello"), "--json").out)).toMatchObject({
    verdict: "unreadable",
    checks: [{ code: "not_a_pack", ok: false }],
  })
  for (const bad of [
    ["--keys"],
    ["--keys", "abcd"],
    ["--keys", write("secret.txt", `alternat-key/1 ${us}`)],
    ["--kyes"],
  ])
    expect(() => run(pack, ...bad)).toThrow(CommandError)
})
