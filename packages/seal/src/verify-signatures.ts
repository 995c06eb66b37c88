import type { Bilingual, PlanDocument } from "@alternat/plan"
import { sha256Hex } from "./hashes.ts"
import { type Manifest, manifestHash } from "./manifest.ts"
import type { Signatures } from "./pack.ts"
import { shortFingerprint, verifyStatement } from "./statement.ts"
import { check, notMade, type VerifyCheck } from "./verify-report.ts"

// The checks about who signed: the certificate beside the signatures, each signature, the parties, the dates.

export function checkCertificate(bytes: Uint8Array | undefined, signatures: Signatures | null): VerifyCheck {
  if (signatures === null) return notMade("CERTIFICATE", ["signatures.json"])
  const isSame =
    bytes === undefined ? signatures.certificate === null : sha256Hex(bytes) === signatures.certificate?.sha256
  return isSame
    ? check("CERTIFICATE", true, {
        en: "The printed certificate is the one listed with the signatures; it repeats them and is not itself signed",
        ru: "Печатное свидетельство о заверении указано в списке подписей; оно лишь воспроизводит их и само не подписано",
      })
    : check(
        "CERTIFICATE",
        false,
        {
          en: "certificate.pdf is not the one listed with the signatures",
          ru: "certificate.pdf не тот, который указан в списке подписей",
        },
        ["certificate.pdf"],
      )
}

export function checkSignature(
  party: Manifest["parties"][number],
  manifest: Manifest,
  signatures: Signatures | null,
): VerifyCheck {
  const name = `SIG-${party.code}`
  const who = { en: party.name.en, ru: party.name.ru }
  const own = signatures?.signatures.filter((s) => s.statement.party === party.code) ?? []
  const [request] = own
  if (request === undefined || own.length !== 1)
    return check(
      name,
      false,
      { en: `There is no one signature for ${who.en}`, ru: `Нет единственной подписи: ${who.ru}` },
      ["signatures.json"],
    )
  const { date } = request.statement
  const ruDate = date.split("-").toReversed().join(".")
  const note = { en: date, ru: ruDate }
  const isOverThis = request.statement.manifest === manifestHash(manifest)
  return isOverThis && verifyStatement(request)
    ? check(
        name,
        true,
        {
          en: `Signed for ${who.en}: this manifest, with key ${shortFingerprint(request.publicKey)}; the date stated by the signatory is ${date}`,
          ru: `${who.ru}: подписан этот манифест, ключ ${shortFingerprint(request.publicKey)}; дата со слов подписавшего лица: ${ruDate}`,
        },
        [],
        note,
      )
    : check(
        name,
        false,
        {
          en: `The signature for ${who.en} is not a signature of this manifest`,
          ru: `${who.ru}: подпись не относится к этому манифесту`,
        },
        ["signatures.json"],
        note,
      )
}

export function checkParties(plan: PlanDocument, manifest: Manifest, signatures: Signatures | null): VerifyCheck {
  const declared = plan.parties.map((party) => party.code)
  const requests = signatures?.signatures ?? []
  const keys = new Set(requests.map((s) => s.publicKey))
  const isSame =
    declared.length === 2 &&
    declared.every((code, i) => manifest.parties[i]?.code === code && requests[i]?.statement.party === code) &&
    manifest.parties.length === 2 &&
    requests.length === 2 &&
    keys.size === 2
  const note: Bilingual = { en: `${requests.length} of 2`, ru: `${requests.length} из 2` }
  return isSame
    ? check(
        "PARTIES",
        true,
        {
          en: "There is one signature for each of the two parties to the plan, with two different keys",
          ru: "За каждую из двух Сторон имеется одна подпись; ключи различны",
        },
        [],
        note,
      )
    : check(
        "PARTIES",
        false,
        {
          en: "The signatures are not one from each of the two parties to the plan",
          ru: "Подписи не принадлежат по одной каждой из двух Сторон",
        },
        ["signatures.json"],
        note,
      )
}

export function checkDates(plan: PlanDocument, signatures: Signatures | null): VerifyCheck {
  const agreed = plan.terms.fx.agreed_on
  const early = (signatures?.signatures ?? []).filter((s) => s.statement.date < agreed)
  if (signatures === null) return notMade("DATES", ["signatures.json"])
  return early.length === 0
    ? check("DATES", true, {
        en: `No date stated by a signatory is earlier than the agreement of the planning rate, ${agreed}`,
        ru: `Ни одна из указанных подписавшими дат не предшествует согласованию расчетного курса, ${agreed.split("-").toReversed().join(".")}`,
      })
    : check(
        "DATES",
        false,
        {
          en: `Signed before the planning rate was agreed: ${early.map((s) => s.statement.party).join(", ")}`,
          ru: `Подписано до согласования расчетного курса: ${early.map((s) => s.statement.party).join(", ")}`,
        },
        ["signatures.json"],
      )
}
