import type { costsEn } from "./costs.en.ts"

export const costsRu: Readonly<Record<keyof typeof costsEn, string>> = {}
