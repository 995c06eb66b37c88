// `npm run bench -- <scenario> [--quick] [--json FILE]`: measurements, never tests. Scenarios live in tests/bench.
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { root } from "./bootstrap.mjs"
import { bundleProgram } from "./build.mjs"

export async function runBench([scenario, ...args]) {
  const folder = path.join(root, "tests/bench")
  const file = path.join(folder, `${scenario}.bench.ts`)
  if (!scenario || !existsSync(file)) {
    const known = readdirSync(folder)
      .filter((name) => name.endsWith(".bench.ts"))
      .map((name) => name.slice(0, -9))
    throw new Error(`name a scenario: ${known.join(", ")}`)
  }
  await buildServers()
  const run = spawnSync(process.execPath, ["--import", "tsx", file, ...withWholePaths(args)], {
    cwd: path.join(root, "tests"),
    stdio: "inherit",
  })
  return run.status ?? 1
}

/** Files are named from where the command is given, and scenarios run elsewhere. */
function withWholePaths(args) {
  const here = process.env.INIT_CWD ?? process.cwd()
  return args.map((arg, i) => (["--json", "--trace"].includes(args[i - 1]) ? path.resolve(here, arg) : arg))
}

/**
 * The servers under test as their users run them: ours bundled as the build does it, the peers from their packages as they
 * are published. What translates TypeScript on the fly gives every function its name when it is made, which costs a
 * server that makes many functions its time and memory.
 */
async function buildServers() {
  const servers = (names) =>
    Object.fromEntries(names.map((name) => [name, path.join(root, `tests/bench/sync/servers/${name}.ts`)]))
  const dir = path.join(root, "tests/dist/servers")
  const foldWorker = path.join(root, "apps/sync/src/fold-worker.ts")
  await bundleProgram({ input: { ...servers(["ours"]), "fold-worker": foldWorker }, dir: path.join(dir, "ours") })
  await bundleProgram({
    input: servers(["y-websocket", "hocuspocus", "relay"]),
    dir: path.join(dir, "peers"),
    external: [/^(?![./]|@alternat\/)/],
  })
}
