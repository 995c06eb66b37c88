import { type Bilingual, err, ok, type Result } from "@alternat/plan"
import { firstOverLimit, isOverJsonLimit, MAX_CONTAINER_BYTES } from "./limits.ts"
import { parseManifest } from "./manifest.ts"
import { parseSignatures } from "./pack.ts"
import { type PackFile } from "./pack-file.ts"
import { embeddedFiles, indexOf, isAt, readEmbedded } from "./pdf.ts"
import { looksRepacked, readRepacked } from "./repacked.ts"
import { splitSignedCopy } from "./signed-copy.ts"
import { type Evidence, runChecks } from "./verify-checks.ts"
import { check, type VerifyCheck, type VerifyReport } from "./verify-report.ts"
import { type ContainerError, readContainer, salvageContainer } from "./zip.ts"

/**
 * Verification: a list of named checks over one file, offline, in an order that can be recited. First what kind of file
 * it is and whether it is within the limits, then what can be read from it (the evidence), then the checks, each of which
 * runs whatever the others found, so that a report names the file that is wrong.
 */

/** The keys that the reader holds from elsewhere: fingerprints, 64 hex characters. None: whose keys they are stays open. */
export interface VerifyOptions {
  readonly keys?: readonly string[]
}

/** Verifies a pack or a signed copy. Never throws on account of the bytes, never looks beyond them. */
export function verifyPack(bytes: Uint8Array, { keys = [] }: VerifyOptions = {}): VerifyReport {
  if (bytes.length > MAX_CONTAINER_BYTES) return unread("not-a-pack", limits(null))
  const kind = kindOf(bytes)
  if (kind === "not-a-pack") return unread(kind, NOT_A_PACK)
  const evidence = kind === "pack" ? fromPack(bytes) : fromSignedCopy(bytes)
  if (!evidence.ok) return unread(kind, limits(evidence.error))
  const found = runChecks(evidence.value, keys)
  const holds = found.checks.every((one) => one.ok)
  const verdict = !holds ? "failed" : keys.length > 0 ? "genuine" : "intact"
  return { kind, verdict, ok: holds, ...found }
}

const unread = (kind: VerifyReport["kind"], why: VerifyCheck): VerifyReport => ({
  kind,
  verdict: "unreadable",
  ok: false,
  checks: [why],
  claims: null,
  keys: [],
})

const NOT_A_PACK = check("not_a_pack", false, {
  en: "This is neither a pack nor an original with its signatures",
  ru: "Файл не является ни пакетом, ни экземпляром с подписями",
})

/** For a file that is not even read, because it is larger than any pack. */
export const tooLargeReport = (): VerifyReport => unread("not-a-pack", limits(null))

const limits = (file: string | null): VerifyCheck =>
  check(
    "limits",
    false,
    {
      en: `${file ?? "The file"} is larger than any that a pack holds; it was not examined`,
      ru: `Размер превышает допустимый для пакета, проверка не проводилась: ${file ?? "файл целиком"}`,
    },
    file === null ? [] : [file],
  )

/**
 * Either end of the file and any of three texts that stand in it in plain bytes: one damaged byte does not turn a pack
 * into something else. A compressed pack has none of the texts and is known by its directory.
 */
function kindOf(bytes: Uint8Array): VerifyReport["kind"] {
  const isZip = isAt(bytes, "PK\x03\x04", 0) || isAt(bytes, "PK\x05\x06", bytes.length - 22)
  if (!MARKS.some((mark) => indexOf(bytes, mark, 0) !== -1))
    return isZip && looksRepacked(bytes) ? "pack" : "not-a-pack"
  if (isZip) return "pack"
  return isAt(bytes, "%PDF-", 0) || isAt(bytes, "%%EOF\n", bytes.length - 6) ? "signed-copy" : "not-a-pack"
}
const MARKS = ['"alternat-manifest/1"', '"alternat-signatures/1"', '"alternat-plan/1"']

/** The evidence, or the name of the file that is too large. */
function fromPack(bytes: Uint8Array): Result<Evidence, string | null> {
  const read = readContainer(bytes)
  const repacked = read.ok ? null : readRepacked(bytes)
  if (repacked?.ok === false && repacked.error === "limits") return err(null)
  const found: readonly PackFile[] = read.ok ? read.value : repacked?.ok ? repacked.value : salvageContainer(bytes)
  const over = firstOverLimit(found)
  if (over !== null) return err(over)
  const files = new Map(found.map((file) => [file.name, file.bytes]))
  return ok({
    container: read.ok ? CONTAINER_HOLDS : containerFails(read.error, repacked?.ok === true),
    files,
    partial: false,
    manifest: parseManifest(files.get("manifest.json") ?? new Uint8Array()),
    signatures: parseSignatures(files.get("signatures.json") ?? new Uint8Array()),
  })
}

const CONTAINER_HOLDS = check("CONTAINER", true, {
  en: "The container is in its one canonical form, with nothing before, between or behind the files",
  ru: "Контейнер записан в единственно возможной канонической форме, без посторонних данных",
})

function containerFails(error: ContainerError, isReadable: boolean): VerifyCheck {
  const files = error.file === null ? [] : [error.file]
  if (!isReadable && error.type !== "not_canonical") return check("CONTAINER", false, containerFault(error), files)
  return {
    ...check("CONTAINER", false, containerFault({ type: "not_canonical", file: error.file }), files),
    code: "container_form",
  }
}

function fromSignedCopy(bytes: Uint8Array): Result<Evidence, string | null> {
  const { files: inside, isOver } = readEmbedded(bytes)
  if (isOver || inside.some((file) => isOverJsonLimit(file))) return err(null)
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
  return ok({ container, files, partial: true, manifest, signatures })
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
  not_canonical: {
    en: "The container is not as it was sealed: packed again, renamed inside, or with something added",
    ru: "Контейнер отличается от первоначального: упакован заново, переименованы файлы или добавлены данные",
  },
}
