/** Words of comment threads, in the text and in the tables alike. */
export const threadsEn = {
  "th.resolvedBy": "Resolved by {who}",
  "th.reopenedBy": "Reopened by {who}",
} as const
