import type { homeEn } from "./home.en.ts"

export const homeRu: Readonly<Record<keyof typeof homeEn, string>> = {}
