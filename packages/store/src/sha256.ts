import { createHash } from "node:crypto"

export const sha256Hex = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")
export const sha256Bytes = (text: string): Buffer => createHash("sha256").update(text).digest()
