import type { threadsEn } from "./threads.en.ts"

export const threadsRu: Readonly<Record<keyof typeof threadsEn, string>> = {
  "th.resolvedBy": "Снято: {who}",
  "th.reopenedBy": "Обсуждение возобновлено: {who}",
  "th.showEarlier": "Показать {count} из {hidden} более ранних замечаний",
  "th.showAllEarlier":
    "{count, plural, one {Показать # более раннее замечание} few {Показать # более ранних замечания} other {Показать # более ранних замечаний}}",
  "th.earlier":
    "{count, plural, one {Не показано # более раннее замечание} few {Не показаны # более ранних замечания} other {Не показано # более ранних замечаний}}",
  "th.showReplies":
    "{count, plural, one {Показать # более ранний ответ} few {Показать # более ранних ответа} other {Показать # более ранних ответов}}",
  "th.unfold": "{count, plural, =0 {Ответить} one {# ответ} few {# ответа} other {# ответов}}",
  "th.fold": "Свернуть замечание",
  "th.resolvedThreads": "{count, plural, one {# снятое замечание} few {# снятых замечания} other {# снятых замечаний}}",
  "th.thread": "Замечание к {clause}",
  "th.resolvedThread": "Снятое замечание к {clause}",
  "th.moreOn":
    "{count, plural, one {Еще # замечание к {clause}} few {Еще # замечания к {clause}} other {Еще # замечаний к {clause}}}",
  "th.moreClauses":
    "{count, plural, one {Показать замечания еще к # пункту} few {Показать замечания еще к # пунктам} other {Показать замечания еще к # пунктам}}",
}
