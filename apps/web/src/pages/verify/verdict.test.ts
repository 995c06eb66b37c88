import type { VerifyCheck, VerifyReport } from "@alternat/seal"
import { expect, test } from "vitest"
import { filesAtFault, nameSome, shellWord, verdictOf } from "./verdict.ts"

const file = { name: "pack.zip", size: 7 }
const check = (name: string, files: readonly string[], ok = false): VerifyCheck => ({
  name,
  ok,
  detail: { en: "", ru: "" },
  note: null,
  files,
})
const report = (checks: readonly VerifyCheck[], kind: VerifyReport["kind"] = "pack"): VerifyReport => ({
  kind,
  ok: kind !== "not-a-pack" && checks.every((one) => one.ok),
  checks,
  claims: null,
})

test("[WEB50] a pack, a signed copy, and what is neither have verdicts of their own", () => {
  const good = [check("FILES", [], true)]
  const bad = [check("FILES", ["plan.json"])]
  const of = (...args: Parameters<typeof report>) => verdictOf({ phase: "read", file, report: report(...args) })
  expect(of(good)).toBe("holds")
  expect(of(bad)).toBe("fails")
  expect(of(good, "signed-copy")).toBe("copyHolds")
  expect(of(bad, "signed-copy")).toBe("copyFails")
  expect(of([], "not-a-pack")).toBe("notPack")
  expect(verdictOf({ phase: "too-large", file })).toBe("tooLarge")
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
