import type { Bilingual, PlanDocument, Result } from "@alternat/plan"
import { canonicalText, parseCanonical } from "./canonical.ts"
import { type ChecksReport, checksReport } from "./checks-report.ts"
import { sha256Hex } from "./hashes.ts"
import { clauseHashes, type Manifest, manifestHash, tableHashes, UNLISTED } from "./manifest.ts"
import type { Signatures } from "./pack.ts"
import { embeddedFiles } from "./pdf.ts"
import { shortFingerprint } from "./statement.ts"
import { checkKey, readKeys } from "./verify-keys.ts"
import { check, count, notMade, type SignerKey, type VerifyCheck, type VerifyClaims } from "./verify-report.ts"
import { checkCertificate, checkDates, checkParties, checkSignature } from "./verify-signatures.ts"

/** What could be read from the file under test, before anything of it is believed. */
export interface Evidence {
  readonly container: VerifyCheck
  readonly files: ReadonlyMap<string, Uint8Array>
  /** a signed copy holds one original and the plan inside it, not every file of the manifest */
  readonly partial: boolean
  readonly manifest: Result<Manifest, string>
  readonly signatures: Result<Signatures, string>
}

interface Findings {
  readonly checks: readonly VerifyCheck[]
  readonly claims: VerifyClaims | null
  readonly keys: readonly SignerKey[]
}

/**
 * The checks in order, what the file claims to be, and whose keys signed.
 * @param trusted fingerprints that the reader holds from elsewhere; with none there are no checks of keys
 */
export function runChecks(evidence: Evidence, trusted: readonly string[]): Findings {
  if (!evidence.manifest.ok) {
    const rest = ["FILES", "CANON", "PAIRS", "RULES", "ALTERNAT", "PARTIES", "DATES"]
    const checks = [
      evidence.container,
      notMade("MANIFEST", ["manifest.json"]),
      ...rest.map((name) => notMade(name, ["manifest.json"])),
    ]
    return { checks, claims: null, keys: [] }
  }
  const manifest = evidence.manifest.value
  const signatures = evidence.signatures.ok ? evidence.signatures.value : null
  const planFile = evidence.files.get("plan.json")
  const plan = readPlan(planFile)
  const keys = readKeys(manifest, signatures, trusted)
  const checks = [
    evidence.container,
    checkManifest(manifest, signatures),
    checkFiles(evidence, manifest),
    checkCanon(planFile, plan, manifest),
    guarded("PAIRS", plan, (p) => checkPairs(p, manifest)),
    guarded("RULES", plan, (p) => checkRules(p, manifest, evidence.files.get("checks.json"))),
    checkAlternat(evidence, manifest, planFile),
    ...(evidence.partial ? [] : [checkCertificate(evidence.files.get("certificate.pdf"), signatures)]),
    ...manifest.parties.map((party) => checkSignature(party, manifest, signatures)),
    guarded("PARTIES", plan, (p) => checkParties(p, manifest, signatures)),
    guarded("DATES", plan, (p) => checkDates(p, signatures)),
    ...(trusted.length === 0 ? [] : manifest.parties.map((party) => checkKey(party, keys))),
  ]
  return { checks, claims: readClaims(manifest, signatures, plan), keys }
}

function checkManifest(manifest: Manifest, signatures: Signatures | null): VerifyCheck {
  const hash = manifestHash(manifest)
  const note = {
    en: `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`,
    ru: `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`,
  }
  if (signatures === null)
    return check(
      "MANIFEST",
      false,
      { en: "signatures.json can't be read", ru: "Файл signatures.json не читается" },
      ["signatures.json"],
      note,
    )
  return signatures.manifest === hash
    ? check(
        "MANIFEST",
        true,
        {
          en: "The manifest is canonical, and it is the one the signatures name",
          ru: "Манифест каноничен; именно он указан в подписях",
        },
        [],
        note,
      )
    : check(
        "MANIFEST",
        false,
        {
          en: "manifest.json is not the one that signatures.json names",
          ru: "manifest.json не тот, который указан в signatures.json",
        },
        ["manifest.json", "signatures.json"],
        note,
      )
}

function checkFiles(evidence: Evidence, manifest: Manifest): VerifyCheck {
  const present = manifest.files.filter((file) => !evidence.partial || evidence.files.has(file.name))
  const wrong = present.filter((file) => {
    const bytes = evidence.files.get(file.name)
    return bytes === undefined || bytes.length !== file.size || sha256Hex(bytes) !== file.sha256
  })
  const known = new Set<string>([...manifest.files.map((file) => file.name), ...UNLISTED])
  const files = [...wrong.map((file) => file.name), ...[...evidence.files.keys()].filter((name) => !known.has(name))]
  const note = count(present.length, ["file", "files"], ["файл", "файла", "файлов"])
  return files.length === 0 && present.length > 0
    ? check(
        "FILES",
        true,
        {
          en: "Every file has the hash that the manifest gives it",
          ru: "Хеш каждого файла совпадает с указанным в манифесте",
        },
        [],
        note,
      )
    : check(
        "FILES",
        false,
        {
          en: `Not the file that was signed: ${files.join(", ")}`,
          ru: `Не тот файл, который был подписан: ${files.join(", ")}`,
        },
        files,
        note,
      )
}

function checkCanon(bytes: Uint8Array | undefined, plan: PlanDocument | null, manifest: Manifest): VerifyCheck {
  if (bytes === undefined || plan === null) return notMade("CANON", ["plan.json"])
  const note = { en: `${Math.ceil(bytes.length / 1024)} KB`, ru: `${Math.ceil(bytes.length / 1024)} КБ` }
  return sha256Hex(bytes) === manifest.planHash && plan.id === manifest.planId
    ? check(
        "CANON",
        true,
        {
          en: "plan.json is in canonical form and has the hash of the manifest",
          ru: "plan.json записан в канонической форме; хеш совпадает с манифестом",
        },
        [],
        note,
      )
    : check(
        "CANON",
        false,
        { en: "plan.json is not the plan of the manifest", ru: "plan.json не соответствует манифесту" },
        ["plan.json"],
        note,
      )
}

function checkPairs(plan: PlanDocument, manifest: Manifest): VerifyCheck {
  const clauses = clauseHashes(plan)
  const differing = clauses
    .filter((clause, i) => canonicalText(clause) !== canonicalText(manifest.clauses[i] ?? null))
    .map((c) => c.id)
  const tables = tableHashes(plan)
  const tableNames = Object.entries(tables).filter(
    ([name, hash]) => manifest.tables[name as keyof typeof tables] !== hash,
  )
  const wrong = [...differing, ...tableNames.map(([name]) => name)]
  const isSame =
    wrong.length === 0 &&
    clauses.length === manifest.clauses.length &&
    Object.keys(manifest.tables).length === Object.keys(tables).length
  const note = count(clauses.length, ["clause", "clauses"], ["пункт", "пункта", "пунктов"])
  return isSame
    ? check(
        "PAIRS",
        true,
        {
          en: "The hashes of every clause in both languages and of every table, made again, are those of the manifest",
          ru: "Вычисленные заново хеши всех пунктов на двух языках и всех таблиц совпадают с манифестом",
        },
        [],
        note,
      )
    : check(
        "PAIRS",
        false,
        {
          en: `These clauses or tables are not those of the manifest: ${wrong.join(", ")}`,
          ru: `Не соответствуют манифесту: ${wrong.join(", ")}`,
        },
        ["plan.json"],
        note,
      )
}

function checkRules(plan: PlanDocument, manifest: Manifest, bytes: Uint8Array | undefined): VerifyCheck {
  const report: ChecksReport = checksReport(plan)
  const again = new TextEncoder().encode(canonicalText(report))
  const listed = manifest.files.find((file) => file.name === "checks.json")
  const isSame = sha256Hex(again) === listed?.sha256 && (bytes === undefined || sha256Hex(bytes) === listed.sha256)
  const errors = report.findings.filter((finding) => finding.severity === "error")
  const note = count(
    report.findings.length - errors.length,
    ["warning", "warnings"],
    ["предупреждение", "предупреждения", "предупреждений"],
  )
  if (!isSame)
    return check(
      "RULES",
      false,
      {
        en: "The checks of the cost table, made again, are not those of checks.json",
        ru: "Повторные проверки таблицы расходов не совпадают с checks.json",
      },
      ["checks.json"],
      note,
    )
  if (errors.length > 0) {
    const codes = errors.map((e) => `${e.code} ${e.path}`).join(", ")
    return check(
      "RULES",
      false,
      { en: `The cost table has errors: ${codes}`, ru: `Ошибки в таблице расходов: ${codes}` },
      ["plan.json"],
      note,
    )
  }
  return check(
    "RULES",
    true,
    {
      en: "The checks of the cost table, made again here, hold and agree with checks.json",
      ru: "Проверки таблицы расходов выполнены заново, соблюдены и совпадают с checks.json",
    },
    [],
    note,
  )
}

function checkAlternat(evidence: Evidence, manifest: Manifest, planFile: Uint8Array | undefined): VerifyCheck {
  const originals = manifest.parties
    .map((party) => party.original)
    .filter((name) => !evidence.partial || evidence.files.has(name))
  const expected = planFile === undefined ? null : sha256Hex(planFile)
  const wrong = originals.filter((name) => {
    const inside = embeddedFiles(evidence.files.get(name) ?? new Uint8Array())
    return inside.length !== 1 || inside.some((file) => sha256Hex(file) !== expected)
  })
  const distinct = new Set(manifest.parties.map((party) => party.original)).size === manifest.parties.length
  const note = count(originals.length, ["original", "originals"], ["экземпляр", "экземпляра", "экземпляров"])
  return wrong.length === 0 && distinct && originals.length > 0
    ? check(
        "ALTERNAT",
        true,
        {
          en: "Each original carries this very plan.json inside it",
          ru: "Каждый экземпляр содержит этот же plan.json",
        },
        [],
        note,
      )
    : check(
        "ALTERNAT",
        false,
        {
          en: `Does not carry this plan.json: ${wrong.join(", ")}`,
          ru: `Не содержит этого plan.json: ${wrong.join(", ")}`,
        },
        wrong,
        note,
      )
}

function readPlan(bytes: Uint8Array | undefined): PlanDocument | null {
  if (bytes === undefined) return null
  const parsed = parseCanonical(bytes)
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null) return null
  // the shape below this is the business of the checks, which are guarded
  return "format" in parsed.value && parsed.value.format === "alternat-plan/1" ? (parsed.value as PlanDocument) : null
}

/** A plan that lies about its shape may break a computation; that is a check that fails, never a crash of the verifier. */
function guarded(name: string, plan: PlanDocument | null, run: (plan: PlanDocument) => VerifyCheck): VerifyCheck {
  if (plan === null) return notMade(name, ["plan.json"])
  try {
    return run(plan)
  } catch {
    return notMade(name, ["plan.json"]) // whatever broke, it was the shape of the plan
  }
}

function readClaims(manifest: Manifest, signatures: Signatures | null, plan: PlanDocument | null): VerifyClaims {
  return {
    planId: manifest.planId,
    title: plan === null || typeof plan.title?.en !== "string" ? null : { en: plan.title.en, ru: plan.title.ru },
    version: manifest.version,
    manifestHash: manifestHash(manifest),
    parties: manifest.parties.map(({ code, name }) => ({ code, side: sideOf(plan, code) ?? name })),
    signatures: (signatures?.signatures ?? []).map((s) => ({
      party: s.statement.party,
      date: s.statement.date,
      fingerprint: shortFingerprint(s.publicKey),
    })),
  }
}

/** A forged plan may have anything for its names. */
function sideOf(plan: PlanDocument | null, code: string): Bilingual | null {
  const names = Array.isArray(plan?.parties) ? plan.parties.find((party) => party?.code === code)?.names : undefined
  const [en, ru] = [names?.en?.side, names?.ru?.cases?.acc]
  return typeof en === "string" && typeof ru === "string" ? { en: `For ${en}`, ru: `За ${ru}` } : null
}
