/** One-time links that make the first members of an installation. Only its owner reads this table. */
export const sql = /* sql */ `
create table setup_token (
  sha256 bytea primary key,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
alter table setup_token enable row level security;
`
