import type { PlanDocument, Result, SignRequest } from "@alternat/plan"
import { groupHex, keyFingerprint, type Manifest, manifestHash } from "@alternat/seal"
import { formatDate } from "@alternat/text"
import { languageOf } from "../order.ts"
import { CERTIFICATE_TEMPLATE } from "./certificate-template.ts"
import { type PdfError, type PdfOptions, typeset } from "./typeset.ts"

/**
 * The certificate of sign-off: one sheet in both languages that says which manifest was signed, by whom and with which
 * key. It repeats what is signed and is not itself signed. It is the same for both sides, in the plan's order.
 */
export function renderCertificate(
  input: { readonly plan: PlanDocument; readonly manifest: Manifest; readonly signatures: readonly SignRequest[] },
  options: PdfOptions = {},
): Promise<Result<Uint8Array, PdfError>> {
  const { plan, manifest, signatures } = input
  const hash = groupHex(manifestHash(manifest))
  const data = {
    title: plan.title,
    marking: plan.titlePage.marking,
    fiction: plan.titlePage.fiction,
    version: manifest.version,
    frozen: { en: formatDate(manifest.frozenAt, "en"), ru: formatDate(manifest.frozenAt, "ru") },
    date: manifest.frozenAt.slice(0, 10).split("-").map(Number),
    hash: [hash.slice(0, 39), hash.slice(40)],
    planHash: groupHex(manifest.planHash),
    clauses: manifest.clauses.length,
    files: manifest.files.map((file) => ({ name: file.name, size: String(file.size), sha256: file.sha256 })),
    signatures: plan.parties.flatMap((party) =>
      signatures
        .filter((one) => one.statement.party === party.code)
        .map(({ statement, publicKey }) => ({
          heading: { en: `For ${party.names.en.side}`, ru: `За ${party.names.ru.cases.acc}` },
          lang: languageOf(plan, party.code),
          name: statement.name,
          post: acting(statement.post, statement.acting, plan),
          organisation: statement.organisation,
          place: statement.place,
          date: { en: formatDate(statement.date, "en"), ru: formatDate(statement.date, "ru") },
          key: keyFingerprint(publicKey),
        })),
    ),
  }
  const at =
    signatures
      .map((one) => one.statement.date)
      .toSorted()
      .at(-1) ?? manifest.frozenAt
  return typeset({ template: CERTIFICATE_TEMPLATE, inputs: { model: JSON.stringify(data) }, at }, options)
}

function acting(post: SignRequest["statement"]["post"], isActing: boolean, plan: PlanDocument) {
  if (!isActing) return post
  const word = plan.signature.labels.acting
  return { en: `${post.en} (${word.en})`, ru: `${post.ru} (${word.ru})` }
}
