/** Words of comment threads, in the text and in the tables alike. */
export const threadsEn = {
  "th.resolvedBy": "Resolved by {who}",
  "th.reopenedBy": "Reopened by {who}",
  "th.showEarlier": "Show {count} of {hidden} earlier threads",
  "th.showAllEarlier": "{count, plural, one {Show # earlier thread} other {Show # earlier threads}}",
  "th.earlier": "{count, plural, one {# earlier thread is not shown} other {# earlier threads are not shown}}",
  "th.showReplies": "{count, plural, one {Show # earlier reply} other {Show # earlier replies}}",
  "th.unfold": "{count, plural, =0 {Reply} one {# reply} other {# replies}}",
  "th.fold": "Fold this thread",
  "th.resolvedThreads": "{count, plural, one {# resolved thread} other {# resolved threads}}",
  "th.thread": "Thread on {clause}",
  "th.resolvedThread": "Resolved thread on {clause}",
  "th.moreOn": "{count, plural, one {# more thread on {clause}} other {# more threads on {clause}}}",
  "th.moreClauses": "{count, plural, one {Show threads on # more clause} other {Show threads on # more clauses}}",
} as const
