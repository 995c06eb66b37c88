import { onTestFinished } from "vitest"
import * as Y from "yjs"
import { createHub } from "../hub.ts"
import type { Hub, HubOptions } from "../hub-face.ts"
import { type MemoryLog, memoryLog } from "../memory-log.ts"
import { makeShadowJudge } from "./shadow-judge.ts"
import { WireClient, type WireOptions } from "./wire-client.ts"

/** A hub with the shadow judge that closes with its test. */
export function openHub(options: Pick<HubOptions, "log" | "feed"> & Partial<HubOptions>): Hub {
  const hub = createHub({ tickets: { ended: async () => new Set() }, makeJudge: makeShadowJudge, ...options })
  onTestFinished(() => hub.close())
  return hub
}

/** One hub on a log in memory that holds one empty document, and clients for it. */
export function setUpHub(options: Partial<HubOptions> = {}) {
  const log = memoryLog()
  log.create({ doc: "doc" })
  const hub = openHub({ log, feed: log, ...options })
  return { log, hub, client: (user: string, more: WireOptions = {}) => new WireClient(hub, user, more).connect() }
}

export function textUpdate(text: string, root = "a"): { readonly bytes: Uint8Array; readonly doc: Y.Doc } {
  const doc = new Y.Doc()
  doc.getText(root).insert(0, text)
  return { bytes: Y.encodeStateAsUpdate(doc), doc }
}

/** What the log alone says. */
export async function replay(log: MemoryLog, root = "a"): Promise<string> {
  const doc = new Y.Doc()
  for (const entry of await log.readAfter("doc", 0)) Y.applyUpdate(doc, entry.bytes)
  return doc.getText(root).toJSON()
}
