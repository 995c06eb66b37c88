/**
 * Who sees what. Default deny: a table without a policy for a role shows that role nothing.
 * `alternat_app` serves requests and sees what its reader may see. `alternat_sync` is the server's own hand: it writes
 * the log, looks at tickets and works through jobs, and never sees comments, rankings or accounts' secrets.
 * `alternat_auth` holds the accounts and nothing else. None of them owns a table, so row-level security binds all.
 */
export const sql = /* sql */ `
create function reader_id() returns text language sql stable
  as $$ select nullif(current_setting('alternat.reader', true), '') $$;

-- The seats of the reader. Security definer, because a policy on member can't read member.
create function reader_seats() returns table (plan_id text, party text)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select m.plan_id, m.party from public.member m where m.user_id = public.reader_id() $$;

-- People whose names the reader may see: the own delegation's, and of those without one.
create function reader_colleagues() returns table (user_id text)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select other.user_id
          from public.member mine join public.member other on other.plan_id = mine.plan_id
         where mine.user_id = public.reader_id() and (other.party is null or other.party = mine.party) $$;

create function session_is_readers(p_session text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select exists (select 1 from public.auth_session s
                        where s.id = p_session and s.user_id = public.reader_id() and s.expires_at > now()) $$;

-- Who would hear of something private must not be learnt from the other side's member list, nor be told by it.
create function may_be_told(p_plan text, p_user text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select exists (select 1 from public.member where plan_id = p_plan and user_id = p_user) $$;

revoke all on function reader_id(), reader_seats(), reader_colleagues(), session_is_readers(text),
  may_be_told(text, text), append_updates from public;
grant execute on function reader_id(), reader_seats(), reader_colleagues(), session_is_readers(text),
  may_be_told(text, text) to alternat_app;
grant execute on function append_updates to alternat_app, alternat_sync;
grant usage on schema public to alternat_app, alternat_sync, alternat_auth;

grant select on schema_migration to alternat_app, alternat_sync, alternat_auth;

-- accounts
grant select, insert, update, delete on auth_user, auth_session, auth_account, auth_verification to alternat_auth;
grant select (id, user_id, expires_at), delete on auth_session to alternat_sync;
grant select, insert on person to alternat_auth;

do $$
declare t text;
begin
  foreach t in array array['person', 'plan', 'member', 'acting_head', 'doc', 'doc_update', 'doc_history',
    'doc_snapshot', 'client_author', 'ticket', 'clause_standing', 'line_standing', 'consent', 'attestation',
    'divergence', 'reserve', 'comment', 'comment_entry', 'event_chain', 'event', 'record_entry', 'ranking',
    'notification', 'version', 'version_file', 'signature', 'job', 'job_file']
  loop
    execute format('alter table %I enable row level security', t);
  end loop;
end $$;

-- what every member of a plan sees
do $$
declare t text;
begin
  foreach t in array array['member', 'acting_head', 'clause_standing', 'line_standing', 'consent', 'attestation',
    'divergence', 'reserve', 'record_entry', 'version', 'version_file', 'signature']
  loop
    execute format('create policy shared on %I to alternat_app
      using (plan_id in (select s.plan_id from reader_seats() s))
      with check (plan_id in (select s.plan_id from reader_seats() s))', t);
  end loop;
end $$;
create policy shared on plan to alternat_app using (id in (select s.plan_id from reader_seats() s));
create policy self on person to alternat_app
  using (id = reader_id() or id in (select c.user_id from reader_colleagues() c));
create policy accounts on person to alternat_auth using (true) with check (true);

-- what belongs to an audience
do $$
declare t text;
begin
  foreach t in array array['comment', 'comment_entry', 'event_chain', 'event']
  loop
    execute format('create policy audience on %I to alternat_app
      using ((audience = ''shared'' and plan_id in (select s.plan_id from reader_seats() s))
             or (plan_id, audience) in (select s.plan_id, s.party from reader_seats() s))
      with check ((audience = ''shared'' and plan_id in (select s.plan_id from reader_seats() s))
             or (plan_id, audience) in (select s.plan_id, s.party from reader_seats() s))', t);
  end loop;
end $$;

-- documents: the plan's for all members, a caucus for its delegation
create policy audience on doc to alternat_app
  using ((space = 'plan' and plan_id in (select s.plan_id from reader_seats() s))
         or (plan_id, party) in (select s.plan_id, s.party from reader_seats() s));
do $$
declare t text;
begin
  foreach t in array array['doc_update', 'doc_history', 'doc_snapshot', 'client_author']
  loop
    execute format('create policy audience on %I to alternat_app
      using (doc_id in (select d.id from doc d)) with check (doc_id in (select d.id from doc d))', t);
  end loop;
end $$;

create policy own on ranking to alternat_app
  using ((plan_id, party) in (select s.plan_id, s.party from reader_seats() s)
         or (revealed_at is not null and plan_id in (select s.plan_id from reader_seats() s)))
  with check ((plan_id, party) in (select s.plan_id, s.party from reader_seats() s));
create policy own on notification to alternat_app using (user_id = reader_id());
create policy tell on notification for insert to alternat_app
  with check (plan_id in (select s.plan_id from reader_seats() s) and may_be_told(plan_id, user_id));
create policy own on job to alternat_app
  using (user_id = reader_id() and plan_id in (select s.plan_id from reader_seats() s))
  with check (user_id = reader_id()
    and ((audience = 'shared' and plan_id in (select s.plan_id from reader_seats() s))
         or (plan_id, audience) in (select s.plan_id, s.party from reader_seats() s)));
create policy own on job_file to alternat_app using (job_id in (select j.id from job j));
create policy issue on ticket for insert to alternat_app
  with check (user_id = reader_id() and session_is_readers(session_id)
    and exists (select 1 from doc d where d.id = doc_id and d.plan_id = ticket.plan_id));

grant select on person, plan, member, acting_head, doc, doc_update, doc_history, doc_snapshot, client_author,
  clause_standing, line_standing, consent, attestation, divergence, reserve, comment, comment_entry, event_chain, event,
  record_entry, ranking, notification, version, version_file, signature, job, job_file to alternat_app;
grant update (language) on person to alternat_app;
grant update (status) on plan to alternat_app;
grant update (head_seq, rules_rev, updated_at) on doc to alternat_app;
grant insert on doc_update, client_author, ticket, comment, comment_entry, event_chain, event, record_entry, ranking,
  notification, version, version_file, signature, job, acting_head to alternat_app;
grant insert, update, delete on clause_standing, line_standing, consent, attestation, divergence, reserve
  to alternat_app;
grant update (status) on comment to alternat_app;
grant update (head_seq, head_hash) on event_chain to alternat_app;
grant update (read_at) on notification to alternat_app;
grant update (status) on version to alternat_app;

-- What the other side may know before the reveal: that and when it was committed, and the commitment. And the reveal
-- itself, which one side's act does for both, and only when both have committed.
create function ranking_commitments(p_plan text)
  returns table (party text, committed_at timestamptz, revealed_at timestamptz, commitment text)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select r.party, r.committed_at, r.revealed_at, r.commitment from public.ranking r
         where r.plan_id = p_plan and p_plan in (select s.plan_id from public.reader_seats() s) $$;
create function reveal_rankings(p_plan text, p_at timestamptz) returns boolean
  language sql security definer set search_path = pg_catalog, public
  as $$ with revealed as (
          update public.ranking set revealed_at = p_at
           where plan_id = p_plan and revealed_at is null
             and p_plan in (select s.plan_id from public.reader_seats() s)
             and (select count(*) from public.ranking where plan_id = p_plan) = 2
          returning 1)
        select exists (select 1 from revealed) $$;
revoke all on function ranking_commitments(text), reveal_rankings(text, timestamptz) from public;
grant execute on function ranking_commitments(text), reveal_rankings(text, timestamptz) to alternat_app;

-- the server's own hand
do $$
declare t text;
begin
  foreach t in array array['plan', 'person', 'member', 'acting_head', 'doc', 'doc_update', 'doc_history',
    'doc_snapshot', 'client_author', 'ticket', 'clause_standing', 'line_standing', 'job', 'job_file', 'event_chain',
    'event']
  loop
    execute format('create policy server on %I to alternat_sync using (true) with check (true)', t);
  end loop;
end $$;
grant select on plan, person, member, acting_head, clause_standing, line_standing, event_chain, event to alternat_sync;
grant select, update on doc to alternat_sync;
grant select, insert, delete on doc_update to alternat_sync;
grant select, insert on doc_history, client_author to alternat_sync;
grant select, insert, update on doc_snapshot to alternat_sync;
grant select, delete on ticket to alternat_sync;
grant select, update on job to alternat_sync;
grant select, insert on job_file to alternat_sync;
`
