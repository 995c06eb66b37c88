import type { VerifyCheck, VerifyReport } from "@alternat/seal"
import { expect, test } from "vitest"
import { CATALOGUES } from "../../i18n/index.ts"
import { addKeys, filesAtFault, inOrder, isLikeKeyCard, nameSome, shellWord, verdictOf } from "./verdict.ts"

const file = { name: "pack.zip", size: 7 }
const check = (name: string, files: readonly string[], ok = false, code = name): VerifyCheck => ({
  name,
  code,
  ok,
  detail: { en: "", ru: "" },
  note: null,
  files,
})
const report = (
  checks: readonly VerifyCheck[],
  verdict: VerifyReport["verdict"] = "failed",
  kind: VerifyReport["kind"] = "pack",
): VerifyReport => ({ kind, verdict, ok: checks.every((one) => one.ok), checks, claims: null, keys: [] })

test("[WEB50] a pack, a signed copy, and what is neither have verdicts of their own", () => {
  const good = [check("FILES", [], true)]
  const bad = [check("FILES", ["plan.json"])]
  const of = (...args: Parameters<typeof report>) => verdictOf({ phase: "read", file, report: report(...args) })
  expect(of(bad)).toBe("fails")
  expect(of(bad, "failed", "signed-copy")).toBe("copyFails")
  expect(of([check("not_a_pack", [])], "unreadable", "not-a-pack")).toBe("notPack")
  expect(of([check("limits", [])], "unreadable")).toBe("tooLarge")
  expect(verdictOf({ phase: "too-large", file })).toBe("tooLarge")
  expect(of(good, "genuine", "signed-copy")).toBe("copyGenuine")
})

test("[WEB90] what holds is genuine only with the reader's keys, and other keys have a verdict of their own", () => {
  const good = [check("FILES", [], true)]
  const of = (...args: Parameters<typeof report>) => verdictOf({ phase: "read", file, report: report(...args) })
  expect(of(good, "intact")).toBe("intact")
  expect(of(good, "intact", "signed-copy")).toBe("copyIntact")
  expect(of(good, "genuine")).toBe("genuine")
  expect(of([...good, check("KEY-US", [], false, "key_unknown")])).toBe("otherKeys")
  expect(of([check("FILES", []), check("KEY-US", [], false, "key_unknown")])).toBe("fails")
})

test("[WEB90] the page says genuine, in either language, in the verdict of that name alone", () => {
  for (const [lang, word] of [
    ["en", /genuine/i],
    ["ru", /подлинн/iu],
  ] as const) {
    const keys = Object.entries(CATALOGUES[lang]).filter(([key, text]) => key.startsWith("verify.") && word.test(text))
    for (const [key] of keys) expect(key).toMatch(/genuine/i)
  }
})

test("[WEB90] a small file of JSON is a key card; a key is held once; the reader's side comes first", () => {
  expect(isLikeKeyCard({ name: "us-key.json", size: 200 })).toBe(true)
  expect(isLikeKeyCard({ name: "pack.zip", size: 200 })).toBe(false)
  expect(addKeys([{ fingerprint: "a", card: null }], ["a", "b"], "us.json")).toEqual([
    { fingerprint: "a", card: "us.json" },
    { fingerprint: "b", card: "us.json" },
  ])
  expect(inOrder(["US", "RU"], "ru")).toEqual(["RU", "US"])
})

test("[WEB51] the file that is wrong is named, and not those in which it only shows", () => {
  const cascade = [check("CONTAINER", ["ru-original.pdf"]), check("FILES", ["ru-original.pdf"]), check("SIG-US", ["x"])]
  expect(filesAtFault(report(cascade))).toEqual(["ru-original.pdf"])
  expect(filesAtFault(report([check("FILES", [], true), check("CERTIFICATE", ["certificate.pdf"])]))).toEqual([
    "certificate.pdf",
  ])
  expect(filesAtFault(report([check("CONTAINER", [])]))).toEqual([])
  expect(nameSome(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d + 2")
})

test("[WEB52] the command shown is one that a shell takes as it stands", () => {
  expect(shellWord("six-sites-v14.zip")).toBe("six-sites-v14.zip")
  expect(shellWord("План (1).zip")).toBe("'План (1).zip'")
  expect(shellWord("it's; rm.zip")).toBe(String.raw`'it'\''s; rm.zip'`)
  expect(shellWord("-x.zip")).toBe("'-x.zip'")
})
