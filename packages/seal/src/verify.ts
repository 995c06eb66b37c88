import type { Bilingual, PartyCode } from "@alternat/plan"
import { parseManifest } from "./manifest.ts"
import { parseSignatures } from "./pack.ts"
import { embeddedFiles, indexOf, isAt } from "./pdf.ts"
import { splitSignedCopy } from "./signed-copy.ts"
import { type Evidence, runChecks } from "./verify-checks.ts"
import { check } from "./verify-report.ts"
import { type ContainerError, type PackFile, readContainer, salvageContainer } from "./zip.ts"

/**
 * Verification: a list of named checks over one file, offline, in an order that can be recited. First what kind of file
 * it is, then what can be read from it (the evidence), then the checks, each of which runs whatever the others found, so
 * that a report names the file that is wrong.
 */
export interface VerifyCheck {
  /** `CONTAINER`, `MANIFEST`, `FILES`, `CANON`, `PAIRS`, `RULES`, `ALTERNAT`, `CERTIFICATE`, `SIG-US`, `SIG-RU`, `PARTIES`, `DATES` */
  readonly name: string
  readonly ok: boolean
  readonly detail: Bilingual
  /** a figure beside the check, such as the number of files */
  readonly note: Bilingual | null
  /** names of the files that fail */
  readonly files: readonly string[]
}

export interface VerifyReport {
  readonly kind: "pack" | "signed-copy" | "not-a-pack"
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  /** what the file says it is; only as true as the checks */
  readonly claims: VerifyClaims | null
}

export interface VerifyClaims {
  readonly planId: string
  readonly title: Bilingual | null
  readonly version: number
  readonly manifestHash: string
  readonly signatures: readonly { readonly party: PartyCode; readonly date: string; readonly fingerprint: string }[]
}

/** Verifies a pack or a signed copy. Never throws on account of the bytes, never looks beyond them. */
export function verifyPack(bytes: Uint8Array): VerifyReport {
  const kind = kindOf(bytes)
  if (kind === "not-a-pack") return { kind, ok: false, checks: [], claims: null }
  const evidence = kind === "pack" ? fromPack(bytes) : fromSignedCopy(bytes)
  const { checks, claims } = runChecks(evidence)
  return { kind, ok: checks.every((one) => one.ok), checks, claims }
}

/**
 * Either end of the file and any of three texts that stand in it in plain bytes: one damaged byte does not turn a pack
 * into something else.
 */
function kindOf(bytes: Uint8Array): VerifyReport["kind"] {
  const isOurs = MARKS.some((mark) => indexOf(bytes, mark, 0) !== -1)
  if (!isOurs) return "not-a-pack"
  if (isAt(bytes, "PK\x03\x04", 0) || isAt(bytes, "PK\x05\x06", bytes.length - 22)) return "pack"
  return isAt(bytes, "%PDF-", 0) || isAt(bytes, "%%EOF\n", bytes.length - 6) ? "signed-copy" : "not-a-pack"
}
const MARKS = ['"alternat-manifest/1"', '"alternat-signatures/1"', '"alternat-plan/1"']

function fromPack(bytes: Uint8Array): Evidence {
  const read = readContainer(bytes)
  const found: readonly PackFile[] = read.ok ? read.value : salvageContainer(bytes)
  const files = new Map(found.map((file) => [file.name, file.bytes]))
  const container = read.ok
    ? check("CONTAINER", true, {
        en: "The container is in its one canonical form, with nothing before, between or behind the files",
        ru: "Контейнер записан в единственно возможной канонической форме, без посторонних данных",
      })
    : check("CONTAINER", false, containerFault(read.error), read.error.file === null ? [] : [read.error.file])
  return {
    container,
    files,
    partial: false,
    manifest: parseManifest(files.get("manifest.json") ?? new Uint8Array()),
    signatures: parseSignatures(files.get("signatures.json") ?? new Uint8Array()),
  }
}

function fromSignedCopy(bytes: Uint8Array): Evidence {
  const inside = embeddedFiles(bytes)
  const manifest = firstOk(inside.map(parseManifest)) ?? parseManifest(new Uint8Array())
  const signatures = firstOk(inside.map(parseSignatures)) ?? parseSignatures(new Uint8Array())
  const split = manifest.ok && signatures.ok ? splitSignedCopy(bytes, manifest.value, signatures.value) : null
  const files = new Map<string, Uint8Array>()
  if (split !== null) {
    files.set(split.file, split.original)
    const plan = embeddedFiles(split.original)[0]
    if (plan !== undefined) files.set("plan.json", plan)
  }
  const container =
    split?.intact === true
      ? check("CONTAINER", true, {
          en: "The file is a signed original, unchanged, followed by its signatures and nothing else",
          ru: "Файл состоит из неизмененного подписанного экземпляра и следующих за ним подписей",
        })
      : check("CONTAINER", false, SIGNED_COPY_FAULT, [split === null ? "original" : "signatures.json"])
  return { container, files, partial: true, manifest, signatures }
}

const firstOk = <T extends { readonly ok: boolean }>(results: readonly T[]): T | undefined => results.find((r) => r.ok)

const SIGNED_COPY_FAULT: Bilingual = {
  en: "The file is not a signed original followed by its signatures: something in it was changed",
  ru: "Файл не является подписанным экземпляром с подписями: в нем есть изменения",
}

function containerFault(error: ContainerError): Bilingual {
  const at = error.file === null ? { en: "", ru: "" } : { en: `, at ${error.file}`, ru: `, файл ${error.file}` }
  const words = CONTAINER_FAULTS[error.type]
  return { en: words.en + at.en, ru: words.ru + at.ru }
}

const CONTAINER_FAULTS: Readonly<Record<ContainerError["type"], Bilingual>> = {
  not_zip: { en: "The end of the container is missing or damaged", ru: "Конец контейнера отсутствует или поврежден" },
  too_large: { en: "The container is larger than any pack", ru: "Размер контейнера превышает допустимый" },
  bad_name: { en: "A file has a name that no pack uses", ru: "Недопустимое имя файла" },
  duplicate: { en: "A file stands in the container twice", ru: "Файл помещен в контейнер дважды" },
  damaged: { en: "The container is damaged", ru: "Контейнер поврежден" },
  not_canonical: { en: "The container is not in its canonical form", ru: "Контейнер записан не в канонической форме" },
}
