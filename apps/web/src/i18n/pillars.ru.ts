import type { pillarsEn } from "./pillars.en.ts"

export const pillarsRu: Readonly<Record<keyof typeof pillarsEn, string>> = {}
