/** Characters of one language that a head or foot of a page holds beside the other language. */
const MOST = 90

/**
 * A text for the head or foot of every page: whole where it is short. A longer one ends in an ellipsis after a word; it
 * stands whole on the title page.
 */
export function running(text: string): string {
  if (text.length <= MOST) return text
  const cut = text.slice(0, MOST)
  const space = cut.lastIndexOf(" ")
  return `${(space > MOST / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–—-]+$/u, "")}…`
}
