import { existsSync, writeFileSync } from "node:fs"
import path from "node:path"
import { beforeAll, beforeEach, expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { SyncNode } from "./harness/sync-node.ts"

/** Debian's package `faketime`. */
const LIBRARY = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file))
const scene = setScene({ nodes: 0 })
let node: SyncNode

const clock = (): string => path.join(scene.cluster.dataDir, "clock")
const setClock = (seconds: number): void => writeFileSync(clock(), seconds < 0 ? `${seconds}` : `+${seconds}`)

beforeAll(async () => {
  if (!LIBRARY) return
  setClock(0)
  node = await scene.add(
    SyncNode.start(scene.cluster.url, {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: clock(),
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    }),
  )
})
beforeEach(({ skip }) => skip(!LIBRARY, "libfaketime is not installed (Debian's package faketime)"))

test.each([
  ["an hour ahead", 3600, 10],
  ["an hour back", -3600, 20],
])(
  "[ROOM60] the node's clock is set %s under load: nobody is sent away, nobody's caret goes, all of it is saved",
  async (_name, seconds, firstNumber) => {
    setClock(0)
    const crowd = await Crowd.gather(scene.stage, node.port, 4, firstNumber)
    const gone: unknown[] = []
    for (const one of crowd.people) {
      one.session.awareness.setLocalStateField("cursor", { at: one.number })
      one.session.subscribe(() => one.session.state.connection === "online" || gone.push(one.number))
    }
    const [first] = crowd.people
    await expect.poll(() => first?.session.awareness.getStates().size).toBe(2)
    first?.session.awareness.on("change", ({ removed }: { removed: number[] }) => gone.push(...removed))
    crowd.start()
    setClock(seconds)
    // longer than the sweep that looks for stale carets and ended sessions
    await new Promise((resolve) => setTimeout(resolve, 4500))
    expect(gone).toEqual([])
    setClock(0)
    await crowd.settles()
    await crowd.leave()
  },
  60_000,
)
