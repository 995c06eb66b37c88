/** Threads are read a page at a time, the latest first. */
export const sql = /* sql */ `
create index comment_by_time on comment (plan_id, created_at desc, id desc);
create index comment_entry_by_time on comment_entry (plan_id, comment_id, at desc, id desc);
`
