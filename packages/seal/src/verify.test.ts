import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalBytes } from "./canonical.ts"
import {
  certificate,
  files,
  joined,
  manifest,
  pdfWith,
  plan,
  ruKey,
  signatures,
  statement,
  usKey,
} from "./fixture.test-support.ts"
import { planBytes } from "./hashes.ts"
import { buildManifest } from "./manifest.ts"
import { buildPack } from "./pack.ts"
import { buildSignedCopy } from "./signed-copy.ts"
import { signStatement } from "./statement.ts"
import { verifyPack } from "./verify.ts"
import { readContainer, writeContainer } from "./zip.ts"

const pack = buildPack({ manifest, files, signatures, certificate })
const failing = (bytes: Uint8Array) =>
  verifyPack(bytes)
    .checks.filter((check) => !check.ok)
    .map((check) => check.name)

const flip = (bytes: Uint8Array, at: number, mask = 1) => {
  const bad = bytes.slice()
  bad[at] = (bad[at] ?? 0) ^ mask
  return bad
}

/** A pack with one file replaced, its container made anew: what somebody would do who knows the format. */
const repacked = (name: string, bytes: Uint8Array) => {
  const read = readContainer(pack)
  if (!read.ok) throw new Error("the pack reads")
  return writeContainer(read.value.map((file) => (file.name === name ? { name, bytes } : file)))
}

test("[SEAL10] a pack signed by both holds every named check, in a fixed order", () => {
  const report = verifyPack(pack)
  expect(report.checks.filter((check) => !check.ok)).toEqual([])
  expect(report).toMatchObject({ kind: "pack", ok: true, claims: { planId: "small", version: 1 } })
  expect(report.checks.map((check) => check.name)).toEqual([
    "CONTAINER",
    "MANIFEST",
    "FILES",
    "CANON",
    "PAIRS",
    "RULES",
    "ALTERNAT",
    "CERTIFICATE",
    "SIG-US",
    "SIG-RU",
    "PARTIES",
    "DATES",
  ])
  for (const check of report.checks) expect(check.detail.ru).toMatch(/\p{Script=Cyrillic}/u)
})

test("[SEAL11] one flipped bit anywhere fails, and the report names the file it lies in", () => {
  const read = readContainer(pack)
  if (!read.ok) throw new Error("the pack reads")
  fc.assert(
    fc.property(fc.nat(pack.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const report = verifyPack(flip(pack, at, 1 << bit))
      expect(report.kind).toBe("pack")
      expect(report.ok).toBe(false)
      const file = fileAt(at)
      if (file !== null) expect(report.checks.flatMap((check) => check.files)).toContain(file)
    }),
    { numRuns: 150 },
  )
  function fileAt(at: number): string | null {
    let end = 0
    for (const file of read.ok ? read.value : [])
      if (at < (end += 30 + file.name.length + file.bytes.length)) return file.name
    return null
  }
})

test("[SEAL11] a file changed with care, container and all, is still named", () => {
  for (const file of files) {
    const report = verifyPack(repacked(file.name, flip(file.bytes, Math.floor(file.bytes.length / 2))))
    expect(report.ok).toBe(false)
    expect(report.checks.find((check) => check.name === "FILES")?.files).toEqual([file.name])
  }
  expect(failing(repacked("certificate.pdf", flip(certificate, 3)))).toEqual(["CERTIFICATE"])
})

test("[SEAL12] a file the manifest does not list has no place in a pack", () => {
  const read = readContainer(pack)
  const bad = writeContainer([...(read.ok ? read.value : []), { name: "extra.txt", bytes: new Uint8Array([1]) }])
  expect(verifyPack(bad).checks.find((check) => check.name === "FILES")).toMatchObject({
    ok: false,
    files: ["extra.txt"],
  })
})

test("[SEAL13] both parties sign, each once, with a key of its own, over this manifest", () => {
  const [us, ru] = [signatures[0]!, signatures[1]!]
  expect(failing(buildPackOf([us]))).toEqual(["SIG-RU", "PARTIES"])
  expect(failing(buildPackOf([us, us]))).toEqual(["SIG-US", "SIG-RU", "PARTIES"])
  expect(failing(buildPackOf([us, signStatement(statement("RU"), usKey)]))).toEqual(["PARTIES"])
  expect(failing(buildPackOf([us, { ...ru, statement: { ...ru.statement, date: "2009-12-19" } }]))).toEqual(["SIG-RU"])
  const other = { ...manifest, version: 2 }
  expect(failing(buildPackOf([us, signStatement(statement("RU", "2009-12-18", other), ruKey)]))).toEqual(["SIG-RU"])
})

test("[SEAL14] nobody signs before the planning rate is agreed", () => {
  const early = [signStatement(statement("US", "2009-12-14"), usKey), signatures[1]!]
  expect(failing(buildPack({ manifest, files, signatures: early, certificate: null }))).toEqual(["DATES"])
})

test("[SEAL15] a plan whose numbers do not add up is refused, even if everybody signed it", () => {
  const [line] = plan.tables.cost_lines
  const wrong = {
    ...plan,
    tables: {
      ...plan.tables,
      cost_lines: [{ ...line!, years: line!.years.map((year) => ({ ...year, us_usd_cents: year.us_usd_cents + 1 })) }],
    },
  }
  const wrongFiles = files.map((file) =>
    file.name === "plan.json"
      ? { ...file, bytes: planBytes(wrong) }
      : file.name.endsWith(".pdf")
        ? { ...file, bytes: pdfWith(planBytes(wrong), file.name) }
        : file,
  )
  const signed = sign(wrongFiles, wrong)
  expect(failing(signed)).toEqual(["RULES"])
})

test("[SEAL16] an original that carries another plan inside is refused, even if everybody signed it", () => {
  const other = planBytes({ ...plan, id: "other" })
  const wrongFiles = files.map((file) =>
    file.name === "ru-original.pdf" ? { ...file, bytes: pdfWith(other, "RU") } : file,
  )
  expect(verifyPack(sign(wrongFiles, plan)).checks.find((check) => !check.ok)).toMatchObject({
    name: "ALTERNAT",
    files: ["ru-original.pdf"],
  })
})

test("[SEAL17] a signed copy verifies by itself, and no byte of it is free", () => {
  const original = files.find((file) => file.name === "ru-original.pdf")!.bytes
  const copy = buildSignedCopy(original, manifest, signatures)
  if (!copy.ok) throw new Error("the original is ours")
  const report = verifyPack(copy.value)
  expect(report.checks.filter((check) => !check.ok)).toEqual([])
  expect(report).toMatchObject({ kind: "signed-copy", ok: true })
  fc.assert(
    fc.property(fc.nat(copy.value.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      expect(verifyPack(flip(copy.value, at, 1 << bit))).toMatchObject({ kind: "signed-copy", ok: false })
    }),
    { numRuns: 150 },
  )
  expect(verifyPack(joined(copy.value, new Uint8Array([10]))).ok).toBe(false)
})

test("[SEAL18] what is no pack is said to be none, and nothing makes the verifier throw", () => {
  const others = [
    new Uint8Array(),
    new TextEncoder().encode("hello"),
    writeContainer([{ name: "a.txt", bytes: new Uint8Array([1]) }]),
    files[2]!.bytes,
  ]
  for (const bytes of others)
    expect(verifyPack(bytes)).toMatchObject({
      kind: "not-a-pack",
      verdict: "unreadable",
      ok: false,
      checks: [{ code: "not_a_pack", ok: false }],
    })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !verifyPack(bytes).ok),
    { numRuns: 200 },
  )
  const lying = canonicalBytes({
    format: "alternat-plan/1",
    id: "small",
    sections: 5,
    tables: null,
    terms: {},
    parties: "US",
  })
  expect(verifyPack(repacked("plan.json", lying)).ok).toBe(false)
  expect(verifyPack(repacked("manifest.json", canonicalBytes({ format: "alternat-manifest/1" }))).ok).toBe(false)
})

const buildPackOf = (list: typeof signatures) => buildPack({ manifest, files, signatures: list, certificate: null })

function sign(list: typeof files, of: typeof plan): Uint8Array {
  const own = buildManifest({
    plan: of,
    version: 1,
    frozenAt: manifest.frozenAt,
    previous: null,
    eventHead: null,
    originals: { US: "us-original.pdf", RU: "ru-original.pdf" },
    files: list,
  })
  return buildPack({
    manifest: own,
    files: list,
    signatures: [
      signStatement(statement("US", "2009-12-16", own), usKey),
      signStatement(statement("RU", "2009-12-18", own), ruKey),
    ],
    certificate: null,
  })
}
