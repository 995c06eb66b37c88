export const pillarsEn = {
  "history.title": "History",
  "history.lead": "Every act, in the order in which it was recorded. Each line carries the hash of all lines before it.",
  "history.empty": "Nothing is recorded yet",
  "history.empty.more": "The first act of either delegation opens the record.",
  "history.more": "{count, plural, one {Show # earlier line} other {Show # earlier lines}}",
} as const
