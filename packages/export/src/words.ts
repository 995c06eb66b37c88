import type { Bilingual } from "@alternat/plan"

/** Words of the printed plan that are the product's own. Everything else is text of the plan. */
export const WORDS = {
  contents: { en: "Contents", ru: "Содержание" },
  draft: { en: "Draft — not agreed", ru: "Проект — не согласовано" },
  workingCopy: { en: "Working copy", ru: "Рабочий экземпляр" },
  planHash: { en: "SHA-256 of the embedded plan.json", ru: "SHA-256 вложенного файла plan.json" },
  missing: { en: "Text to follow", ru: "Текст ожидается" },
  notIntegral: { en: "Not an integral part of the Plan", ru: "Не является неотъемлемой частью Плана" },
  signature: { en: "Signature", ru: "Подпись" },
  parked: { en: "[parked]", ru: "[отложено]" },
} as const satisfies Record<string, Bilingual>

/** What a reserve is about. */
export const RESERVE_KINDS = {
  scrutiny: { en: "scrutiny", ru: "на рассмотрении" },
  legal: { en: "legal scrutiny", ru: "правовая экспертиза" },
  language: { en: "language", ru: "языковая сверка" },
} as const satisfies Record<string, Bilingual>
