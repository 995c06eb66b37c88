/** A commit for many documents at the price of a few: no loop over them. */
export const sql = /* sql */ `
-- What append_updates does, for batches that name each document once and bind no client id. The rows are locked in id
-- order by the same statement that writes them; what waited for its lock is judged by the row as it is then.
create function append_to_many(
  p_docs text[], p_revs integer[], p_counts integer[], p_sizes integer[], p_bytes bytea, p_authors text[],
  p_at timestamptz
) returns table (i integer, outcome text, value bigint) language plpgsql as $$
declare
  v_done integer[]; v_heads integer[];
begin
  with input as materialized (
    select u.k::integer as k, u.doc, u.rev, u.n, u.size,
           (sum(u.n) over before - u.n)::integer as author_at, (sum(u.size) over before - u.size)::integer as byte_at
      from unnest(p_docs, p_revs, p_counts, p_sizes) with ordinality u (doc, rev, n, size, k)
    window before as (order by u.k)),
  locked as materialized (
    select input.* from input join doc on doc.id = input.doc and doc.rules_rev = input.rev
     order by input.doc for no key update of doc),
  written as (
    update doc set head_seq = doc.head_seq + locked.n, updated_at = p_at
      from locked where doc.id = locked.doc
    returning doc.id, doc.head_seq, locked.k, locked.n, locked.size, locked.author_at, locked.byte_at),
  logged as (
    insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
    select w.id, w.head_seq - w.n + 1, w.head_seq, p_authors[w.author_at + 1 : w.author_at + w.n],
           substring(p_bytes from w.byte_at + 1 for w.size), p_at
      from written w where w.n > 0)
  select array_agg(w.k), array_agg(w.head_seq) into v_done, v_heads from written w;

  -- a notification holds 8000 bytes, a position of a document at most 110
  perform pg_notify('alternat_log',
                    '[' || string_agg(json_build_array(p_docs[d.k], d.head, p_revs[d.k])::text, ',') || ']')
     from unnest(v_done, v_heads) with ordinality d (k, head, nth)
    where p_counts[d.k] > 0
    group by d.nth / 64;

  return query
    select d.k, 'appended', (d.head - p_counts[d.k] + 1)::bigint from unnest(v_done, v_heads) d (k, head)
    union all
    select u.k::integer, case when doc.id is null then 'noSuchDocument' else 'rulesChanged' end, doc.rules_rev::bigint
      from unnest(p_docs) with ordinality u (doc, k) left join doc on doc.id = u.doc
     where cardinality(v_done) is distinct from cardinality(p_docs) and u.k <> all (coalesce(v_done, '{}'));
end $$;
`
