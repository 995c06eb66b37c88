/** Less to do for each row of the log: its document is locked and known to be there when it is written. */
export const sql = /* sql */ `
-- append_updates is the only writer and holds the document's row: a check of the foreign key for every row read it again
alter table doc_update drop constraint doc_update_doc_id_fkey;
create function remove_log() returns trigger language plpgsql as $$
begin
  delete from doc_update where doc_id = old.id;
  return old;
end $$;
create trigger doc_removes_log after delete on doc for each row execute function remove_log();
-- each commit writes the heads of its documents anew: with room in their pages no index entry is written with them
alter table doc set (fillfactor = 40);
`
