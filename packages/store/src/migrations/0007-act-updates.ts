/** Which events of the story a server-written update of the plan belongs to: the act that put its words into the text. */
export const sql = /* sql */ `
create table act_update (
  doc_id text not null references doc on delete cascade,
  seq integer not null,
  event_seq integer not null,
  primary key (doc_id, seq, event_seq)
);
alter table act_update enable row level security;
create policy audience on act_update to alternat_app
  using (doc_id in (select d.id from doc d)) with check (doc_id in (select d.id from doc d));
grant select, insert on act_update to alternat_app;
create trigger act_update_append_only before update on act_update for each row execute function refuse_change();
`
