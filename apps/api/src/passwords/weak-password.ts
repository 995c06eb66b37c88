import type { Bilingual } from "@alternat/plan"
import { demoAccounts } from "../demo/accounts.ts"
import type { ApiDeps } from "../deps.ts"
import type { ProblemItem } from "../http/problem.ts"
import type { PasswordFault } from "./judge-password.ts"

/**
 * Judges a new password: the fault, or null. The demo's own, which is published, is permitted for the demo's accounts alone,
 * and only while there is a demo.
 */
export async function passwordFault(
  { judgePassword, settings, demo }: Pick<ApiDeps, "judgePassword" | "settings" | "demo">,
  { email, password, about }: { readonly email: string; readonly password: string; readonly about: readonly string[] },
): Promise<PasswordFault | null> {
  if (password === demoAccounts.password) {
    const isDemoAccount = settings.demo && demo?.accounts.some((account) => account.email === email.toLowerCase())
    return isDemoAccount ? null : "common"
  }
  return judgePassword({ password, about: [...about, email] })
}

/** An item of the problem `weak_password`: the field, and what to do about it. */
export const weakPasswordItem = (field: string, fault: PasswordFault): ProblemItem => ({
  id: field,
  code: `password_${fault}`,
  message: WORDS[fault],
})

const ADVICE: Bilingual = {
  en: "Four or more words that do not belong together are hard to guess and easy to remember.",
  ru: "Четыре и более не связанных между собой слова трудно угадать и легко запомнить.",
}
const advised = (en: string, ru: string): Bilingual => ({ en: `${en} ${ADVICE.en}`, ru: `${ru} ${ADVICE.ru}` })

const WORDS: Readonly<Record<PasswordFault, Bilingual>> = {
  short: advised("This password has fewer than 10 characters.", "В этом пароле менее 10 знаков."),
  own_words: advised(
    "This password is built on the person’s own name or address.",
    "Этот пароль составлен из имени или адреса его владельца.",
  ),
  common: advised(
    "This password is built on words that are among the first to be tried.",
    "Этот пароль составлен из слов, которые подбирают в первую очередь.",
  ),
  pattern: advised(
    "This password follows a pattern, such as a row of keys, a repetition or a date.",
    "Этот пароль построен по шаблону: ряд клавиш, повторение или дата.",
  ),
  guessable: advised("This password is too easy to guess.", "Этот пароль слишком легко подобрать."),
}
