import { planBytes } from "@alternat/seal"
import type { Audience, ExportSource } from "./model.ts"

/** `plan.json`: the canonical bytes that are hashed and sealed. Shared text only, so every audience gets the same. */
export const planJson = (source: ExportSource, _audience: Audience): Uint8Array => planBytes(source.plan)
