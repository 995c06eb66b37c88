/** The certificate as a Typst document: both languages side by side, the hash in the middle, a card per signature. */
export const CERTIFICATE_TEMPLATE = String.raw`
#let m = json(bytes(sys.inputs.model))
#let ink = rgb("#17212b")
#let ink2 = rgb("#4b5661")
#set document(title: "Certificate of sign-off · " + m.title.en, date: datetime(year: m.date.at(0), month: m.date.at(1), day: m.date.at(2)))
#set text(font: "PT Serif", size: 10pt, lang: "en", hyphenate: false, fill: ink)
#set par(leading: 0.6em, spacing: 0.6em)
#show regex("\d{4}–\d{4}"): box
#let sans(size, body, ..args) = text(font: "PT Sans", size: size, ..args, body)
#let mono(body, size: 10pt) = text(font: "PT Mono", size: size, body)
#let ru(body) = text(lang: "ru", body)
#let both(pair) = [#pair.en · #ru(pair.ru)]
#set page(paper: "a4", margin: (left: 20mm, right: 18mm, top: 22mm, bottom: 20mm), footer: context {
  set text(font: "PT Sans", size: 7.5pt, fill: ink2)
  let n = counter(page).get().first()
  let t = counter(page).final().first()
  grid(columns: (1fr, auto, 1fr), align: (left, center, right), [Page #n of #t], both(m.marking), ru[Страница #n из #t])
})
#let pair(a, b) = grid(columns: (1fr, 1fr), column-gutter: 10mm, a, ru(b))

#align(right, sans(8.5pt, weight: "bold")[#m.marking.en \ #ru(m.marking.ru)])
#v(4mm)
#line(length: 100%, stroke: 1.2pt + ink)
#v(3mm)
#show heading: set text(size: 17pt)
#pair(heading(level: 1)[Certificate of sign-off], text(size: 17pt, weight: "bold")[Свидетельство о заверении])
#v(3mm)
#pair(m.title.en, m.title.ru)
#v(2mm)
#pair([Version #m.version, frozen #m.frozen.en, with #m.clauses clauses in two languages.], [Версия #m.version, зафиксирована #m.frozen.ru Пунктов на двух языках: #m.clauses.])
#v(4mm)
#line(length: 100%, stroke: 0.6pt + ink)
#v(2.5mm)
#pair(strong[What was signed: the SHA-256 of the manifest], strong[Что подписано: SHA-256 манифеста])
#v(2mm)
#mono(m.hash.at(0), size: 12.5pt) \ #mono(m.hash.at(1), size: 12.5pt)
#v(2mm)
#sans(8pt, fill: ink2)[plan.json  #mono(m.planHash, size: 7.3pt)]
#v(5mm)
#grid(columns: (1fr, 1fr), column-gutter: 8mm, ..m.signatures.map(s => block(width: 100%, stroke: 0.8pt + ink, inset: 5mm, {
  let (own, other) = if s.lang == "en" { ("en", "ru") } else { ("ru", "en") }
  let say(pair) = [#text(lang: own, pair.at(own)) \ #text(lang: other, pair.at(other))]
  text(size: 12pt, weight: "bold", lang: own, s.heading.at(own))
  linebreak()
  text(fill: ink2, lang: other, s.heading.at(other))
  v(5mm)
  text(size: 15pt, style: "italic", lang: own, s.name.at(own))
  linebreak()
  text(size: 12pt, style: "italic", lang: other, s.name.at(other))
  v(1mm)
  line(length: 100%, stroke: 0.6pt + ink)
  set text(font: "PT Sans", size: 8.5pt)
  say(s.post)
  v(1mm)
  say(s.organisation)
  v(1mm)
  say((en: s.place.en + ", " + s.date.en, ru: s.place.ru + ", " + s.date.ru))
  v(1.5mm)
  line(length: 100%, stroke: 0.4pt + rgb("#c3c8cd"))
  text(fill: ink2)[Key, SHA-256 · #ru[Ключ, SHA-256]]
  linebreak()
  mono(s.key.slice(0, 39), size: 7.2pt)
  linebreak()
  mono(s.key.slice(40), size: 7.2pt)
})))
#v(5mm)
#set text(size: 9pt)
#pair(
  [This sheet repeats what the heads of delegation signed and is not itself signed. The signatures are in signatures.json; anybody can check them, without a network, with the verifier in the pack. Whether these keys are those of the heads, no file can say of itself: compare the fingerprints with those that each delegation gave you elsewhere. Dates are those that the signatories stated. This is a working-level sign-off of an exact version. Wet ink on paper remains the legal act.],
  [Настоящее свидетельство воспроизводит подписанное главами делегаций и само не подписано. Подписи содержатся в файле signatures.json; проверить их без доступа к сети можно с помощью приложенной программы. Принадлежат ли ключи главам делегаций, файл сам о себе подтвердить не может: сравните отпечатки с полученными от каждой делегации иным путем. Даты указаны самими подписавшими. Это рабочее заверение точной версии. Юридическим актом остается собственноручная подпись на бумаге.])
#if m.fiction != none { v(1.5mm); pair(emph(m.fiction.en), emph(m.fiction.ru)) }
#pagebreak()
#pair(strong[Files of the manifest], strong[Файлы манифеста])
#v(2mm)
#set text(size: 8pt)
#table(columns: (1fr, auto, auto), align: (left, right, left), stroke: none, inset: (x: 3pt, y: 2.6pt),
  table.header(table.hline(stroke: 0.6pt + ink), sans(7.4pt, weight: "bold")[File · #ru[Файл]], sans(7.4pt, weight: "bold")[Bytes · #ru[Байт]], sans(7.4pt, weight: "bold")[SHA-256], table.hline(stroke: 0.5pt + ink)),
  ..m.files.map(f => (f.name, f.size, mono(f.sha256, size: 5.9pt), table.hline(stroke: 0.3pt + rgb("#c3c8cd")))).flatten())
`
