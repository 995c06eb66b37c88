export { createAuth } from "./auth.ts"
export type { Auth, AuthOptions, NewUser, SignedIn } from "./auth-face.ts"
export type { ActEvent, LogPage, Writer } from "./authorship/authorship-face.ts"
export { dumpDatabase } from "./backup/dump.ts"
export type { BackupError, BackupManifest } from "./backup/manifest.ts"
export { restoreDatabase } from "./backup/restore.ts"
export type { ActTx, LockedDoc } from "./contract/acts.ts"
export type {
  CommentFilter,
  CommentPage,
  EntryPage,
  NewComment,
  NewNotification,
  Notification,
} from "./contract/comments.ts"
export type { Hint, HintFeed } from "./contract/feeds.ts"
export type { ClaimedJob, NewJob } from "./contract/jobs.ts"
export type { NewDoc, NewMember, NewPerson, NewPlan, NewRanking, NewThread } from "./contract/new-plan.ts"
export type {
  ChainReport,
  NewEvent,
  NewRecordEntry,
  PlanRow,
  Ranking,
  RecordEntry,
  RecordKind,
} from "./contract/plans.ts"
export type { ActingHead, Audience, PersonInfo, Reader } from "./contract/reader.ts"
export type { ReaderTx } from "./contract/reads.ts"
export type { SetupDesk, SetupError } from "./contract/setup.ts"
export type { DatabaseUrls, Store, StoreOptions } from "./contract/store.ts"
export type { NewFile, NewVersion, StoredFile, StoredSignature, VersionRow } from "./contract/versions.ts"
export { createStore } from "./create-store.ts"
export { createDatabase, dropDatabase } from "./embedded/databases.ts"
export type { EmbeddedError, EmbeddedOptions, EmbeddedPostgres } from "./embedded/embedded-postgres.ts"
export { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts"
export { settingsThatTell } from "./log-settings.ts"
export type { MigrateError, MigrateReport } from "./migrate.ts"
export { migrate } from "./migrate.ts"
export type { NewAccount } from "./people/accounts.ts"
export type { Seat } from "./people/ended-seats.ts"
export { urlsFor } from "./roles.ts"
export { parseRoomName, roomName } from "./room-name.ts"
