import { zipSync, zlibSync } from "fflate"
import { expect, test } from "vitest"
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
import { fingerprintOf, parseFingerprint, parseFingerprints, readKeyCard } from "./keys.ts"
import { MAX_CONTAINER_BYTES } from "./limits.ts"
import { buildManifest } from "./manifest.ts"
import { buildPack } from "./pack.ts"
import { readRepacked } from "./repacked.ts"
import { buildSignedCopy } from "./signed-copy.ts"
import { groupHex, keyPairFromSeed, signStatement } from "./statement.ts"
import { verifyPack } from "./verify.ts"
import { readContainer, writeContainer } from "./zip.ts"

const pack = buildPack({ manifest, files, signatures, certificate })
const us = fingerprintOf(usKey.publicKey)
const ru = fingerprintOf(ruKey.publicKey)
const failing = (bytes: Uint8Array, keys: readonly string[] = []) =>
  verifyPack(bytes, { keys })
    .checks.filter((check) => !check.ok)
    .map((check) => check.code)

test("[SEAL30] all holds: genuine with both keys given, intact without any, failed with another", () => {
  expect(verifyPack(pack, { keys: [us, ru] })).toMatchObject({ verdict: "genuine", ok: true })
  expect(verifyPack(pack)).toMatchObject({ verdict: "intact", ok: true })
  expect(failing(pack, [us])).toEqual(["key_unknown"])
  expect(verifyPack(pack, { keys: [us] })).toMatchObject({ verdict: "failed", ok: false })
  expect(verifyPack(pack, { keys: [us] }).keys).toMatchObject([
    { party: "US", fingerprint: us, known: true },
    { party: "RU", fingerprint: ru, known: false },
  ])
  expect(verifyPack(pack).keys.map((key) => key.known)).toEqual([null, null])
})

test("[SEAL30] a plan that was altered and signed again with fresh keys is never genuine", () => {
  const altered = { ...plan, title: { en: "Another plan", ru: "Другой план" } }
  const own = files.map((file) =>
    file.name === "plan.json"
      ? { ...file, bytes: planBytes(altered) }
      : file.name.endsWith(".pdf")
        ? { ...file, bytes: pdfWith(planBytes(altered), file.name) }
        : file,
  )
  const { version, frozenAt, previous, eventHead } = manifest
  const originals = { US: "us-original.pdf", RU: "ru-original.pdf" }
  const forged = buildManifest({ plan: altered, version, frozenAt, previous, eventHead, originals, files: own })
  const keys = [keyPairFromSeed(new Uint8Array(32).fill(7)), keyPairFromSeed(new Uint8Array(32).fill(8))]
  const signed = keys.map((key, i) => signStatement(statement(i === 0 ? "US" : "RU", "2009-12-18", forged), key))
  const bytes = buildPack({ manifest: forged, files: own, signatures: signed, certificate: null })
  expect(verifyPack(bytes)).toMatchObject({ verdict: "intact", ok: true })
  expect(failing(bytes, [us, ru])).toEqual(["key_unknown", "key_unknown"])
})

test("[SEAL30] a signed copy has the same verdicts", () => {
  const copy = buildSignedCopy(files.find((file) => file.name === "us-original.pdf")!.bytes, manifest, signatures)
  if (!copy.ok) throw new Error("the original is ours")
  expect(verifyPack(copy.value).verdict).toBe("intact")
  expect(verifyPack(copy.value, { keys: [us, ru] }).verdict).toBe("genuine")
  expect(failing(copy.value, [ru])).toEqual(["key_unknown"])
})

test("[SEAL31] a fingerprint is read with any spaces and case, a key card by its public key alone", () => {
  expect(parseFingerprint(` ${groupHex(us).toUpperCase()}\n`)).toBe(us)
  expect(parseFingerprint(us.slice(1))).toBeNull()
  expect(parseFingerprints(`${groupHex(us)}\n${ru}`)).toEqual([us, ru])
  expect(parseFingerprints(`${us} and ${ru}`)).toBeNull()
  expect(readKeyCard(JSON.stringify({ publicKey: usKey.publicKey, party: "US" }))).toEqual({ ok: true, value: us })
  expect(readKeyCard(JSON.stringify({ secretKey: us }))).toMatchObject({ ok: false, error: "not_a_card" })
  expect(readKeyCard(us)).toMatchObject({ ok: false })
})

test("[SEAL32] a file that needs more than the limits is not examined, and the check says limits", () => {
  const withFile = (name: string, bytes: Uint8Array) =>
    writeContainer([...unpacked().filter((f) => f.name !== name), { name, bytes }])
  /** JSON that opens so and goes on with one character for `size` bytes; never parsed, so it need not end */
  const long = (opening: string, character: string, size: number) => {
    const bytes = new Uint8Array(size).fill(character.charCodeAt(0))
    bytes.set(new TextEncoder().encode(opening))
    return bytes
  }
  const oversized = [
    withFile("signatures.json", long('{"format":"alternat-signatures/1"', " ", 300_000)),
    withFile("manifest.json", long('{"format":"alternat-manifest/1"', " ", 2 * 1024 * 1024 + 1)),
    // a megabyte that would be parsed into fifty
    withFile("plan.json", long('["alternat-plan/1"', ",", 900_000)),
    new Uint8Array(MAX_CONTAINER_BYTES + 1),
  ]
  for (const bytes of oversized) {
    const report = verifyPack(bytes)
    expect(report).toMatchObject({ verdict: "unreadable", ok: false, keys: [] })
    expect(report.checks.map((check) => check.code)).toEqual(["limits"])
  }
})

test("[SEAL32] neither a zip nor a PDF is followed further than the limits when it inflates", () => {
  const bomb = zipSync(
    Object.fromEntries([...unpacked().map((f) => [f.name, f.bytes]), ["zzz.csv", new Uint8Array(9000)]]),
  )
  // the directory is believed as far as the room that it asks for: the last entry says 70 MB
  new DataView(bomb.buffer).setUint32(bomb.length - 22 - 46 - "zzz.csv".length + 24, 70 * 1024 * 1024, true)
  expect(verifyPack(bomb).checks.map((check) => check.code)).toEqual(["limits"])
  const inside = zlibSync(new Uint8Array(9000))
  const pdf = joined(
    new TextEncoder().encode(
      `%PDF-1.7\n% "alternat-plan/1"\n2 0 obj\n<<\n  /Length ${inside.length}\n  /Type /EmbeddedFile\n  /Filter /FlateDecode\n  /Params <<\n    /Size ${9 * 1024 * 1024}\n  >>\n>>\nstream\n`,
    ),
    inside,
  )
  expect(verifyPack(pdf).checks.map((check) => check.code)).toEqual(["limits"])
})

test("[SEAL32] entries of a zip that lie over each other are not read one by one", () => {
  const files = Object.fromEntries(unpacked().map((f) => [f.name, f.bytes]))
  const again = zipSync({ ...files, "a.csv": new Uint8Array(90_000), "b.csv": new Uint8Array(90_000) }, { level: 0 })
  const directory = new DataView(again.buffer, again.byteOffset)
  let at = directory.getUint32(again.length - 22 + 16, true)
  const largest = { size: 0, at: 0 }
  const entries: number[] = []
  for (; directory.getUint32(at, true) === 0x02014b50; at += 46 + directory.getUint16(at + 28, true)) {
    entries.push(at)
    const size = directory.getUint32(at + 24, true)
    if (size > largest.size) Object.assign(largest, { size, at })
  }
  // all of them name the largest one's bytes
  for (const entry of entries) again.copyWithin(entry + 16, largest.at + 16, largest.at + 28)
  for (const entry of entries) again.copyWithin(entry + 42, largest.at + 42, largest.at + 46)
  expect(verifyPack(again).verdict).not.toBe("genuine")
  expect(readRepacked(again)).toEqual({ ok: false, error: "damaged" })
})

test("[SEAL33] a pack that was packed again is named so, and its files are still checked", () => {
  const entries = (prefix: string, of = unpacked()) =>
    Object.fromEntries(of.map((file) => [`${prefix}${file.name}`, file.bytes]))
  for (const again of [zipSync(entries("")), zipSync(entries("plan-v1/")), zipSync(entries(""), { level: 0 })])
    expect(failing(again, [us, ru])).toEqual(["container_form"])
  const changed = unpacked().map((f) => (f.name === "checks.json" ? { ...f, bytes: new Uint8Array([1]) } : f))
  expect(failing(zipSync(entries("", changed)))).toEqual(expect.arrayContaining(["container_form", "FILES"]))
  expect(verifyPack(zipSync({ "a.txt": new Uint8Array([1]) }))).toMatchObject({ kind: "not-a-pack" })
})

test("[SEAL34] a date is told as what the signatory stated", () => {
  const sig = verifyPack(pack).checks.find((check) => check.name === "SIG-RU")
  expect(sig?.detail.en).toContain("the date stated by the signatory is 2009-12-18")
  expect(sig?.detail.ru).toContain("дата со слов подписавшего лица: 18.12.2009")
})

function unpacked() {
  const read = readContainer(pack)
  if (!read.ok) throw new Error("the pack reads")
  return read.value
}
