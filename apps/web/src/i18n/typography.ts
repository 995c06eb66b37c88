const NBSP = "\u00a0"

/**
 * Russian typesetting: a no-break space after one-letter words and №, before г., %, руб. and dashes. Catalogues are
 * written with plain spaces so that a reviewer sees what is there.
 */
export function tieRussian(text: string): string {
  return text
    .replace(/(^|[\s(«])([авикосуяАВИКОСУЯ]) (?=\S)/gu, `$1$2${NBSP}`)
    .replace(/№ /gu, `№${NBSP}`)
    .replace(/ (?=(?:г|гг|руб|долл)\.|%|[—–])/gu, NBSP)
}
