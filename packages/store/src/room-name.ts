import type { DocId } from "@alternat/room"

/** A room is one document in one epoch and one schema: an editor of another epoch or schema never meets it. */
export interface RoomName {
  readonly doc: DocId
  readonly epoch: number
  readonly schemaVersion: number
}

export const roomName = ({ doc, epoch, schemaVersion }: RoomName): string => `${doc}.e${epoch}.s${schemaVersion}`

/** null: not a name of ours. Ids of documents hold no dot. */
export function parseRoomName(room: string): RoomName | null {
  const parts = /^([A-Za-z0-9_-]{1,80})\.e(\d{1,9})\.s(\d{1,9})$/.exec(room)
  if (!parts?.[1]) return null
  return { doc: parts[1], epoch: Number(parts[2]), schemaVersion: Number(parts[3]) }
}
