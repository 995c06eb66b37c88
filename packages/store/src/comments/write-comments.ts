import type { CommentTarget, CommentThread } from "@alternat/plan"
import { json } from "../connect.ts"
import type { NewComment } from "../contract/comments.ts"
import type { NewEvent } from "../contract/plans.ts"
import { appendEvents } from "../events/event-chain.ts"
import { tellHint } from "../log/feeds.ts"
import { readActor, speaksAs } from "../people/members.ts"
import type { ReaderContext } from "../reader-context.ts"
import { readThread } from "./read-comments.ts"

/** null: no member, or the audience is not the reader's. */
export async function addComment(
  context: ReaderContext,
  planId: string,
  comment: NewComment,
): Promise<CommentThread | null> {
  const { tx, now, newId } = context
  const actor = await readActor(context, planId)
  if (!actor || (comment.audience !== "shared" && comment.audience !== actor.party)) return null
  const id = newId()
  await tx`
    insert into comment (plan_id, id, audience, target, status, due, created_at)
    values (${planId}, ${id}, ${comment.audience}, ${json(comment.target)}::jsonb, 'open', ${comment.due}::text::date, ${now})`
  await addEntry(context, planId, id, comment.audience, comment.text)
  return readThread(tx, planId, id)
}

export async function reply(
  context: ReaderContext,
  planId: string,
  threadId: string,
  text: string,
): Promise<CommentThread | null> {
  const [thread] = await context.tx<{ audience: string }[]>`
    select audience from comment where plan_id = ${planId} and id = ${threadId}`
  if (!thread) return null
  await addEntry(context, planId, threadId, thread.audience, text)
  return readThread(context.tx, planId, threadId)
}

/**
 * Resolves a thread or opens it again, and keeps who did it and when. The event goes to the chain of the thread's own
 * audience: of a private thread the shared chain gets neither a line nor a gap. A thread that has the status already
 * stays as it is, so that a double click is one change.
 */
export async function setCommentStatus(
  context: ReaderContext,
  planId: string,
  threadId: string,
  status: CommentThread["status"],
): Promise<CommentThread | null> {
  const { tx, reader, now, newId } = context
  const [thread] = await tx<{ audience: string; target: CommentTarget }[]>`
    update comment set status = ${status}
     where plan_id = ${planId} and id = ${threadId} and status <> ${status}
    returning audience, target`
  if (thread) {
    const { audience, target } = thread
    const actor = await readActor(context, planId)
    const party = actor?.party ?? null
    const role = speaksAs(actor)
    await tx`
      insert into comment_status_change (plan_id, comment_id, id, audience, status, user_id, party, role, at)
      values (${planId}, ${threadId}, ${newId()}, ${audience}, ${status}, ${reader.userId}, ${party}, ${role}, ${now})`
    const author = { actor: reader.userId, party, role, at: now }
    await appendEvents(tx, planId, audience, author, [statusEvent(threadId, target, status)])
    await tellOf(context, planId, audience, threadId)
    if (audience === "shared") await tellHint(tx, { planId, audience, type: "events", userId: null, rev: threadId })
  }
  return readThread(tx, planId, threadId)
}

const statusEvent = (threadId: string, target: CommentTarget, status: CommentThread["status"]): NewEvent => ({
  kind: status === "resolved" ? "comment_resolved" : "comment_reopened",
  subject: target.type === "cell" ? { type: "row", id: target.rowId } : { type: "clause", id: target.clauseId },
  summary:
    status === "resolved"
      ? { en: "comment resolved", ru: "замечание снято" }
      : { en: "comment reopened", ru: "обсуждение замечания возобновлено" },
  data: { thread: threadId },
})

async function addEntry(
  context: ReaderContext,
  planId: string,
  threadId: string,
  audience: string,
  text: string,
): Promise<void> {
  const { tx, reader, now, newId } = context
  const actor = await readActor(context, planId)
  await tx`
    insert into comment_entry (plan_id, comment_id, id, audience, user_id, party, role, text, at)
    values (${planId}, ${threadId}, ${newId()}, ${audience}, ${reader.userId}, ${actor?.party ?? null},
            ${speaksAs(actor)}, ${text}, ${now})`
  await tellOf(context, planId, audience, threadId)
}

const tellOf = ({ tx }: ReaderContext, planId: string, audience: string, threadId: string): Promise<void> =>
  tellHint(tx, { planId, audience, type: "comments", userId: null, rev: threadId })
