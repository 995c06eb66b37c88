/**
 * The plan as a Typst document. Longer than a module should be because it is one stylesheet, in another language.
 *
 * Everything that varies comes as data (`sys.inputs.model`, JSON), so no text of a plan is ever parsed as markup.
 * Moving parts: page furniture (header, footer, draft mark); the title page and contents; `pairs`, which sets a section's
 * clauses as rows of number, first language, second language; annexes, printed once in each language on sheets of their
 * own; and the signature block, tied to the clause before it, so that no sheet ever holds signatures alone.
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

#set document(title: m.title.at(l1), author: m.partyNames.map(n => n.at(l1)), date: datetime(year: m.date.at(0), month: m.date.at(1), day: m.date.at(2)))
#set text(font: "PT Serif", size: 10pt, lang: l1, hyphenate: false, fill: ink, number-type: "lining")
#set par(leading: 0.62em, spacing: 0.62em, justify: false, linebreaks: "simple")
#show regex("\d{4}–\d{4}"): box

#let pageword(lang, n, total) = if lang == "en" [Page #n of #total] else [Страница #n из #total]
#let head() = context {
  if counter(page).get().first() == 1 { return none }
  set text(font: "PT Sans", size: 7.5pt, fill: ink2)
  grid(columns: (1fr, 1fr), align: (left, right),
    both(m.shortTitle),
    [#if m.draftMark != none [#text(weight: "bold", fill: ink, both(m.draftMark))] else [#both(m.versionShort)]])
  v(-0.5em)
  line(length: 100%, stroke: rule1)
}
#let foot() = context {
  set text(font: "PT Sans", size: 7.5pt, fill: ink2)
  let n = counter(page).get().first()
  let total = counter(page).final().first()
  grid(columns: (1fr, auto, 1fr), align: (left, center, right),
    text(lang: l1, pageword(l1, n, total)), both(m.marking), text(lang: l2, pageword(l2, n, total)))
}
#let mark = if m.draftMark == none { none } else {
  place(center + horizon, rotate(-52deg, text(font: "PT Sans", size: 46pt, fill: rgb("#17212b0d"), weight: "bold")[#m.draftMark.at(l1) \ #m.draftMark.at(l2)]))
}
#set page(paper: "a4", margin: (left: 20mm, right: 16mm, top: 23mm, bottom: 21mm), header: head(), footer: foot(), background: mark, header-ascent: 9mm, footer-descent: 9mm)

// ---- runs
#let party-line(party) = if party == m.declared.at(0) { underline.with(stroke: 0.7pt, offset: 1.6pt) } else { x => underline(stroke: 0.5pt, offset: 2.6pt, underline(stroke: 0.5pt, offset: 1.2pt, x)) }
#let run(r) = {
  if "open" in r { text(weight: "bold")[\[]; sans(0.78em, weight: "bold")[#r.code:]; [ ] }
  else if "close" in r { text(weight: "bold")[\]] }
  else if "change" in r {
    if r.change == "deleted" { strike(stroke: 0.6pt, offset: -0.28em, r.text) } else { (party-line(r.by))(r.text) }
  }
  else if r.at("style", default: none) == "em" { emph(r.text) }
  else if r.at("style", default: none) == "placeholder" { box(stroke: (paint: ink2, thickness: 0.5pt, dash: "densely-dotted"), inset: (x: 2pt), outset: (y: 2pt), text(fill: ink2, r.text)) }
  else { r.text }
}
#let runs(rs) = rs.map(run).join()
#let blocks(bs) = {
  for b in bs {
    if b.kind == "item" { block(spacing: 0.5em, grid(columns: (1.9em, 1fr), b.label, runs(b.runs))) }
    else { block(spacing: 0.62em, runs(b.runs)) }
  }
}

// ---- title page
#page(header: none)[
  #align(right, sans(9pt, weight: "bold", both(m.marking, join: linebreak())))
  #v(1fr)
  #line(length: 100%, stroke: 1.2pt + ink)
  #v(6mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm,
    ..(l1, l2).map(l => text(lang: l, size: 17pt, weight: "bold", par(leading: 0.5em, m.title.at(l)))),
  )
  #v(9mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 2.5mm,
    ..range(2).map(i => (l1, l2).map(l => text(lang: l, size: 12pt, m.partyNames.at(i).at(l)))).flatten(),
  )
  #v(6mm)
  #line(length: 100%, stroke: rule2)
  #v(4mm)
  #grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 3mm,
    ..(l1, l2).map(l => text(lang: l, weight: "bold", m.copy.at(l))),
    ..(l1, l2).map(l => text(lang: l, m.versionLine.at(l))),
    ..if m.draftMark == none { () } else { (l1, l2).map(l => text(lang: l, weight: "bold", m.draftMark.at(l))) },
    ..(l1, l2).map(l => text(lang: l, m.character.at(l))),
    ..if m.fiction == none { () } else { (l1, l2).map(l => text(lang: l, style: "italic", m.fiction.at(l))) },
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
      link(anchor(s), text(lang: l1, name(s, l1))), [],
      text(lang: l2, name(s, l2)),
      context sans(9pt, str(counter(page).at(anchor(s)).first())),
    )).flatten(),
  )
]

// ---- clauses in two columns
#let gutter = 9mm
#let numcol = 11mm
#let cols = (numcol, 1fr, gutter, 1fr)
#let section-head(s) = block(breakable: false, sticky: true, above: 7.5mm, below: 3.2mm, {
  grid(columns: cols, align: (left, left, left, left),
    text(size: 12.5pt, weight: "bold", if s.number == none { "" } else { str(s.number) }),
    { show heading: set text(size: 12.5pt, weight: "bold"); heading(level: 1, text(lang: l1, s.heading.at(l1))) },
    [],
    text(size: 12.5pt, weight: "bold", lang: l2, s.heading.at(l2)))
  v(1.4mm)
  line(length: 100%, stroke: rule2)
})
#show heading: set block(above: 0pt, below: 0pt)
#let notes(c, l) = for n in c.notes { block(above: 1.6mm, below: 0pt, sans(8pt, fill: ink2, weight: "bold", text(lang: l, n.at(l)))) }
#let clause-row(c) = block(breakable: false, width: 100%, above: 0pt, below: 0pt, inset: (bottom: 4.4mm), grid(columns: cols,
  text(size: 9.5pt, fill: ink2, c.number),
  text(lang: l1, { blocks(c.blocks.at(l1)); notes(c, l1) }), [],
  text(lang: l2, { blocks(c.blocks.at(l2)); notes(c, l2) })))

// ---- signatures
#let sigline(label-pair) = {
  v(9.5mm)
  line(length: 100%, stroke: 0.5pt + ink)
  v(-0.45em)
  sans(7.5pt, fill: ink2, both(label-pair))
}
#let signature-block() = grid(columns: (1fr, 1fr), column-gutter: 14mm,
  ..m.signatures.map(s => {
    let own = s.lang
    let other = if own == l1 { l2 } else { l1 }
    text(weight: "bold", size: 11pt, lang: own, s.heading.at(own))
    linebreak()
    text(size: 9.5pt, fill: ink2, lang: other, s.heading.at(other))
    v(15mm)
    line(length: 100%, stroke: 0.8pt + ink)
    v(-0.45em)
    sans(7.5pt, fill: ink2, both(m.words.signature))
    for key in ("post", "organisation", "place", "date") { sigline(m.signatureLabels.at(key)) }
  }))

// ---- tables of the annexes
#let cell(c) = if type(c) == str { c } else [#strong(c.lead) \ #c.text]
#let in-group(rows, i) = {
  let before = rows.slice(0, i).rev().find(r => r.at("style", default: "") != "sub")
  before != none and before.at("style", default: "") == "group"
}
#let data-table(t, l) = {
  let n = t.columns.len()
  set text(size: 8.2pt, lang: l)
  set par(leading: 0.48em, spacing: 0.48em)
  block(sticky: true, above: 6mm, below: 2.2mm, text(size: 10.5pt, weight: "bold", t.title))
  let headless = t.columns.all(c => c.head == "")
  let edge(row) = if row == "total" or row == "grand" { 0.6pt + ink } else { rule1 }
  table(
    columns: t.columns.map(c => if c.width == "fit" { auto } else { c.width * 1fr }),
    align: (x, y) => (left, right, center).at(("left", "right", "center").position(a => a == t.columns.at(x).align)) + if y == 0 and not headless { bottom } else { top },
    stroke: none, inset: (x: 3.2pt, y: 3pt), column-gutter: 0pt,
    ..if headless { (table.hline(stroke: rule2),) } else { (table.header(table.hline(stroke: rule2), ..t.columns.map(c => sans(7.4pt, weight: "bold", c.head)), table.hline(stroke: 0.5pt + ink)),) },
    ..t.rows.enumerate().map(((i, r)) => {
      let style = r.at("style", default: "")
      let top = if i == 0 or style == "sub" { () } else if style == "grand" { (table.hline(stroke: rule1),) } else { (table.hline(stroke: edge(style)),) }
      // a cell that spans a group and does not break keeps the group on one sheet
      let subs = t.rows.slice(i + 1).position(x => x.at("style", default: "") != "sub")
      let below = if subs == none { t.rows.len() - i - 1 } else { subs }
      let pad-group = (x: 3.2pt, top: 5pt, bottom: 3pt)
      let cells = if style == "group" and below > 0 {
        (table.cell(rowspan: below + 1, breakable: false, inset: pad-group, strong(cell(r.cells.first()))),
          table.cell(colspan: n - 1, align: left, inset: pad-group, strong(cell(r.cells.at(1, default: "")))))
      } else if style == "group" { (table.cell(colspan: n, align: left, inset: pad-group, strong(r.cells.map(cell).join([ #h(2mm) ]))),) }
      else if style == "sub" and in-group(t.rows, i) { r.cells.slice(1).map(cell) }
      else if style == "total" { r.cells.map(c => strong(cell(c))) }
      else { r.cells.map(cell) }
      (..top, ..cells)
    }).flatten(),
    table.hline(stroke: 0.6pt + ink),
  )
  if t.note != none { v(0.4mm); sans(7.6pt, fill: ink2, t.note) }
}
#let annex-head(s, l, first) = {
  set par(spacing: 0pt)
  set block(spacing: 0pt)
  block(sticky: true, below: 4mm, width: 100%, {
    sans(8.5pt, fill: ink2, text(lang: l, s.label.at(l)))
    v(1.2mm)
    if first { show heading: set text(size: 14pt, weight: "bold"); heading(level: 1, text(lang: l, s.heading.at(l))) }
    else { text(size: 14pt, weight: "bold", lang: l, s.heading.at(l)) }
    if s.note != none { v(1mm); sans(8.5pt, fill: ink2, text(lang: l, style: "italic", s.note.at(l))) }
    v(1.4mm)
    line(length: 100%, stroke: rule2)
  })
}

// ---- the body
#let body-parts = m.sections.filter(s => s.kind != "annex")
#pagebreak(weak: true)
#for (i, s) in body-parts.enumerate() {
  let next = body-parts.at(i + 1, default: none)
  let ties = next != none and next.kind == "signature"
  if s.kind == "signature" { continue }
  [#metadata(none) #anchor(s)]
  section-head(s)
  let last = s.clauses.len() - 1
  for (k, c) in s.clauses.enumerate() {
    if ties and k == last {
      // the last operative clause and the signatures never part
      block(breakable: false, width: 100%, {
        clause-row(c)
        [#metadata(none) #anchor(next)]
        section-head(next)
        next.clauses.map(clause-row).join()
        v(3mm)
        signature-block()
      })
    } else { clause-row(c) }
  }
}
#for s in m.sections.filter(s => s.kind == "annex") {
  set page(flipped: s.landscape)
  pagebreak(weak: true)
  [#metadata(none) #anchor(s)]
  if s.tables.at(l1).len() == 0 {
    block(sticky: true, below: 4mm, width: 100%, {
      grid(columns: cols, [], sans(8.5pt, fill: ink2, text(lang: l1, s.label.at(l1))), [], sans(8.5pt, fill: ink2, text(lang: l2, s.label.at(l2))))
      v(1.2mm)
      grid(columns: cols, [], { show heading: set text(size: 14pt, weight: "bold"); heading(level: 1, text(lang: l1, s.heading.at(l1))) }, [], text(size: 14pt, weight: "bold", lang: l2, s.heading.at(l2)))
      v(1.4mm)
      line(length: 100%, stroke: rule2)
    })
    s.clauses.map(clause-row).join()
  } else {
    for (i, l) in (l1, l2).enumerate() {
      if i == 1 { pagebreak() }
      annex-head(s, l, i == 0)
      s.tables.at(l).map(t => data-table(t, l)).join()
    }
  }
}
`
