import { assert } from "@alternat/plan"
import { buildPack, type Manifest, parseManifest } from "@alternat/seal"
import type { ReaderTx } from "@alternat/store"
import { fail } from "../http/problem.ts"

export const CERTIFICATE = "certificate.pdf"
export const MANIFEST = "manifest.json"

/**
 * The pack of a signed version. Not stored: it follows byte for byte from the files, the manifest and the
 * signatures, which are.
 */
export async function readPack(tx: ReaderTx, planId: string, number: number): Promise<Uint8Array> {
  const version = (await tx.version(planId, number)) ?? fail("no_such_version")
  if (version.info.status !== "signed") {
    return fail("conflict", { finerCode: "not_signed", detail: "The pack is there once both heads have signed." })
  }
  const manifest = await readManifest(tx, planId, number)
  const files = await Promise.all(manifest.files.map(async ({ name }) => readFile(tx, planId, number, name)))
  const certificate = await tx.versionFile(planId, number, CERTIFICATE)
  const signatures = await tx.signatures(planId, number)
  return buildPack({
    manifest,
    files,
    signatures: signatures.map(({ statement, publicKey, signature }) => ({ statement, publicKey, signature })),
    certificate: certificate?.bytes ?? null,
  })
}

export async function readManifest(tx: ReaderTx, planId: string, number: number): Promise<Manifest> {
  const { bytes } = await readFile(tx, planId, number, MANIFEST)
  const manifest = parseManifest(bytes)
  assert(manifest.ok, "a stored manifest is canonical")
  return manifest.value
}

async function readFile(tx: ReaderTx, planId: string, number: number, name: string) {
  const file = await tx.versionFile(planId, number, name)
  assert(file, "a version has the files its manifest lists")
  return { name, bytes: file.bytes }
}
