/** The two working languages of a plan. Neither text is a translation of the other. */
export type Lang = "en" | "ru"
export const LANGS: readonly Lang[] = ["en", "ru"]

/** A value that exists once in each language. */
export interface Bilingual<T = string> {
  readonly en: T
  readonly ru: T
}
