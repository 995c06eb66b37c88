import type { HubStats, NodeBus, NodeBusStats } from "@alternat/room"

const LINES: readonly (readonly [keyof HubStats, "gauge" | "counter", string, string])[] = [
  ["rooms", "gauge", "alternat_sync_rooms", "rooms in memory"],
  ["sockets", "gauge", "alternat_sync_sockets", "open sockets"],
  ["pendingUpdates", "gauge", "alternat_sync_pending_updates", "updates received and not yet in the log"],
  ["storageAway", "gauge", "alternat_sync_storage_away", "1 while the log does not answer"],
  ["framesIn", "counter", "alternat_sync_frames_in_total", "frames received"],
  ["framesOut", "counter", "alternat_sync_frames_out_total", "frames sent"],
  ["updatesCommitted", "counter", "alternat_sync_updates_committed_total", "updates appended to the log"],
  ["commits", "counter", "alternat_sync_commits_total", "group commits"],
  ["commitMsTotal", "counter", "alternat_sync_commit_milliseconds_total", "time spent in group commits"],
  ["refusals", "counter", "alternat_sync_refusals_total", "updates refused"],
  ["rejudgements", "counter", "alternat_sync_rejudgements_total", "batches judged again under newer rules"],
  [
    "slowReadersDropped",
    "counter",
    "alternat_sync_slow_readers_dropped_total",
    "sockets dropped for reading too slowly",
  ],
  ["catchUps", "counter", "alternat_sync_catch_ups_total", "reads of the log by sequence number"],
  ["compactions", "counter", "alternat_sync_compactions_total", "snapshots stored"],
  ["revocations", "counter", "alternat_sync_revocations_total", "sockets ended with their session"],
]

// the bus carries delegations' own rooms too: its messages are not counted here
const BUS_LINES: readonly (readonly [keyof NodeBusStats, string, string])[] = [
  ["gaps", "alternat_sync_bus_gaps_total", "times the bus came up, after messages may have been missed"],
]

/** Plans' rooms alone: nothing here tells how busy a delegation is in its own. `bus`: null on a node without one. */
export function prometheusText(stats: HubStats, bus: NodeBus | null): string {
  return [
    ...LINES.map(([key, type, name, help]) => metric(name, type, help, Number(stats[key]))),
    ...(bus ? busLines(bus) : []),
  ].join("")
}

function busLines(bus: NodeBus): readonly string[] {
  const stats = bus.stats()
  return [
    metric("alternat_sync_bus_up", "gauge", "1 while the bus between nodes works", bus.state === "up" ? 1 : 0),
    ...BUS_LINES.map(([key, name, help]) => metric(name, "counter", help, stats[key])),
  ]
}

const metric = (name: string, type: "gauge" | "counter", help: string, value: number): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
