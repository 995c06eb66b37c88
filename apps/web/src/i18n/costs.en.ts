export const costsEn = {} as const
