import type { pillarsEn } from "./pillars.en.ts"

export const pillarsRu: Readonly<Record<keyof typeof pillarsEn, string>> = {
  "history.title": "История",
  "history.lead": "Все действия в порядке записи. Каждая строка несет хеш всех предыдущих.",
  "history.empty": "Записей пока нет",
  "history.empty.more": "Запись открывает первое действие любой из делегаций.",
  "history.more": "{count, plural, one {Показать еще # строку} few {Показать еще # строки} other {Показать еще # строк}}",
}
