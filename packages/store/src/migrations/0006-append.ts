/** The append path with fewer statements for each document, and one notification for all of them. */
export const sql = /* sql */ `
-- Appends batches for many documents in one statement. Rows are locked in id order: two writers that lock in random
-- order deadlock. A batch may name a document twice. The nodes are told once, of all positions: a notification takes
-- a lock of the whole database while it commits.
create or replace function append_updates(
  p_docs text[], p_revs integer[], p_counts integer[], p_sizes integer[], p_bytes bytea, p_authors text[],
  p_client_docs integer[], p_client_ids bigint[], p_client_authors text[], p_at timestamptz
) returns table (i integer, outcome text, value bigint) language plpgsql as $$
declare
  v_head integer; v_taken bigint;
  v_offset integer := 1; v_author integer := 1;
  v_news text := ''; v_item text;
begin
  -- one document alone is locked by its own update, unless it binds client ids: nobody else may bind them meanwhile
  if cardinality(p_docs) > 1 or cardinality(p_client_docs) > 0 then
    perform 1 from doc where id = any (p_docs) order by id for update;
  end if;
  for k in 1 .. cardinality(p_docs) loop
    i := k; v_taken := null; v_head := null;
    if k = any (p_client_docs) and exists (select 1 from doc where id = p_docs[k] and rules_rev = p_revs[k]) then
      select c.client_id into v_taken
        from unnest(p_client_docs, p_client_ids, p_client_authors) c (ordinal, client_id, author)
       where c.ordinal = k
         and (exists (select 1 from client_author a
                       where a.doc_id = p_docs[k] and a.client_id = c.client_id and a.author <> c.author)
           or exists (select 1 from unnest(p_client_docs, p_client_ids, p_client_authors) o (ordinal, client_id, author)
                       where o.ordinal = k and o.client_id = c.client_id and o.author <> c.author))
       limit 1;
      if v_taken is null then
        insert into client_author (doc_id, client_id, author)
        select p_docs[k], c.client_id, c.author
          from unnest(p_client_docs, p_client_ids, p_client_authors) c (ordinal, client_id, author)
         where c.ordinal = k
        on conflict do nothing;
      end if;
    end if;
    if v_taken is not null then
      outcome := 'clientTaken'; value := v_taken;
    else
      update doc set head_seq = head_seq + p_counts[k], updated_at = p_at
       where id = p_docs[k] and rules_rev = p_revs[k]
      returning head_seq into v_head;
      if v_head is not null then
        outcome := 'appended'; value := v_head - p_counts[k] + 1;
        if p_counts[k] > 0 then
          insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
          values (p_docs[k], v_head - p_counts[k] + 1, v_head, p_authors[v_author : v_author + p_counts[k] - 1],
                  substring(p_bytes from v_offset for p_sizes[k]), p_at);
          v_item := json_build_array(p_docs[k], v_head, p_revs[k])::text;
          -- a notification holds 8000 bytes
          if octet_length(v_news) + octet_length(v_item) > 7900 then
            perform pg_notify('alternat_log', '[' || v_news || ']');
            v_news := '';
          end if;
          v_news := v_news || case v_news when '' then '' else ',' end || v_item;
        end if;
      else
        select 'rulesChanged', d.rules_rev into outcome, value from doc d where d.id = p_docs[k];
        if not found then
          outcome := 'noSuchDocument'; value := null;
        end if;
      end if;
    end if;
    v_offset := v_offset + p_sizes[k];
    v_author := v_author + p_counts[k];
    return next;
  end loop;
  if v_news <> '' then
    perform pg_notify('alternat_log', '[' || v_news || ']');
  end if;
end $$;
`
