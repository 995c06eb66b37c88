import { type BenchDatabase, openDatabase } from "../harness/postgres.ts"
import { type Dialect, hocuspocus, plain } from "./dialect.ts"
import { OurRooms } from "./our-rooms.ts"
import { seedRooms } from "./peer-rooms.ts"
import { findNode, type ServerFile, type ServerProcess, startProcess } from "./server-process.ts"

export const SERVERS = ["ours", "y-websocket", "hocuspocus", "hocuspocus-10", "relay"] as const
export type ServerName = (typeof SERVERS)[number]

export const TITLES: Readonly<Record<ServerName, string>> = {
  ours: "ours",
  "y-websocket": "@y/websocket-server",
  hocuspocus: "Hocuspocus",
  "hocuspocus-10": "Hocuspocus, flushDelay 10",
  relay: "bare ws relay",
}

export interface BenchRoom {
  readonly name: string
  /** one for each client; null: this server asks for none */
  readonly tickets: readonly string[] | null
  /** whoever brought what is in it goes; until then peers keep it in memory */
  release(): void
}

export interface RoomsWanted {
  readonly count: number
  readonly clients: number
  /** what is in each of them before anyone comes, in order */
  readonly seed: Uint8Array
  /** what one person has written after that */
  readonly history?: readonly Uint8Array[]
}

/** A server under test, with its database where it has one. */
export interface Contender {
  readonly name: ServerName
  readonly dialect: Dialect
  readonly database: BenchDatabase | null
  readonly process: ServerProcess
  openRooms(wanted: RoomsWanted): Promise<readonly BenchRoom[]>
  /** a new process on the same database; the old one must have ended */
  start(): Promise<void>
  /** one more process on the same database, to be stopped by who asked for it */
  another(redisUrl?: string): Promise<ServerProcess>
  close(): Promise<void>
}

export async function startContender(name: ServerName): Promise<Contender> {
  const database = name === "ours" || name.startsWith("hocuspocus") ? await openDatabase() : null
  const file = fileOf(name, database)
  let running = await startProcess(file)
  const ours = name === "ours" && database ? await OurRooms.open(database) : null
  const contender: Contender = {
    name,
    database,
    dialect: DIALECTS[name],
    get process() {
      return running
    },
    openRooms: (wanted) => (ours ? ours.create(wanted) : seedRooms(contender, wanted)),
    start: async () => {
      running = await startProcess(file)
    },
    another: (redisUrl) => startProcess(redisUrl === undefined ? file : { ...file, args: [...file.args, redisUrl] }),
    close: async () => {
      await running.stop()
      await ours?.close()
      await database?.close()
    },
  }
  return contender
}

const DIALECTS: Readonly<Record<ServerName, Dialect>> = {
  ours: plain("/sync"),
  "y-websocket": plain(""),
  hocuspocus,
  "hocuspocus-10": hocuspocus,
  relay: plain(""),
}

function fileOf(name: ServerName, database: BenchDatabase | null): ServerFile {
  switch (name) {
    case "ours":
      return { file: "ours", args: [JSON.stringify(database?.urls)] }
    case "hocuspocus":
    case "hocuspocus-10":
      return {
        file: "hocuspocus",
        args: [database?.urls.owner ?? "", name === "hocuspocus" ? "0" : "10"],
        ...onNode24(),
      }
    case "y-websocket":
    case "relay":
      return { file: name, args: [] }
  }
}

let node24: string | null | undefined

/** Hocuspocus asks for Node 22 or later. Where that can't be had it runs on ours, and the run says so. */
function onNode24(): { node?: string } {
  if (node24 === undefined) {
    node24 = findNode(24)
    console.log(`Hocuspocus runs on ${node24 ? "Node 24" : `Node ${process.version}: no Node 24 could be had`}`)
  }
  return node24 ? { node: node24 } : {}
}
