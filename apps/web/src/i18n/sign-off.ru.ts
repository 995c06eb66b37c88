import type { signOffEn } from "./sign-off.en.ts"

export const signOffRu: Readonly<Record<keyof typeof signOffEn, string>> = {}
