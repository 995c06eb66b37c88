import type { Bilingual } from "@alternat/plan"
import { json } from "../connect.ts"
import type { NewNotification, Notification } from "../contract/comments.ts"
import { iso, isoOrNull, type ReaderContext } from "../reader-context.ts"

interface NotificationRow {
  readonly id: string
  readonly plan_id: string
  readonly user_id: string
  readonly kind: string
  readonly subject: Notification["subject"]
  readonly summary: Bilingual
  readonly at: Date
  readonly read_at: Date | null
}

export async function readNotifications({ tx }: ReaderContext): Promise<readonly Notification[]> {
  const rows = await tx<NotificationRow[]>`
    select id, plan_id, user_id, kind, subject, summary, at, read_at
      from notification
     order by at desc, id
     limit 200`
  return rows.map((row) => ({
    id: row.id,
    planId: row.plan_id,
    userId: row.user_id,
    kind: row.kind,
    subject: row.subject,
    summary: row.summary,
    at: iso(row.at),
    readAt: isoOrNull(row.read_at),
  }))
}

export async function markNotificationsRead({ tx, now }: ReaderContext, ids: readonly string[]): Promise<void> {
  await tx`update notification set read_at = ${now} where id = any (${[...ids]}::text[]) and read_at is null`
}

/** Written without reading back: the writer may not see what another person is told. */
export async function addNotifications(
  { tx, now, newId }: ReaderContext,
  planId: string,
  notifications: readonly NewNotification[],
): Promise<void> {
  for (const { userId, kind, subject, summary } of notifications)
    await tx`
      insert into notification (id, plan_id, user_id, kind, subject, summary, at)
      values (${newId()}, ${planId}, ${userId}, ${kind}, ${subject ? json(subject) : null}::jsonb,
              ${json(summary)}::jsonb, ${now})`
}
