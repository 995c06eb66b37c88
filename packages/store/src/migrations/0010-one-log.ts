/** A document's log in one place, never changed: a snapshot says how far a newcomer need not read, and moves nothing. */
export const sql = /* sql */ `
-- Rows that a snapshot covers were moved to doc_history, for a short doc_update. The primary key finds what comes after a
-- snapshot as fast among many rows, and each row was written twice and removed once, beside the commits people wait for.
insert into doc_update (doc_id, seq_to, seq_from, authors, bytes, at)
select doc_id, seq_to, seq_from, authors, bytes, at from doc_history;
drop table doc_history;
revoke delete on doc_update from alternat_sync;
create trigger doc_update_append_only before update on doc_update for each row execute function refuse_change();
create trigger doc_update_no_truncate before truncate on doc_update execute function refuse_change();
`
