import { hash } from "node:crypto"

export const sha256Hex = (bytes: Uint8Array | string): string => hash("sha256", bytes, "hex")
export const sha256Bytes = (text: string): Buffer => hash("sha256", text, "buffer")
