/** What nobody may do, whatever the code above says: rewrite the story, a version, a signature. */
export const sql = /* sql */ `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event execute function refuse_change();
create trigger signature_append_only before update or delete on signature for each row execute function refuse_change();
create trigger version_file_append_only before update or delete on version_file
  for each row execute function refuse_change();
create trigger version_no_delete before delete on version for each row execute function refuse_change();

create function refuse_version_change() returns trigger language plpgsql as $$
begin
  if (old.plan_id, old.number, old.seq, old.frozen_at, old.frozen_by, old.plan_hash, old.manifest_hash,
      old.plan, old.update_bytes, old.standing)
     is distinct from
     (new.plan_id, new.number, new.seq, new.frozen_at, new.frozen_by, new.plan_hash, new.manifest_hash,
      new.plan, new.update_bytes, new.standing)
     or old.status = 'unlocked'
  then
    raise exception 'a version is immutable' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger version_immutable before update on version for each row execute function refuse_version_change();

-- Appends batches for many documents in one statement. Rows are locked in id order first: two writers that lock in
-- random order deadlock. The rows are read again after that, one by one, because a batch may name a document twice.
create function append_updates(
  p_docs text[], p_revs integer[], p_counts integer[], p_sizes integer[], p_bytes bytea, p_authors text[],
  p_client_docs integer[], p_client_ids bigint[], p_client_authors text[], p_at timestamptz
) returns table (i integer, outcome text, value bigint) language plpgsql as $$
declare
  v_rev integer; v_head integer; v_taken bigint;
  v_offset integer := 1; v_author integer := 1;
begin
  perform 1 from doc where id = any (p_docs) order by id for update;
  for k in 1 .. cardinality(p_docs) loop
    i := k;
    select rules_rev, head_seq into v_rev, v_head from doc where id = p_docs[k];
    if not found then
      outcome := 'noSuchDocument'; value := null;
    elsif v_rev <> p_revs[k] then
      outcome := 'rulesChanged'; value := v_rev;
    else
      v_taken := null;
      if k = any (p_client_docs) then
        -- the document's row is locked, so nobody else binds an id of it now
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
        outcome := 'appended'; value := v_head + 1;
        if p_counts[k] > 0 then
          insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
          values (p_docs[k], v_head + 1, v_head + p_counts[k], p_authors[v_author : v_author + p_counts[k] - 1],
                  substring(p_bytes from v_offset for p_sizes[k]), p_at);
          update doc set head_seq = v_head + p_counts[k], updated_at = p_at where id = p_docs[k];
          perform pg_notify('alternat_log', json_build_array(p_docs[k], v_head + p_counts[k], v_rev)::text);
        end if;
      end if;
    end if;
    v_offset := v_offset + p_sizes[k];
    v_author := v_author + p_counts[k];
    return next;
  end loop;
end $$;
`
