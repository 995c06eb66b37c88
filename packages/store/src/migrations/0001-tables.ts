/**
 * Tables. Party codes are data; `shared` is reserved for what lies across the table. Longer than most files: it has
 * run, and what has run is neither edited nor cut.
 */
export const sql = /* sql */ `
-- accounts: better-auth's tables under our names
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table auth_session (
  id text primary key,
  user_id text not null references auth_user on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_session (user_id);
create table auth_account (
  id text primary key,
  user_id text not null references auth_user on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_account (user_id);
create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_verification (identifier);

-- people and plans
create table person (
  id text primary key,
  name_en text not null,
  name_ru text not null,
  language text not null check (language in ('en', 'ru'))
);
create table plan (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{1,80}$'),
  title jsonb not null,
  short_title jsonb not null,
  party_a text not null check (party_a <> 'shared'),
  party_b text not null check (party_b <> 'shared' and party_b <> party_a),
  status text not null check (status in ('negotiation', 'frozen', 'signed')),
  created_at timestamptz not null
);
create table member (
  plan_id text not null references plan on delete cascade,
  user_id text not null references person,
  party text check (party <> 'shared'),
  roles text[] not null,
  primary key (plan_id, user_id)
);
create index on member (user_id);
create table acting_head (
  id text primary key,
  plan_id text not null references plan on delete cascade,
  party text not null,
  user_id text not null,
  appointed_by text not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  foreign key (plan_id, user_id) references member on delete cascade
);

-- documents and their logs
create table doc (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{1,80}$'),
  plan_id text not null references plan on delete cascade,
  space text not null check (space in ('plan', 'caucus')),
  party text,
  epoch integer not null default 1,
  schema_version integer not null,
  rules_rev integer not null default 1,
  head_seq integer not null default 0,
  updated_at timestamptz not null,
  check ((space = 'caucus') = (party is not null))
);
create unique index doc_space on doc (plan_id, space, coalesce(party, ''));
-- one row per document and batch: bytes holds n updates, each behind its length as a varuint
create table doc_update (
  doc_id text not null references doc on delete cascade,
  seq_to integer not null,
  seq_from integer not null,
  authors text[] not null,
  bytes bytea not null,
  at timestamptz not null,
  primary key (doc_id, seq_to),
  check (seq_to - seq_from + 1 = cardinality(authors))
);
-- what a snapshot covers moves here, authors and all
create table doc_history (
  doc_id text not null references doc on delete cascade,
  seq_to integer not null,
  seq_from integer not null,
  authors text[] not null,
  bytes bytea not null,
  at timestamptz not null,
  primary key (doc_id, seq_to)
);
create table doc_snapshot (
  doc_id text primary key references doc on delete cascade,
  seq integer not null,
  state bytea not null,
  state_vector bytea not null
);
alter table doc_snapshot alter column state set storage external;
create table client_author (
  doc_id text not null references doc on delete cascade,
  client_id bigint not null,
  author text not null,
  primary key (doc_id, client_id)
);
create table ticket (
  hash bytea primary key,
  doc_id text not null references doc on delete cascade,
  plan_id text not null,
  user_id text not null,
  session_id text not null references auth_session on delete cascade,
  expires_at timestamptz not null,
  foreign key (plan_id, user_id) references member on delete cascade
);
create index on ticket (session_id);
create index on ticket (expires_at);

-- standing: what acts decide
create table clause_standing (
  plan_id text not null references plan on delete cascade,
  clause_id text not null,
  state text not null check (state in
    ('tabled', 'under_negotiation', 'agreed_ad_ref', 'agreed', 'locked', 'parked', 'withdrawn')),
  since timestamptz not null,
  reopened jsonb,
  primary key (plan_id, clause_id)
);
create table line_standing (
  plan_id text not null references plan on delete cascade,
  line_id text not null,
  state text not null check (state in ('under_negotiation', 'agreed_ad_ref', 'agreed', 'locked')),
  since timestamptz not null,
  primary key (plan_id, line_id)
);
create table consent (
  plan_id text not null references plan on delete cascade,
  subject_type text not null check (subject_type in ('clause', 'line', 'proposal', 'table_proposal', 'version')),
  subject_id text not null,
  party text not null,
  to_state text not null check (to_state in ('proposal', 'agreed_ad_ref', 'agreed', 'unlock')),
  hash text not null,
  at timestamptz not null,
  primary key (plan_id, subject_type, subject_id, party, to_state)
);
create table attestation (
  plan_id text not null,
  clause_id text not null,
  party text not null,
  hash_en text not null,
  hash_ru text not null,
  at timestamptz not null,
  primary key (plan_id, clause_id, party),
  foreign key (plan_id, clause_id) references clause_standing on delete cascade
);
create table divergence (
  plan_id text not null,
  clause_id text not null,
  party text not null,
  hash_en text not null,
  hash_ru text not null,
  note text not null,
  at timestamptz not null,
  primary key (plan_id, clause_id),
  foreign key (plan_id, clause_id) references clause_standing on delete cascade
);
create table reserve (
  plan_id text not null,
  id text not null,
  clause_id text not null,
  party text not null,
  kind text not null check (kind in ('scrutiny', 'legal', 'language')),
  reason jsonb not null,
  due date,
  at timestamptz not null,
  lifted_at timestamptz,
  primary key (plan_id, id),
  foreign key (plan_id, clause_id) references clause_standing on delete cascade
);

-- comments
create table comment (
  plan_id text not null references plan on delete cascade,
  id text not null,
  audience text not null,
  target jsonb not null,
  status text not null check (status in ('open', 'resolved')),
  due date,
  created_at timestamptz not null,
  primary key (plan_id, id),
  unique (plan_id, id, audience)
);
create table comment_entry (
  plan_id text not null,
  comment_id text not null,
  id text not null,
  audience text not null,
  user_id text,
  party text,
  role text not null,
  text text not null,
  at timestamptz not null,
  primary key (plan_id, comment_id, id),
  foreign key (plan_id, comment_id, audience) references comment (plan_id, id, audience) on delete cascade
);

-- the story of the negotiation: one hash chain per plan and audience
create table event_chain (
  plan_id text not null references plan,
  audience text not null,
  head_seq integer not null default 0,
  head_hash text not null,
  primary key (plan_id, audience)
);
create table event (
  plan_id text not null,
  audience text not null,
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  actor text,
  party text,
  role text,
  subject jsonb,
  summary jsonb not null,
  data jsonb not null default '{}',
  prev_hash text not null,
  hash text not null,
  primary key (plan_id, audience, seq),
  foreign key (plan_id, audience) references event_chain
);
create table record_entry (
  plan_id text not null references plan on delete cascade,
  id text not null,
  ordinal integer not null,
  kind text not null,
  at timestamptz not null,
  value jsonb not null,
  primary key (plan_id, id)
);
create table ranking (
  plan_id text not null references plan on delete cascade,
  party text not null,
  user_id text,
  ranks jsonb not null,
  reason jsonb,
  salt text not null,
  commitment text not null,
  committed_at timestamptz not null,
  revealed_at timestamptz,
  primary key (plan_id, party)
);
create table notification (
  id text primary key,
  plan_id text not null references plan on delete cascade,
  user_id text not null,
  kind text not null,
  subject jsonb,
  summary jsonb not null,
  at timestamptz not null,
  read_at timestamptz
);
create index on notification (user_id, at);

-- versions and sign-off
create table version (
  plan_id text not null references plan,
  number integer not null,
  seq integer not null,
  frozen_at timestamptz not null,
  frozen_by text,
  plan_hash text not null,
  manifest_hash text not null,
  status text not null check (status in ('frozen', 'signed', 'unlocked')),
  plan bytea not null,
  update_bytes bytea,
  standing jsonb not null,
  primary key (plan_id, number)
);
create table version_file (
  plan_id text not null,
  number integer not null,
  name text not null,
  type text not null,
  bytes bytea not null,
  sha256 text not null,
  ordinal integer not null,
  primary key (plan_id, number, name),
  foreign key (plan_id, number) references version
);
alter table version_file alter column bytes set storage external;
create table signature (
  plan_id text not null,
  number integer not null,
  party text not null,
  user_id text not null,
  statement jsonb not null,
  public_key text not null,
  signature text not null,
  signed_at timestamptz not null,
  primary key (plan_id, number, party),
  foreign key (plan_id, number) references version
);

-- work in the background
create table job (
  id text primary key,
  plan_id text not null references plan on delete cascade,
  user_id text not null,
  audience text not null,
  format text not null,
  version integer,
  options jsonb not null default '{}',
  status text not null check (status in ('queued', 'running', 'done', 'failed')),
  progress integer not null default 0,
  step jsonb,
  error text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  touched_at timestamptz not null
);
create index on job (created_at) where status = 'queued';
create table job_file (
  job_id text primary key references job on delete cascade,
  name text not null,
  type text not null,
  bytes bytea not null,
  sha256 text not null
);
alter table job_file alter column bytes set storage external;
`
