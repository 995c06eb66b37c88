/**
 * What keeps words on the sheet, for every template. `wrapped(width, size, words, body)` lets one of the words that its column
 * can't hold break: after a hyphen, dash, slash, full stop or low line where that helps, else between any two characters. The break
 * is spacing and no character, so nothing is added to the text. `kept(body)` keeps a block together where it is known to fit,
 * and lets a taller one break over pages: a block that may not break and is taller than its page would lose its end.
 */
export const WRAP_TEMPLATE = String.raw`
// nothing to see, yet a place to break: spacing of exactly nothing would be passed over
#let may-break = h(0.0001pt)
#let broken(word) = word.clusters().join(may-break)
#let wrapped(width, size, words, body) = {
  // a character is at most about an em wide: words that fit in any case need no rule
  let long = regex("[^ \n]{" + str(calc.max(2, calc.floor(width / (1.05 * size)))) + ",}")
  if words.find(long) == none { return body }
  show long: it => context {
    if measure(it).width <= width { it } else {
      it.text.matches(regex("[^\-–—/._]+[\-–—/._]*|[\-–—/._]+")).map(m => m.text)
        .map(part => if measure(part).width <= width { part } else { broken(part) }).join(may-break)
    }
  }
  body
}
#let kept(body, most: 0.45) = block(above: 0pt, below: 0pt, width: 100%, layout(size => {
  let tall = measure(width: size.width, body).height > most * size.height
  block(breakable: tall, width: 100%, above: 0pt, below: 0pt, body)
}))
`
