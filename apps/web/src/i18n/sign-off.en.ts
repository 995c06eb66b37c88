export const signOffEn = {} as const
