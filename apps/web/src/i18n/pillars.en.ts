export const pillarsEn = {} as const
