/** Some rows speak for their writer: a signature, a comment, an appointment. Those nobody writes in another's name. */
export const sql = /* sql */ `
create policy own_side on signature as restrictive for insert to alternat_app
  with check (user_id = reader_id() and (plan_id, party) in (select s.plan_id, s.party from reader_seats() s));
create policy own_words on comment_entry as restrictive for insert to alternat_app
  with check (user_id = reader_id()
    and (plan_id, coalesce(party, '')) in (select s.plan_id, coalesce(s.party, '') from reader_seats() s));
create policy own_side on acting_head as restrictive for insert to alternat_app
  with check (appointed_by = reader_id() and exists (
    select 1 from member head join member substitute
        on substitute.plan_id = head.plan_id and substitute.party = head.party
     where head.plan_id = acting_head.plan_id and head.user_id = reader_id() and 'head' = any (head.roles)
       and head.party = acting_head.party and substitute.user_id = acting_head.user_id));
`
