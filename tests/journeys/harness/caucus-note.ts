import { putNote, readCaucus } from "@alternat/document"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import type { Person } from "./person.ts"

/** Writes a note into the person's caucus by its own room, and sees by a second client that the server has it. */
export async function writeCaucusNote(person: Person, text: string): Promise<void> {
  const writer = await enter(person)
  const at = new Date().toISOString()
  const note = { id: crypto.randomUUID(), kind: "note", clauseId: null, refersTo: [], role: "drafter", at } as const
  putNote(writer.doc, { ...note, marking: "internal", text, data: null }, "test")
  const reader = await enter(person)
  while (!readCaucus(reader.doc).notes.some((one) => one.text === text))
    await new Promise((resolve) => reader.doc.once("update", resolve))
  for (const { provider } of [writer, reader]) provider.destroy()
}

async function enter(person: Person): Promise<{ readonly doc: Y.Doc; readonly provider: WebsocketProvider }> {
  const reply = await person.post("/api/plans/demo/sync-ticket", { space: "caucus" })
  const { room, ticket } = (await reply.json()) as { room: string; ticket: string }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${person.url.replace("http", "ws")}/sync`, room, doc, {
    params: { ticket },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  await new Promise<void>((resolve) => provider.once("sync", () => resolve()))
  return { doc, provider }
}
