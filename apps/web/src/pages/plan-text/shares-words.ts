const RUN = 6
const words = (value: string): readonly string[] => value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Do six words in a row of a private note stand in the text that leaves? */
export function sharesWords(note: string, text: string): boolean {
  const outgoing = ` ${words(text).join(" ")} `
  const own = words(note)
  return own.some(
    (_word, index) => index + RUN <= own.length && outgoing.includes(` ${own.slice(index, index + RUN).join(" ")} `),
  )
}
