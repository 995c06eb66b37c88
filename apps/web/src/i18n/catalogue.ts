import type { Lang } from "@alternat/plan"
import { authorshipEn } from "./authorship.en.ts"
import { authorshipRu } from "./authorship.ru.ts"
import { caucusEn } from "./caucus.en.ts"
import { caucusRu } from "./caucus.ru.ts"
import { costsEn } from "./costs.en.ts"
import { costsRu } from "./costs.ru.ts"
import { homeEn } from "./home.en.ts"
import { homeRu } from "./home.ru.ts"
import { modeEn } from "./mode.en.ts"
import { modeRu } from "./mode.ru.ts"
import { pillarsEn } from "./pillars.en.ts"
import { pillarsRu } from "./pillars.ru.ts"
import { planTextEn } from "./plan-text.en.ts"
import { planTextRu } from "./plan-text.ru.ts"
import { setupEn } from "./setup.en.ts"
import { setupRu } from "./setup.ru.ts"
import { shellEn } from "./shell.en.ts"
import { shellRu } from "./shell.ru.ts"
import { signOffEn } from "./sign-off.en.ts"
import { signOffRu } from "./sign-off.ru.ts"
import { threadsEn } from "./threads.en.ts"
import { threadsRu } from "./threads.ru.ts"
import { verifyEn } from "./verify.en.ts"
import { verifyRu } from "./verify.ru.ts"

/** One catalogue a language, split by area; each area's Russian is typed by its English, and a test compares the keys. */
export const AREAS = {
  shell: { en: shellEn, ru: shellRu },
  home: { en: homeEn, ru: homeRu },
  planText: { en: planTextEn, ru: planTextRu },
  caucus: { en: caucusEn, ru: caucusRu },
  authorship: { en: authorshipEn, ru: authorshipRu },
  costs: { en: costsEn, ru: costsRu },
  mode: { en: modeEn, ru: modeRu },
  pillars: { en: pillarsEn, ru: pillarsRu },
  signOff: { en: signOffEn, ru: signOffRu },
  setup: { en: setupEn, ru: setupRu },
  threads: { en: threadsEn, ru: threadsRu },
  verify: { en: verifyEn, ru: verifyRu },
} as const

const en = {
  ...shellEn,
  ...homeEn,
  ...planTextEn,
  ...caucusEn,
  ...authorshipEn,
  ...costsEn,
  ...modeEn,
  ...pillarsEn,
  ...signOffEn,
  ...setupEn,
  ...threadsEn,
  ...verifyEn,
}
const ru = {
  ...shellRu,
  ...homeRu,
  ...planTextRu,
  ...caucusRu,
  ...authorshipRu,
  ...costsRu,
  ...modeRu,
  ...pillarsRu,
  ...signOffRu,
  ...setupRu,
  ...threadsRu,
  ...verifyRu,
}

export type MessageKey = keyof typeof en
export const CATALOGUES: Readonly<Record<Lang, Readonly<Record<MessageKey, string>>>> = { en, ru }
