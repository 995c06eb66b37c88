/** Exports are taken up by turns, can be cancelled by who asked for them, and are taken again soon after a process died. */
export const sql = /* sql */ `
alter table job add column claimed_at timestamptz;
alter table job drop constraint job_status_check;
alter table job add constraint job_status_check
  check (status in ('queued', 'running', 'done', 'failed', 'cancelled'));
create index on job (user_id, created_at);
create index on job (claimed_at) where claimed_at is not null;
grant update (status), delete on job to alternat_app;
`
