import { err, ok, type Result, type SignRequest, signRequestSchema } from "@alternat/plan"
import { canonicalBytes, parseCanonical } from "./canonical.ts"
import { describeFile, type Manifest, type ManifestFile, manifestHash } from "./manifest.ts"
import { type PackFile } from "./pack-file.ts"
import { writeContainer } from "./zip.ts"

/** `signatures.json`: outside the manifest, which it signs. */
export interface Signatures {
  readonly format: "alternat-signatures/1"
  /** hash of `manifest.json` */
  readonly manifest: string
  /** the printed certificate that lies beside it; not itself signed, it only repeats what is */
  readonly certificate: ManifestFile | null
  /** in the manifest's order of parties */
  readonly signatures: readonly SignRequest[]
}

export interface PackInput {
  readonly manifest: Manifest
  /** exactly the files the manifest lists */
  readonly files: readonly PackFile[]
  readonly signatures: readonly SignRequest[]
  readonly certificate: Uint8Array | null
}

/** The signed-off bundle, one canonical zip. */
export function buildPack(input: PackInput): Uint8Array {
  const certificate = input.certificate === null ? [] : [{ name: "certificate.pdf", bytes: input.certificate }]
  return writeContainer([
    ...input.files,
    ...certificate,
    { name: "manifest.json", bytes: canonicalBytes(input.manifest) },
    {
      name: "signatures.json",
      bytes: canonicalBytes(listSignatures(input.manifest, input.signatures, input.certificate)),
    },
  ])
}

/** What `signatures.json` holds. */
export function listSignatures(
  manifest: Manifest,
  signatures: readonly SignRequest[],
  certificate: Uint8Array | null,
): Signatures {
  const place = (s: SignRequest) => manifest.parties.findIndex((party) => party.code === s.statement.party)
  return {
    format: "alternat-signatures/1",
    manifest: manifestHash(manifest),
    certificate: certificate === null ? null : describeFile({ name: "certificate.pdf", bytes: certificate }),
    signatures: signatures.toSorted((a, b) => place(a) - place(b)),
  }
}

export function parseSignatures(bytes: Uint8Array): Result<Signatures, "not_canonical" | "not_signatures"> {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) return err("not_canonical")
  return isSignatures(parsed.value) ? ok(parsed.value) : err("not_signatures")
}

function isSignatures(value: unknown): value is Signatures {
  if (typeof value !== "object" || value === null) return false
  const { format, manifest, certificate, signatures, ...rest } = value as Record<string, unknown>
  return (
    format === "alternat-signatures/1" &&
    typeof manifest === "string" &&
    (certificate === null || (typeof certificate === "object" && certificate !== null && "sha256" in certificate)) &&
    Array.isArray(signatures) &&
    signatures.every((s) => signRequestSchema.strict().safeParse(s).success) &&
    Object.keys(rest).length === 0
  )
}
