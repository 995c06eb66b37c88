import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect, test } from "vitest"
import { CATALOGUES } from "./catalogue.ts"
import { formatMoment, formatZone, localDay } from "./format.ts"

/** Words that a treaty translator has struck out, each with the one that stands in its place. */
const STRUCK: Readonly<Record<"en" | "ru", readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/rouble/iu, "ruble"],
    [/Annex No\./u, "Annex 3"],
    [/\bin sync\b/iu, "conformed by both sides"],
    [/make a reserve/iu, "enter a reserve"],
    [/put away/iu, "dismiss"],
    [/seat ended/iu, "session ended"],
    [/not yours to do/iu, "your role does not permit this"],
    [/hand-over act/iu, "transfer and acceptance certificate"],
  ],
  ru: [
    [/ё/iu, "е"],
    [/ад референдум/iu, "ad referendum"],
    [/в натуре/iu, "в натуральной форме"],
    [/оговорк/iu, "резервирование позиции"],
    [/лист согласования/iu, "свидетельство о заверении"],
    [/для служебного пользования/iu, "внутренние материалы делегации"],
    [/закрыт\p{L}+ совещани/iu, "внутренние материалы делегации; закрытое обсуждение"],
    [/утвержда/iu, "подтверждать"],
    [/подписани[ея] версии|подписан\p{L}* обеими/iu, "заверение версии"],
    [/редакци[яюи] \{number\}/iu, "версия"],
    [/предел\p{L}* уступок/iu, "красная линия"],
    [/снять наше/iu, "отозвать наше предложение"],
    [/за столом"|на столе/iu, "внесенные предложения"],
    [/деньги/iu, "средства"],
    [/\(а\)/iu, "без форм по полу"],
    [/(^|[^\p{L}])сторон(а|ы|е|у|ой|ам|ами|ах)?(?!\p{L})/u, "Сторона"],
    [/правов\p{L}+ советник|уполномоченн\p{L}+ на внесение|утверждающее лицо|согласующее лицо/iu, "одно имя роли"],
  ],
}

test("[WEB140] no message holds a word that the list of terms has struck out, in either language", () => {
  const found = (["en", "ru"] as const).flatMap((lang) =>
    Object.entries(CATALOGUES[lang]).flatMap(([key, text]) =>
      STRUCK[lang].filter(([word]) => word.test(text)).map(([, instead]) => `${key}: ${text} → ${instead}`),
    ),
  )
  expect(found).toEqual([])
})

test("[WEB141] a moment is written with its year and the zone of its reader, whose day heads the history", () => {
  const at = new Date(2009, 10, 5, 0, 30)
  const iso = at.toISOString()
  expect(localDay(iso)).toBe("2009-11-05")
  expect(formatMoment("en", iso)).toContain(`2009, 00:30\u00a0${formatZone("en", iso)}`)
  expect(formatMoment("ru", iso)).toContain("2009")
  expect(formatZone("ru", iso)).toMatch(/^(GMT|UTC)/u)
})

test("[WEB142] the record, the checks, the exports and the verifier use the same terms as the interface", () => {
  const struck =
    /ад референдум|оговорк|лист согласования|правовой советник|зафиксирована для подписания|\} поз\. |roubles, not/iu
  const root = path.resolve(import.meta.dirname, "../../../..")
  const found = ["packages/plan/src", "packages/export/src", "packages/seal/src", "apps/api/src"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .filter((name) => struck.test(readFileSync(path.join(root, folder, name), "utf8")))
      .map((name) => `${folder}/${name}`),
  )
  expect(found).toEqual([])
})
