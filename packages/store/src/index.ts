export { createAuth } from "./auth.ts"
export type { Auth, AuthOptions, NewUser, SignedIn } from "./auth-face.ts"
export type { ActEvent, LogPage, Writer } from "./authorship/authorship-face.ts"
export { dumpDatabase } from "./backup/dump.ts"
export type { BackupError, BackupManifest } from "./backup/manifest.ts"
export { restoreDatabase } from "./backup/restore.ts"
export { createStore } from "./create-store.ts"
export { createDatabase, dropDatabase } from "./embedded/databases.ts"
export type { EmbeddedError, EmbeddedOptions, EmbeddedPostgres } from "./embedded/embedded-postgres.ts"
export { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts"
export { settingsThatTell } from "./log-settings.ts"
export type { MigrateError, MigrateReport } from "./migrate.ts"
export { migrate } from "./migrate.ts"
export type {
  NewDoc,
  NewMember,
  NewPerson,
  NewPlan,
  NewRanking,
  NewThread,
} from "./new-plan.ts"
export type { NewAccount } from "./people/accounts.ts"
export type { Seat } from "./people/ended-seats.ts"
export type { SetupDesk, SetupError } from "./people/setup.ts"
export { urlsFor } from "./roles.ts"
export { parseRoomName, roomName } from "./room-name.ts"
export type {
  ActingHead,
  ActTx,
  Audience,
  ChainReport,
  ClaimedJob,
  CommentFilter,
  CommentPage,
  DatabaseUrls,
  EntryPage,
  Hint,
  HintFeed,
  LockedDoc,
  NewComment,
  NewEvent,
  NewFile,
  NewJob,
  NewNotification,
  NewRecordEntry,
  NewVersion,
  Notification,
  PersonInfo,
  PlanRow,
  Ranking,
  Reader,
  ReaderTx,
  RecordEntry,
  RecordKind,
  Store,
  StoredFile,
  StoredSignature,
  StoreOptions,
  VersionRow,
} from "./store.ts"
