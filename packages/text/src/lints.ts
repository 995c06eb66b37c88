import {
  type Bilingual,
  type Clause,
  type ClauseText,
  describeFault,
  type GlossaryEntry,
  isPermittedText,
  type Lang,
  textFault,
} from "@alternat/plan"
import { flatText } from "./clause-value.ts"
import { numbersIn, sameNumbers, saysInWords } from "./numbers.ts"

export type LintCode =
  | "mixed_script"
  | "hidden_character"
  | "foreign_script"
  | "forbidden_term"
  | "numbers_differ"
  | "number_missing"
  | "typed_figure"
  | "binding_word"
  | "straight_quotes"
  | "wrong_quotes"
  | "rouble_sign"
  | "hyphen_for_dash"
  | "side_lower_case"
  | "numero"

/** What is wrong, where: places of `flatText` of that language's text. */
export interface Finding {
  readonly code: LintCode
  readonly severity: "error" | "warning"
  readonly lang: Lang
  readonly from: number
  readonly to: number
  readonly message: Bilingual
}

export interface LintContext {
  readonly glossary: readonly Pick<GlossaryEntry, "id" | "en" | "ru" | "forbidden">[]
  /** of the plan's terms: the register of a plan that isn't binding avoids words of obligation */
  readonly binding: boolean
}

/** All findings on a clause, in both languages and between them, in order. */
export function lintClause(clause: Pick<Clause, "en" | "ru">, context: LintContext): readonly Finding[] {
  return [...lintText(clause.en, "en", context), ...lintText(clause.ru, "ru", context), ...lintPair(clause)]
}

/** Findings on one text. */
export function lintText(text: ClauseText, lang: Lang, context: LintContext): readonly Finding[] {
  const flat = flatText(text)
  const rules = [...RULES, ...(context.binding ? [] : NON_BINDING)].filter(
    (rule) => rule.lang === null || rule.lang === lang,
  )
  const found = rules.flatMap((rule) =>
    [...flat.matchAll(rule.pattern)]
      .filter((match) => rule.accept?.(match[0], lang) ?? true)
      .map((match): Finding => finding(rule, lang, match.index, match[0])),
  )
  return [...found, ...forbiddenTerms(flat, lang, context)].toSorted((a, b) => a.from - b.from || a.to - b.to)
}

interface Rule {
  readonly code: LintCode
  readonly severity: Finding["severity"]
  /** null: both languages */
  readonly lang: Lang | null
  readonly pattern: RegExp
  readonly accept?: (match: string, lang: Lang) => boolean
  readonly message: (match: string) => Bilingual
}

const finding = (rule: Rule, lang: Lang, from: number, match: string): Finding => ({
  code: rule.code,
  severity: rule.severity,
  lang,
  from,
  to: from + match.length,
  message: rule.message(match),
})

const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u
const MONTH_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
const MONTH_RU = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
const typed = (lang: Lang, pattern: RegExp): Rule => ({
  code: "typed_figure",
  severity: "warning",
  lang,
  pattern,
  message: (match) => ({
    en: `“${match}” is typed; use a field, so that it follows the tables in both languages`,
    ru: `«${match}» набрано вручную; вставьте поле, чтобы значение следовало таблицам на обоих языках`,
  }),
})

const RULES: readonly Rule[] = [
  {
    code: "mixed_script",
    severity: "error",
    lang: null,
    pattern: /[\p{L}\p{M}]+/gu,
    accept: (word) => LATIN.test(word) && CYRILLIC.test(word),
    message: (word) => ({
      en: `“${word}” mixes Latin and Cyrillic letters that look alike`,
      ru: `в слове «${word}» смешаны похожие латинские и русские буквы`,
    }),
  },
  {
    code: "mixed_script",
    severity: "error",
    lang: "ru",
    pattern: /(?<![\p{L}\p{N}])[aceopxyABCEHKMOPTX](?=[\s)](?:[а-яё№\d]|$))/gu,
    message: (letter) => ({
      en: `“${letter}” is a Latin letter where the Russian text needs a Cyrillic one`,
      ru: `«${letter}» — латинская буква на месте русской`,
    }),
  },
  {
    code: "hidden_character",
    severity: "error",
    lang: null,
    // all but the letters of both languages, which need no second look
    pattern: /[^ -~Ѐ-ӿ«»–—№“”’\u00A0\uFFFC\n]/gu,
    accept: (char) => !isPermittedText(char),
    message: (char) => describeFault(textFault(char) ?? { codePoint: 0, kind: "control" }),
  },
  {
    code: "foreign_script",
    severity: "warning",
    lang: "en",
    // a Russian form of words may be quoted
    pattern: /[“«][^”»]*[”»]|[а-яёА-ЯЁ]{2,}/gu,
    accept: (match) => !/^[“«]/.test(match),
    message: (word) => ({
      en: `a Russian word in the English text: ${word}`,
      ru: `русское слово в английском тексте: ${word}`,
    }),
  },
  typed("en", new RegExp(`(?:${MONTH_EN})[ \\u00A0]\\d{1,2}, (?:201\\d|202\\d)`, "g")),
  typed("ru", new RegExp(`\\d{1,2}[ \\u00A0](?:${MONTH_RU})[ \\u00A0](?:201\\d|202\\d)(?:[ \\u00A0]г\\.)?`, "g")),
  typed("en", /\$\d[\d,]*(?:\.\d+)?(?: (?:million|thousand))?|\d[\d,]*(?:\.\d+)? (?:U\.S\. dollars|rubles)/g),
  typed("ru", /\d[\d \u00A0]*(?:,\d+)?[ \u00A0](?:млн[ \u00A0]|тыс\.[ \u00A0])?(?:долл|руб|доллар|рубл)[\p{L}.]*/gu),
  typed("en", /\d+(?:\.\d+)?%/g),
  typed("ru", /\d+(?:,\d+)?[ \u00A0]?%/g),
  typed("en", /\b(?:[Ss]ections?|[Aa]nnex(?:es)?|[Cc]lauses?) \d+(?:\.\d+)?/g),
  typed("ru", /(?<!\p{L})(?:раздел|пункт|приложени)\p{L}*[ \u00A0](?:№[ \u00A0]?)?\d+(?:\.\d+)?/giu),
  {
    code: "straight_quotes",
    severity: "warning",
    lang: null,
    pattern: /"/g,
    message: () => ({
      en: "straight quotes; “ ” in English, « » in Russian",
      ru: "прямые кавычки; нужны « », внутри „ “",
    }),
  },
  {
    code: "wrong_quotes",
    severity: "warning",
    lang: "en",
    pattern: /[«»„]/g,
    message: () => ({ en: "Russian quotes in the English text", ru: "русские кавычки в английском тексте" }),
  },
  {
    code: "wrong_quotes",
    severity: "warning",
    lang: "ru",
    pattern: /”/g,
    message: () => ({ en: "English quotes in the Russian text", ru: "английские кавычки в русском тексте" }),
  },
  {
    code: "rouble_sign",
    severity: "warning",
    lang: null,
    pattern: /₽/g,
    message: () => ({
      en: "write the currency out: the sign isn't used in treaty texts",
      ru: "в договорных текстах знак ₽ не употребляется: руб.",
    }),
  },
  {
    code: "hyphen_for_dash",
    severity: "warning",
    lang: null,
    pattern: /(?<=\s)-(?=\s)/g,
    message: () => ({ en: "a hyphen between spaces; use a dash", ru: "дефис между пробелами; нужно тире" }),
  },
  {
    code: "side_lower_case",
    severity: "warning",
    lang: "ru",
    pattern:
      /(?<!\p{L})(?:российск|американск|принимающ|посещающ|передающ|обе(?:их|им|ими)?[ \u00A0])\p{L}*[ \u00A0]?сторон\p{L}*/gu,
    accept: (match) => /[ \u00A0]сторон\p{L}*$/u.test(match),
    message: (match) => ({
      en: `“${match}”: a Side of the plan is written with a capital`,
      ru: `«${match}»: Сторона пишется с прописной буквы`,
    }),
  },
  {
    code: "numero",
    severity: "warning",
    lang: "ru",
    pattern: /№(?![ \u00A0][\d\uFFFC_])/g,
    message: () => ({
      en: "№ stands only before a number, with a space",
      ru: "знак № ставится только перед числом, через пробел",
    }),
  },
]

const NON_BINDING: readonly Rule[] = [
  {
    code: "binding_word",
    severity: "warning",
    lang: "en",
    pattern: /\b(?:shall|undertakes? to|is obliged|are obliged)\b/gi,
    message: (word) => ({
      en: `“${word}” belongs to a binding instrument; this plan records intentions`,
      ru: `«${word}» — слово обязательного договора; план излагает намерения`,
    }),
  },
  {
    code: "binding_word",
    severity: "warning",
    lang: "ru",
    pattern: /(?<!\p{L})(?:обязуется|обязуются|обязаны?)(?!\p{L})/giu,
    message: (word) => ({
      en: `“${word}” belongs to a binding instrument; this plan records intentions`,
      ru: `«${word}» — слово обязательного договора; план излагает намерения`,
    }),
  },
]

function forbiddenTerms(flat: string, lang: Lang, context: LintContext): readonly Finding[] {
  const folded = fold(flat)
  return context.glossary.flatMap((entry) =>
    entry.forbidden[lang].flatMap((variant) =>
      [...folded.matchAll(variantPattern(variant, lang))].map(
        (match): Finding => ({
          code: "forbidden_term",
          severity: "warning",
          lang,
          from: match.index,
          to: match.index + match[0].length,
          message: {
            en: `the glossary has “${entry.en}” / «${entry.ru}», not “${variant}”`,
            ru: `в глоссарии: «${entry.ru}» / “${entry.en}”, а не «${variant}»`,
          },
        }),
      ),
    ),
  )
}

const fold = (value: string): string => value.toLowerCase().replaceAll("ё", "е").replaceAll("\u00A0", " ")
const escape = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

const patterns = new Map<string, RegExp>()
/** The variant in any of its endings: Russian words inflect, English ones take a plural. */
function variantPattern(variant: string, lang: Lang): RegExp {
  const key = `${lang}:${variant}`
  const known = patterns.get(key)
  if (known !== undefined) return known
  const words = fold(variant)
    .trim()
    .split(/\s+/)
    .map((word) => (lang === "ru" && /^\p{L}{5,}$/u.test(word) ? `${word.slice(0, -2)}\\p{L}{0,3}` : escape(word)))
  const made = new RegExp(
    `(?<![\\p{L}\\p{N}])${words.join("\\s+")}${lang === "en" ? "(?:s|es)?" : ""}(?![\\p{L}\\p{N}])`,
    "gu",
  )
  patterns.set(key, made)
  return made
}

/** Figures typed in one language and not, or otherwise, in the other. */
function lintPair(clause: Pick<Clause, "en" | "ru">): readonly Finding[] {
  if (clause.en.length === 0 || clause.ru.length === 0) return []
  const flat = { en: flatText(clause.en), ru: flatText(clause.ru) }
  const same = sameNumbers(numbersIn(flat.en, "en"), numbersIn(flat.ru, "ru"))
  const onlyEn = same.onlyEn.filter((number) => !saysInWords(flat.ru, number.value, "ru"))
  const onlyRu = same.onlyRu.filter((number) => !saysInWords(flat.en, number.value, "en"))
  const differ = onlyEn.length > 0 && onlyEn.length === onlyRu.length
  const make = (lang: Lang, from: number, to: number, own: string): Finding => ({
    code: differ ? "numbers_differ" : "number_missing",
    severity: differ ? "error" : "warning",
    lang,
    from,
    to,
    message: differ
      ? { en: `the two texts have different numbers here: ${own}`, ru: `числа в двух текстах различаются: ${own}` }
      : { en: `the other text has no ${own}`, ru: `в другом тексте нет числа ${own}` },
  })
  return [
    ...onlyEn.map((number) => make("en", number.from, number.to, number.value)),
    ...onlyRu.map((number) => make("ru", number.from, number.to, number.value)),
  ]
}
