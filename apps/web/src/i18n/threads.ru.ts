import type { threadsEn } from "./threads.en.ts"

export const threadsRu: Readonly<Record<keyof typeof threadsEn, string>> = {
  "th.resolvedBy": "Снято: {who}",
  "th.reopenedBy": "Обсуждение возобновлено: {who}",
}
