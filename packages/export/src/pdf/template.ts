import { TABLE_TEMPLATE } from "./table-template.ts"
import { WRAP_TEMPLATE } from "./wrap-template.ts"

/**
 * The plan as a Typst document. Longer than a module should be because it is one stylesheet, in another language.
 *
 * Everything that varies comes as data (`sys.inputs.model`, JSON), so no text of a plan is ever parsed as markup.
 * Moving parts: page furniture (header, footer, draft mark); the title page and contents; `pairs`, which sets a section's
 * clauses as rows of number, first language, second language; annexes, printed once in each language on sheets of their
 * own; and `closing`, which ties the signatures to the text before them, so that no sheet ever holds signatures alone.
 * A block that may not break is measured first (`kept`): one taller than its page would lose its end.
 */
export const PLAN_TEMPLATE = String.raw`
#let m = json(bytes(sys.inputs.model))
#let (l1, l2) = m.langs
#let ink = rgb("#17212b")
#let ink2 = rgb("#4b5661")
#let rule1 = 0.4pt + rgb("#c3c8cd")
#let rule2 = 0.6pt + ink
#let sans(size, body, ..args) = text(font: "PT Sans", size: size, ..args, body)
#let both(pair, join: " · ") = [#text(lang: l1, pair.at(l1))#join#text(lang: l2, pair.at(l2))]

${WRAP_TEMPLATE}
#let pairwords(pair) = pair.at(l1) + " " + pair.at(l2)
#set document(title: m.title.at(l1), author: m.partyNames.map(n => n.at(l1)), date: datetime(year: m.date.at(0), month: m.date.at(1), day: m.date.at(2)))
#set text(font: "PT Serif", size: 10pt, lang: l1, hyphenate: false, fill: ink, number-type: "lining")
#set par(leading: 0.62em, spacing: 0.62em, justify: false, linebreaks: "simple")
#show regex("\d+–\d+"): box

#let pageword(lang, n, total) = if lang == "en" [Page #n of #total] else [Страница #n из #total]
#let head() = context {
  if counter(page).get().first() == 1 { return none }
  set text(font: "PT Sans", size: 7.5pt, fill: ink2)
  grid(columns: (1fr, auto), column-gutter: 8mm, align: (left, right),
    layout(size => wrapped(size.width, 7.5pt, pairwords(m.runningTitle), both(m.runningTitle))),
    [#if m.draftMark != none [#text(weight: "bold", fill: ink, both(m.draftMark))] else [#both(m.versionShort)]])
  v(-0.5em)
  line(length: 100%, stroke: rule1)
}
#let foot() = context {
  set text(font: "PT Sans", size: 7.5pt, fill: ink2)
  let n = counter(page).get().first()
  let total = counter(page).final().first()
  grid(columns: (auto, 1fr, auto), column-gutter: 8mm, align: (left, center, right),
    text(lang: l1, pageword(l1, n, total)), layout(size => wrapped(size.width, 7.5pt, pairwords(m.runningMarking), both(m.runningMarking))), text(lang: l2, pageword(l2, n, total)))
}
#let mark = if m.draftMark == none { none } else {
  place(center + horizon, rotate(-52deg, text(font: "PT Sans", size: 46pt, fill: rgb("#17212b0d"), weight: "bold")[#m.draftMark.at(l1) \ #m.draftMark.at(l2)]))
}
#set page(paper: "a4", margin: (left: 20mm, right: 16mm, top: 23mm, bottom: 21mm), header: head(), footer: foot(), background: mark, header-ascent: 9mm, footer-descent: 9mm)

// ---- runs
#let party-line(party) = if party == m.declared.at(0) { underline.with(stroke: 0.7pt, offset: 1.6pt) } else { x => underline(stroke: 0.5pt, offset: 2.6pt, underline(stroke: 0.5pt, offset: 1.2pt, x)) }
#let run(r) = {
  if "gap" in r { may-break }
  else if "open" in r { text(weight: "bold")[\[]; sans(0.78em, weight: "bold")[#r.code:]; [ ] }
  else if "close" in r { text(weight: "bold")[\]] }
  else if "change" in r {
    if r.change == "deleted" { strike(stroke: 0.6pt, offset: -0.28em, r.text) } else { (party-line(r.by))(r.text) }
  }
  else if r.at("style", default: none) == "em" { emph(r.text) }
  else if r.at("style", default: none) == "placeholder" { highlight(fill: none, stroke: (paint: ink2, thickness: 0.5pt, dash: "densely-dotted"), extent: 1pt, text(fill: ink2, r.text)) }
  else { r.text }
}
#let runs(rs) = rs.map(run).join()
#let blocks(bs) = {
  for b in bs {
    if b.kind == "item" { block(spacing: 0.5em, grid(columns: ((1.9em, 2.7em, 3.6em).at(calc.min(2, b.label.replace(regex("[()]"), "").clusters().len() - 1)), 1fr), b.label, runs(b.runs))) }
    else { block(spacing: 0.62em, runs(b.runs)) }
  }
}

// ---- title page
// a title of many lines is set smaller, so that the page stays one
#let title-size = if calc.max(m.title.at(l1).len(), m.title.at(l2).len()) > 400 { 12pt } else { 17pt }
#let half = (174mm - 12mm) / 2
#let in-half(size, l, ..args, words) = wrapped(half, size, words, text(lang: l, size: size, ..args, words))
#page(header: none)[
  #align(right, wrapped(170mm, 9pt, pairwords(m.marking), sans(9pt, weight: "bold", both(m.marking, join: linebreak()))))
  #v(1fr)
  #line(length: 100%, stroke: 1.2pt + ink)
  #v(6mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm,
    ..(l1, l2).map(l => par(leading: 0.5em, in-half(title-size, l, weight: "bold", m.title.at(l)))),
  )
  #v(9mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 3mm,
    ..range(2).map(i => (l1, l2).map(l => in-half(12pt, l, m.partyNames.at(i).at(l)))).flatten(),
  )
  #v(6mm)
  #line(length: 100%, stroke: rule2)
  #v(4mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 3mm,
    ..if m.runningTitle == m.shortTitle { () } else { (l1, l2).map(l => in-half(10pt, l, m.shortTitle.at(l))) },
    ..(l1, l2).map(l => in-half(10pt, l, weight: "bold", m.copy.at(l))),
    ..(l1, l2).map(l => in-half(10pt, l, m.versionLine.at(l))),
    ..if m.draftMark == none { () } else { (l1, l2).map(l => in-half(10pt, l, weight: "bold", m.draftMark.at(l))) },
    ..(l1, l2).map(l => in-half(10pt, l, m.character.at(l))),
    ..if m.fiction == none { () } else { (l1, l2).map(l => in-half(10pt, l, style: "italic", m.fiction.at(l))) },
  )
  #v(2fr)
  #sans(7.5pt, fill: ink2)[#both(m.words.planHash) \ #text(font: "PT Mono", size: 7.5pt, m.planHash)]
]

// ---- contents
#let anchor(s) = label("part-" + s.id)
#let name(s, l) = if s.kind == "annex" [#s.label.at(l). #s.heading.at(l)] else { s.heading.at(l) }
#page[
  #set text(size: 9.3pt)
  #set par(leading: 0.5em)
  #grid(columns: (9mm, 1fr, 6mm, 1.12fr, 8mm), row-gutter: 2.05mm, align: (right, left, left, left, right),
    [], ..(text(size: 15pt, weight: "bold", lang: l1, m.words.contents.at(l1)), [], text(size: 15pt, weight: "bold", lang: l2, m.words.contents.at(l2))), [],
    grid.hline(y: 1, stroke: rule2), grid.cell(colspan: 5, v(0.5mm)),
    ..m.sections.map(s => (
      pad(right: 3mm, if s.kind == "section" [#s.number] else []),
      link(anchor(s), wrapped(70mm, 9.3pt, s.heading.at(l1), text(lang: l1, name(s, l1)))), [],
      wrapped(79mm, 9.3pt, s.heading.at(l2), text(lang: l2, name(s, l2))),
      context sans(9pt, str(counter(page).at(anchor(s)).first())),
    )).flatten(),
  )
]

// ---- clauses in two columns
#let gutter = 9mm
#let numcol = 11mm
#let cols = (numcol, 1fr, gutter, 1fr)
#let colwidth = (174mm - numcol - gutter) / 2
#let in-column(size, l, ..args, words) = wrapped(colwidth, size, words, text(size: size, lang: l, ..args, words))
#let section-head(s) = block(sticky: true, above: 7.5mm, below: 3.2mm, {
  grid(columns: cols, align: (left, left, left, left),
    text(size: 12.5pt, weight: "bold", if s.number == none { "" } else { str(s.number) }),
    { show heading: set text(size: 12.5pt, weight: "bold"); heading(level: 1, in-column(12.5pt, l1, s.heading.at(l1))) },
    [],
    in-column(12.5pt, l2, weight: "bold", s.heading.at(l2)))
  v(1.4mm)
  line(length: 100%, stroke: rule2)
})
#show heading: set block(above: 0pt, below: 0pt)
#let notes(c, l) = for n in c.notes { block(above: 1.6mm, below: 0pt, sans(8pt, fill: ink2, weight: "bold", text(lang: l, n.at(l)))) }
#let clause-half(c, l) = wrapped(colwidth - 3.6 * 10pt, 10pt, c.words.at(l), text(lang: l, { blocks(c.blocks.at(l)); notes(c, l) }))
#let clause-row(c) = if c != none {
  let row = pad(bottom: 4.4mm, grid(columns: cols, text(size: 9.5pt, fill: ink2, c.number), clause-half(c, l1), [], clause-half(c, l2)))
  if c.short { block(breakable: false, width: 100%, above: 0pt, below: 0pt, row) } else { kept(row) }
}

// ---- signatures
#let sigline(label-pair) = {
  v(9.5mm)
  line(length: 100%, stroke: 0.5pt + ink)
  v(-0.45em)
  wrapped(80mm, 7.5pt, pairwords(label-pair), sans(7.5pt, fill: ink2, both(label-pair)))
}
#let signature-block() = grid(columns: (1fr, 1fr), column-gutter: 14mm,
  ..m.signatures.map(s => {
    let own = s.lang
    let other = if own == l1 { l2 } else { l1 }
    wrapped(80mm, 11pt, s.heading.at(own), text(weight: "bold", size: 11pt, lang: own, s.heading.at(own)))
    linebreak()
    wrapped(80mm, 9.5pt, s.heading.at(other), text(size: 9.5pt, fill: ink2, lang: other, s.heading.at(other)))
    v(15mm)
    line(length: 100%, stroke: 0.8pt + ink)
    v(-0.45em)
    sans(7.5pt, fill: ink2, both(m.words.signature))
    for key in ("post", "organisation", "place", "date") { sigline(m.signatureLabels.at(key)) }
  }))

// ---- annexes
${TABLE_TEMPLATE}
#let annex-head(s, l, first) = {
  set par(spacing: 0pt)
  set block(spacing: 0pt)
  block(sticky: true, below: 4mm, width: 100%, {
    sans(8.5pt, fill: ink2, text(lang: l, s.label.at(l)))
    v(1.2mm)
    layout(size => wrapped(size.width, 14pt, s.heading.at(l), {
      if first { show heading: set text(size: 14pt, weight: "bold"); heading(level: 1, text(lang: l, s.heading.at(l))) }
      else { text(size: 14pt, weight: "bold", lang: l, s.heading.at(l)) }
    }))
    if s.note != none { v(1mm); sans(8.5pt, fill: ink2, text(lang: l, style: "italic", s.note.at(l))) }
    v(1.4mm)
    line(length: 100%, stroke: rule2)
  })
}

// ---- the body
#let head-of(s) = { [#metadata(none) #anchor(s)]; section-head(s) }
// Signatures share their sheet with operative text: with all that follows the last clause if that fits, else with the
// end of what stands before them.
#let closing(before, s) = layout(size => {
  let rows = s.clauses.map(clause-row).join()
  let all = { if before != none { clause-row(before) }; head-of(s); rows; v(3mm); signature-block() }
  let fits(body) = measure(width: size.width, body).height <= size.height
  if fits(all) { return block(breakable: false, width: 100%, all) }
  let tied(body) = block(breakable: not fits(body), width: 100%, body)
  if s.clauses.len() == 0 {
    if before != none { clause-row(before.front) }
    return tied({ if before != none { clause-row(before.tail) }; head-of(s); v(3mm); signature-block() })
  }
  if before != none { clause-row(before) }
  head-of(s)
  s.clauses.slice(0, -1).map(clause-row).join()
  let last = s.clauses.last()
  clause-row(last.front)
  tied({ clause-row(last.tail); v(3mm); signature-block() })
})
#let body-parts = m.sections.filter(s => s.kind != "annex")
#pagebreak(weak: true)
#for (i, s) in body-parts.enumerate() {
  let next = body-parts.at(i + 1, default: none)
  if s.kind == "signature" {
    let before = if i == 0 { none } else { body-parts.at(i - 1).clauses.at(-1, default: none) }
    closing(before, s)
    continue
  }
  head-of(s)
  let ties = next != none and next.kind == "signature"
  s.clauses.slice(0, if ties and s.clauses.len() > 0 { -1 } else { s.clauses.len() }).map(clause-row).join()
}
#let pair-head(s) = block(sticky: true, below: 4mm, width: 100%, {
  grid(columns: cols, [], sans(8.5pt, fill: ink2, text(lang: l1, s.label.at(l1))), [], sans(8.5pt, fill: ink2, text(lang: l2, s.label.at(l2))))
  v(1.2mm)
  grid(columns: cols, [], { show heading: set text(size: 14pt, weight: "bold"); heading(level: 1, in-column(14pt, l1, s.heading.at(l1))) }, [], in-column(14pt, l2, weight: "bold", s.heading.at(l2)))
  if s.note != none { v(1mm); grid(columns: cols, [], ..(l1, l2).map(l => sans(8.5pt, fill: ink2, text(lang: l, style: "italic", s.note.at(l)))).intersperse([])) }
  v(1.4mm)
  line(length: 100%, stroke: rule2)
})
#for s in m.sections.filter(s => s.kind == "annex") {
  set page(flipped: s.landscape)
  pagebreak(weak: true)
  [#metadata(none) #anchor(s)]
  let tables = s.tables.at(l1).len() > 0
  if s.clauses.len() > 0 or not tables {
    pair-head(s)
    s.clauses.map(clause-row).join()
  }
  if tables {
    for (i, l) in (l1, l2).enumerate() {
      if i == 1 or s.clauses.len() > 0 { pagebreak() }
      annex-head(s, l, i == 0 and s.clauses.len() == 0)
      s.tables.at(l).map(t => data-table(t, l)).join()
    }
  }
}
`
