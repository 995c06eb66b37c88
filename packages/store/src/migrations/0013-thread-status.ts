/** Who resolved a thread, and who opened it again: one row a change, of the thread's own audience. */
export const sql = /* sql */ `
create table comment_status_change (
  plan_id text not null,
  comment_id text not null,
  id text not null,
  audience text not null,
  status text not null check (status in ('open', 'resolved')),
  user_id text not null,
  party text,
  role text not null,
  at timestamptz not null,
  primary key (plan_id, comment_id, id),
  foreign key (plan_id, comment_id, audience) references comment (plan_id, id, audience) on delete cascade
);
alter table comment_status_change enable row level security;
create policy audience on comment_status_change to alternat_app
  using ((audience = 'shared' and plan_id in (select s.plan_id from reader_seats() s))
         or (plan_id, audience) in (select s.plan_id, s.party from reader_seats() s))
  with check ((audience = 'shared' and plan_id in (select s.plan_id from reader_seats() s))
         or (plan_id, audience) in (select s.plan_id, s.party from reader_seats() s));
create policy own_act on comment_status_change as restrictive for insert to alternat_app
  with check (user_id = reader_id()
    and (plan_id, coalesce(party, '')) in (select s.plan_id, coalesce(s.party, '') from reader_seats() s));
grant select, insert on comment_status_change to alternat_app;
`
