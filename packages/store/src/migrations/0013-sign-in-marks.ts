/**
 * What sign-in remembers of attempts. A key is a keyed hash, so that the table names no account, address or device; `until`
 * says when a count of wrong passwords has drained away, or how long a device or an address counts as known.
 */
export const sql = /* sql */ `
create table sign_in_mark (
  key text primary key,
  until timestamptz not null
);
create index on sign_in_mark (until);
grant select, insert, update, delete on sign_in_mark to alternat_auth;
`
