/**
 * Tables of the annexes in Typst. Columns of codes and figures take what their content needs as long as the others keep
 * room; a row stays whole where it is known to fit, and breaks over pages where it is not.
 */
export const TABLE_TEMPLATE = String.raw`
#let inset-x = 3.2pt
#let head-cell(c) = sans(7.4pt, weight: "bold", c.head)
#let plain(c) = if type(c) == str { c } else { c.lead + " " + c.text }
#let cell(c) = if type(c) == str { c } else [#strong(c.lead) \ #c.text]
#let in-cell(width, c, body) = wrapped(width - 2 * inset-x, 8.2pt, plain(c), body)
#let longest(words, set-word) = calc.max(0pt, ..words.split(regex("[ \n]+")).map(word => measure(set-word(word)).width))

// a group is its head and the rows beneath that leave their first cell to it
#let group-end(rows, i) = {
  let next = rows.slice(i + 1).position(r => r.at("style", default: "") != "sub")
  if next == none { rows.len() - 1 } else { i + next }
}
// Each column's width: what its content needs, less what the sheet can't give.
#let column-widths(t, total) = {
  let pad = 2 * inset-x + 0.5pt
  let is-group(r) = r.at("style", default: "") == "group"
  let rows = t.rows.filter(r => not is-group(r))
  // the first cell of a group that others stand beneath is in the first column; one that spans the table is in none
  let leads = t.rows.enumerate().filter(((i, r)) => is-group(r) and group-end(t.rows, i) > i).map(((i, r)) => strong(cell(r.cells.first())))
  let column(i) = rows.map(r => r.cells.at(i, default: ""))
  let fits = range(t.columns.len()).filter(i => t.columns.at(i).width == "fit")
  let shared = range(t.columns.len()).filter(i => t.columns.at(i).width != "fit")
  let shares = shared.map(i => t.columns.at(i).width).sum(default: 0)
  let lead-width(i) = if i > 0 { 0pt } else { calc.max(0pt, ..leads.map(one => measure(one).width)) }
  let widest(i) = pad + calc.max(measure(head-cell(t.columns.at(i))).width, lead-width(i), ..column(i).dedup().map(one => measure(cell(one)).width))
  let least(i) = pad + calc.max(longest(t.columns.at(i).head, w => sans(7.4pt, weight: "bold", w)), ..column(i).dedup().map(one => longest(plain(one), w => w)))
  let needs = fits.map(widest)
  let needed = needs.sum(default: 0pt)
  let left = if shared.len() == 0 { total } else { calc.max(0.5 * total, total - shared.len() * 30mm) }
  let widths = if needed <= left { needs } else {
    let leasts = fits.zip(needs).map(((i, need)) => calc.min(calc.max(least(i), lead-width(i)), 26mm, need))
    let floor = leasts.sum(default: 0pt)
    if floor > left { leasts.map(one => one * (left / floor)) }
    else { needs.zip(leasts).map(((need, one)) => one + (need - one) * ((left - floor) / (needed - floor))) }
  }
  let rest = total - widths.sum(default: 0pt)
  range(t.columns.len()).map(i => if i in fits { widths.at(fits.position(j => j == i)) } else { rest * t.columns.at(i).width / shares })
}

// Heights are guessed from the number of characters, on the safe side; only what may be tall is measured.
#let row-height(cells, widths) = {
  let guess = calc.max(..cells.zip(widths).map(((c, width)) => (2 + calc.ceil(1.2 * plain(c).len() * 0.6 * 8.2pt / (width - 2 * inset-x))) * 11.5pt)) + 6pt
  if guess <= 60pt { return guess }
  calc.max(..cells.zip(widths).map(((c, width)) => measure(width: width - 2 * inset-x, in-cell(width, c, cell(c))).height)) + 6pt
}
#let in-group(rows, i) = {
  let before = rows.slice(0, i).rev().find(r => r.at("style", default: "") != "sub")
  before != none and before.at("style", default: "") == "group"
}
#let table-grid(t, size) = {
  let n = t.columns.len()
  let widths = column-widths(t, size.width)
  let small = 0.45 * size.height
  let headless = t.columns.all(c => c.head == "")
  let edge(row) = if row == "total" or row == "grand" { 0.6pt + ink } else { rule1 }
  let filled(r) = range(n).map(i => r.cells.at(i, default: ""))
  let head-rows = if headless { (table.hline(stroke: rule2),) } else {
    let heads = t.columns.zip(widths).map(((c, width)) => in-cell(width, c.head, head-cell(c)))
    let cells = (table.hline(stroke: rule2), ..heads, table.hline(stroke: 0.5pt + ink))
    // a head that would fill the sheet is printed once, as a row that may break
    if row-height(t.columns.map(c => c.head), widths) <= 0.3 * size.height { (table.header(..cells),) } else { cells }
  }
  let pad-group = (x: inset-x, top: 5pt, bottom: 3pt)
  let group-row(r, i) = {
    let last = group-end(t.rows, i)
    if last == i {
      let whole = r.cells.map(cell).join([ #h(2mm) ])
      let tall = row-height((r.cells.map(plain).join(" "),), (size.width,)) > small
      return (table.cell(colspan: n, align: left, inset: pad-group, breakable: tall, in-cell(size.width, r.cells.map(plain).join(" "), strong(whole))),)
    }
    let (lead, title) = filled(r).slice(0, 2)
    let rest = size.width - widths.first()
    let beneath = t.rows.slice(i + 1, last + 1).map(one => row-height(filled(one).slice(1), widths.slice(1))).sum()
    // a head of 0.3 and a group of 0.6 fit one sheet
    let tall = beneath + row-height((lead, title), (widths.first(), rest)) > 0.6 * size.height
    // a cell that spans a group and does not break keeps the group on one sheet
    (table.cell(rowspan: last - i + 1, breakable: tall, inset: pad-group, in-cell(widths.first(), lead, strong(cell(lead)))),
      table.cell(colspan: n - 1, align: left, inset: pad-group, breakable: tall, in-cell(rest, title, strong(cell(title)))))
  }
  let plain-row(r, i) = {
    let skip = if r.at("style", default: "") == "sub" and in-group(t.rows, i) { 1 } else { 0 }
    let cells = filled(r).zip(widths).slice(skip)
    let tall = row-height(filled(r).slice(skip), widths.slice(skip)) > small
    let set-cell = if r.at("style", default: "") == "total" { c => strong(cell(c)) } else { cell }
    cells.map(((c, width)) => table.cell(breakable: tall, in-cell(width, c, set-cell(c))))
  }
  table(
    columns: widths,
    align: (x, y) => (left, right, center).at(("left", "right", "center").position(a => a == t.columns.at(x).align)) + if y == 0 and not headless { bottom } else { top },
    stroke: none, inset: (x: inset-x, y: 3pt), column-gutter: 0pt,
    ..head-rows,
    ..t.rows.enumerate().map(((i, r)) => {
      let style = r.at("style", default: "")
      let top = if i == 0 or style == "sub" { () } else if style == "grand" { (table.hline(stroke: rule1),) } else { (table.hline(stroke: edge(style)),) }
      (..top, ..if style == "group" { group-row(r, i) } else { plain-row(r, i) })
    }).flatten(),
    table.hline(stroke: 0.6pt + ink),
  )
}
#let data-table(t, l) = {
  set text(size: 8.2pt, lang: l)
  set par(leading: 0.48em, spacing: 0.48em)
  block(sticky: true, above: 6mm, below: 2.2mm, layout(size => wrapped(size.width, 10.5pt, t.title, text(size: 10.5pt, weight: "bold", t.title))))
  layout(size => table-grid(t, size))
  if t.note != none { v(0.4mm); layout(size => wrapped(size.width, 7.6pt, t.note, sans(7.6pt, fill: ink2, t.note))) }
}
`
