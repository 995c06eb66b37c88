/**
 * The marks of VISUAL.md, 16 px, 1.5 px stroke, drawn in the colour of the words beside them. One sprite in the page,
 * referenced by name, so four hundred clauses do not repeat their paths.
 */
export const MARK_PATHS = {
  draft:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1.7 1.82"/>',
  tabled: '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  talk: '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx="8" cy="8" r="1.7" fill="currentColor"/>',
  bracketed:
    '<path d="M5 2H2.2v12H5M11 2h2.8v12H11" fill="none" stroke="currentColor" stroke-width="1.6"/><circle cx="8" cy="8" r="1.7" fill="currentColor"/>',
  adref:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M2.4 8a5.6 5.6 0 0 0 11.2 0z" fill="currentColor"/>',
  agreed: '<circle cx="8" cy="8" r="6.3" fill="currentColor"/>',
  conformed:
    '<path fill="currentColor" fill-rule="evenodd" d="M8 1.7a6.3 6.3 0 1 0 0 12.6A6.3 6.3 0 0 0 8 1.7zM4.9 5.7h6.2v1.5H4.9zm0 3.1h6.2v1.5H4.9z"/>',
  locked:
    '<circle cx="8" cy="8" r="7.3" fill="none" stroke="currentColor" stroke-width="1.2"/><path fill="currentColor" fill-rule="evenodd" d="M8 2.9a5.1 5.1 0 1 0 0 10.2A5.1 5.1 0 0 0 8 2.9zM5.5 6h5v1.3h-5zm0 2.7h5V10h-5z"/>',
  parked:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M6.4 5.6v4.8M9.6 5.6v4.8" stroke="currentColor" stroke-width="1.5"/>',
  reopened:
    '<path d="M12.9 5.2A5.6 5.6 0 1 1 8 2.4" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M7.2.4 10.4 2.4 7.2 4.6z" fill="currentColor"/>',
  withdrawn:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M4 12 12 4" stroke="currentColor" stroke-width="1.5"/>',
  sync: '<path d="M2.5 6h11M2.5 10h11" stroke="currentColor" stroke-width="1.7"/>',
  one: '<path d="M2.5 6h11M2.5 10h4M9.5 10h4" stroke="currentColor" stroke-width="1.7"/>',
  uncon: '<path d="M2.5 6h4M9.5 6h4M2.5 10h4M9.5 10h4" stroke="currentColor" stroke-width="1.7"/>',
  lchg: '<path d="M6.5 6H15M6.5 10H15" stroke="currentColor" stroke-width="1.7"/><path d="M4.6 3.6v8.8L.2 8z" fill="currentColor"/>',
  rchg: '<path d="M1 6h8.5M1 10h8.5" stroke="currentColor" stroke-width="1.7"/><path d="M11.4 3.6v8.8L15.8 8z" fill="currentColor"/>',
  bchg: '<path d="M5.6 6h4.8M5.6 10h4.8" stroke="currentColor" stroke-width="1.7"/><path d="M4 3.6v8.8L-.4 8zM12 3.6v8.8L16.4 8z" fill="currentColor"/>',
  rmiss:
    '<path d="M1 6h5.5M1 10h5.5" stroke="currentColor" stroke-width="1.7"/><path d="M10 4.4h5v7.2h-5z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/>',
  lmiss:
    '<path d="M9.5 6H15M9.5 10H15" stroke="currentColor" stroke-width="1.7"/><path d="M1 4.4h5v7.2H1z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/>',
  diverge:
    '<path d="M3 6h10M3 10h10" stroke="currentColor" stroke-width="1.7"/><path d="M11.4 2.2 4.6 13.8" stroke="currentColor" stroke-width="1.7"/>',
  s0: '<path d="M7.3 2.3a5.8 5.8 0 0 0 0 11.4z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/><path d="M8.7 2.3a5.8 5.8 0 0 1 0 11.4z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/>',
  s1: '<path d="M7.4 1.8a6.3 6.3 0 0 0 0 12.4z" fill="currentColor"/><path d="M8.7 2.3a5.8 5.8 0 0 1 0 11.4z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/>',
  s1r: '<path d="M8.6 1.8a6.3 6.3 0 0 1 0 12.4z" fill="currentColor"/><path d="M7.3 2.3a5.8 5.8 0 0 0 0 11.4z" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 1.5"/>',
  s2: '<path d="M7.4 1.8a6.3 6.3 0 0 0 0 12.4zM8.6 1.8a6.3 6.3 0 0 1 0 12.4z" fill="currentColor"/>',
  ok: '<path d="M2.8 8.6 6.3 12 13.2 4.4" fill="none" stroke="currentColor" stroke-width="1.7"/>',
  fail: '<path d="M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5z" fill="currentColor"/><path d="M8 4.4v4.3M8 10.4v1.6" stroke="var(--paper)" stroke-width="1.7"/>',
  warn: '<path d="M8 1.8 15 14H1z" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 6v4M8 11.4v1.3" stroke="currentColor" stroke-width="1.5"/>',
  pa: '<circle cx="8" cy="8" r="5" fill="var(--a)"/>',
  pb: '<path d="M8 1.9 14.1 8 8 14.1 1.9 8z" fill="var(--b)"/>',
  env: '<path d="M1.5 3.5h13v9h-13z" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="m1.5 3.8 6.5 5 6.5-5" fill="none" stroke="currentColor" stroke-width="1.3"/>',
  res: '<path d="M3.5 15V1.5h9L9.6 5l2.9 3.5h-9" fill="none" stroke="currentColor" stroke-width="1.4"/>',
  up: '<path d="M8 14V3M3.6 7.2 8 2.8l4.4 4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  move: '<path d="M4 2v9.5a2 2 0 0 0 2 2h6M9.4 10.4l3.2 3.1-3.2 2.9" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  list: '<path d="M2 3.5h12M4.5 8H14M4.5 12.5H14" stroke="currentColor" stroke-width="1.5"/>',
  pagei:
    '<path d="M3 1.8h10v12.4H3z" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 4v8" stroke="currentColor" stroke-width="1.2"/>',
  close: '<path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" stroke-width="1.5"/>',
} as const
export type MarkName = keyof typeof MARK_PATHS
