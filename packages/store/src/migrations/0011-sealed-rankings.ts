/** A sealed ranking is its own side's alone until both are sealed: not even that it is there, or when it came, is told before. */
export const sql = /* sql */ `
-- It told every member of the plan who had sealed, and when. The policy on the table shows the own side's ranking, and both
-- once they are revealed; nothing else is needed.
drop function ranking_commitments(text);

-- Until the second seal a side may take its own back. Restrictive, for the policy that lets a side see says nothing of removing.
create policy take_back on ranking as restrictive for delete to alternat_app
  using (revealed_at is null and (plan_id, party) in (select s.plan_id, s.party from reader_seats() s));
grant delete on ranking to alternat_app;
`
