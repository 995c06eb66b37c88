import { type Bilingual, err, ok, type PartyCode, type PlanDocument, type Result } from "@alternat/plan"
import { canonicalBytes, checksReport, type PackFile, planBytes } from "@alternat/seal"
import { annexCsvs } from "../csv.ts"
import { renderDocx } from "../docx/render-docx.ts"
import type { Audience, ExportSource } from "../model.ts"
import { renderModel } from "../render-model.ts"
import { renderPdf } from "./render-pdf.ts"
import type { PdfError, PdfOptions } from "./typeset.ts"

export interface VersionInput {
  readonly plan: PlanDocument
  readonly version: { readonly number: number; readonly frozenAt: string }
  /** `verify/verify.mjs` and whatever else goes with it, made by the build */
  readonly verifier: readonly PackFile[]
}

export interface VersionFiles {
  /** everything the manifest lists */
  readonly files: readonly PackFile[]
  /** which file is whose original */
  readonly originals: Readonly<Record<PartyCode, string>>
}

/** All files of a frozen version, rendered once: two originals, the working copy, the annexes, the plan and its checks. */
export async function renderVersionFiles(
  input: VersionInput,
  audience: Audience,
  options: PdfOptions & { readonly onProgress?: (percent: number, step: Bilingual) => void } = {},
): Promise<Result<VersionFiles, PdfError>> {
  const { plan, version } = input
  const source: ExportSource = { plan, version }
  const originals: Record<PartyCode, string> = {}
  const files: PackFile[] = [
    { name: "plan.json", bytes: planBytes(plan) },
    { name: "checks.json", bytes: canonicalBytes(checksReport(plan)) },
    { name: "README.txt", bytes: new TextEncoder().encode(README) },
    ...input.verifier,
  ]
  for (const [i, party] of plan.parties.entries()) {
    options.onProgress?.(10 + i * 35, {
      en: `Setting the original of ${party.names.en.side}`,
      ru: `Подготовка экземпляра ${party.names.ru.cases.gen}`,
    })
    const pdf = await renderPdf(renderModel(source, { audience, original: party.code }), plan, options)
    if (!pdf.ok) return err(pdf.error)
    const name = `${party.code.toLowerCase()}-original.pdf`
    originals[party.code] = name
    files.push({ name, bytes: pdf.value })
  }
  options.onProgress?.(80, {
    en: "Writing the working copy and the annexes",
    ru: "Подготовка рабочего экземпляра и приложений",
  })
  const working = renderModel(source, { audience, original: "working" })
  files.push({ name: "plan.docx", bytes: await renderDocx(working) }, ...annexCsvs(working))
  options.onProgress?.(100, { en: "Done", ru: "Готово" })
  return ok({ files, originals })
}

const README = `Alternat: a signed-off version of a joint project plan
======================================================
us-original.pdf, ru-original.pdf   the originals, PDF/A-3b, each with plan.json inside
plan.docx                          the two-column working copy
annexes/                           the tables of the annexes, CSV
plan.json                          the plan as data
checks.json                        what the checks of the cost table said
manifest.json                      the SHA-256 of every file; this is what both heads signed
signatures.json                    statements, public keys, Ed25519 signatures
certificate.pdf                    the same for print; not itself signed
verify/                            the verifier

To verify, with Node 20 or later and no network:
  node verify/verify.mjs PACK.zip --keys US-KEY RU-KEY
US-KEY and RU-KEY are the key cards, or the fingerprints, that each delegation gave you by telephone or on a signed sheet,
never from this pack nor from its sender. Without them the answer is "Intact, keys not confirmed" at best: nothing was
altered since it was signed, but by whom it was signed no file can say of itself.
Dates of signature are those that the signatories stated.
This is a working-level sign-off of an exact version. Wet ink on paper remains the legal act.

Альтернат: согласованная версия плана совместного проекта
==========================================================
us-original.pdf, ru-original.pdf   экземпляры Сторон, PDF/A-3b, в каждый вложен plan.json
plan.docx                          рабочий экземпляр в два столбца
annexes/                           таблицы приложений, CSV
plan.json                          план в виде данных
checks.json                        результаты проверок таблицы расходов
manifest.json                      SHA-256 каждого файла; именно его подписали главы делегаций
signatures.json                    заявления, открытые ключи, подписи Ed25519
certificate.pdf                    то же для печати; сам не подписан
verify/                            программа проверки

Проверка (Node 20 или новее, сеть не нужна):
  node verify/verify.mjs PACK.zip --keys US-KEY RU-KEY
US-KEY и RU-KEY — карточки ключей или отпечатки, полученные от каждой из делегаций по телефону или на подписанном листе,
но не из этого пакета и не от его отправителя. Без них наилучший результат — «Пакет не изменен, ключи не подтверждены»:
после заверения ничего не изменено, однако кем подписан пакет, файл сам о себе подтвердить не может.
Даты заверения указаны самими подписавшими.
Это рабочее заверение точной версии. Юридическим актом остается собственноручная подпись на бумаге.
`
