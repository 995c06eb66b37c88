import { ZxcvbnFactory } from "@zxcvbn-ts/core"
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common"

export interface NewPassword {
  readonly password: string
  /** names and e-mail of whoever it is for: what somebody who knows them tries first */
  readonly about: readonly string[]
}
/** Why a password is refused. */
export type PasswordFault = "short" | "own_words" | "common" | "pattern" | "guessable"

const SHORTEST = 10
/** zxcvbn's third of four grades: more than 10⁸ guesses, of which sign-in lets a stranger make some sixty an hour. */
const LEAST_SCORE = 3
const PRODUCT_WORDS = ["alternat", "delegation", "plan"]

/**
 * Judges by zxcvbn, whose lists hold the passwords of known leaks. Russian ones stand there as Latin letters, typed on the
 * keys of the Russian layout (`gfhjkm`) or spelled out (`parol`), so Cyrillic is judged in both ways too, and the weakest
 * counts. Loading the lists takes about 28 MB: only the thread of `createPasswordThread` imports this module in a program.
 */
export function judgePassword({ password, about }: NewPassword): PasswordFault | null {
  if (Array.from(password).length < SHORTEST) return "short"
  const own = about.flatMap(wordsOf).flatMap(spellingsOf)
  if (isMadeOf(own, password)) return "own_words"
  const results = spellingsOf(password).map((spelling) => zxcvbn().check(spelling, [...own, ...PRODUCT_WORDS]))
  const [weakest] = results.toSorted((a, b) => a.guesses - b.guesses)
  if (!weakest || weakest.score >= LEAST_SCORE) return null
  const parts = weakest.sequence
  if (parts.some((part) => part.pattern === "dictionary" && part.dictionaryName === "userInputs")) return "own_words"
  if (parts.some((part) => part.pattern === "dictionary")) return "common"
  return parts.some((part) => part.pattern !== "bruteforce") ? "pattern" : "guessable"
}

/** Fewer letters than these, beside somebody's own words, add little to them: `BenWest2026`. */
const FEWEST_OTHER_LETTERS = 5

function isMadeOf(own: readonly string[], password: string): boolean {
  const lower = password.toLowerCase()
  const longestFirst = own.map((word) => word.toLowerCase()).toSorted((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ""), lower)
  return rest !== lower && (rest.match(/\p{L}/gu) ?? []).length < FEWEST_OTHER_LETTERS
}

let made: ZxcvbnFactory | null = null
const zxcvbn = (): ZxcvbnFactory => (made ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }))

const wordsOf = (text: string): readonly string[] =>
  [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2)

function spellingsOf(text: string): readonly string[] {
  if (!/\p{Script=Cyrillic}/u.test(text)) return [text]
  const lower = text.toLowerCase()
  return [text, write(lower, KEYS), write(lower, SPELLED)]
}

const write = (text: string, letters: ReadonlyMap<string, string>): string =>
  Array.from(text)
    .map((letter) => letters.get(letter) ?? letter)
    .join("")

/** The key that a letter lies on, and the letters that spell it, in the order of the alphabet. */
const ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
const KEYS = new Map(Array.from("f,dult`;pbqrkvyjghcnea[wxio]sm'.z").map((key, i) => [ALPHABET[i] ?? "", key]))
const SPELLED = new Map(
  "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya"
    .split(" ")
    .map((letters, i) => [ALPHABET[i] ?? "", letters]),
)
