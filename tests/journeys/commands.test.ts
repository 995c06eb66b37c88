import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, runProgram, startServer, temporaryFolder } from "./harness/server.ts"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const costsFile = path.join(root, "packages/plan/demo/demo-plan-costs.json")

describe("alternat check-costs", () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())

  test("the demo's table has no errors, warns of fiscal year 2015, and adds up", async () => {
    const { code, stdout } = await runProgram(["check-costs", costsFile])
    const report = JSON.parse(stdout) as { findings: { code: string; severity: string }[]; totals: unknown }
    expect(code).toBe(0)
    expect(report.findings.filter((finding) => finding.severity === "error")).toEqual([])
    expect(report.findings.map((finding) => finding.code)).toContain("C22")
    expect(report.totals).toEqual(
      (JSON.parse(readFileSync(costsFile, "utf8")) as { declared_totals: unknown }).declared_totals,
    )
  })

  test("one cent too many is found at its cell, in both languages, and the exit code is 1", async () => {
    const table = JSON.parse(readFileSync(costsFile, "utf8")) as { lines: { years: { us_usd_cents: number }[] }[] }
    const cell = table.lines[0]?.years[1]
    if (cell) cell.us_usd_cents += 1
    const file = path.join(folder.path, "wrong.json")
    writeFileSync(file, JSON.stringify(table))
    const { code, stdout } = await runProgram(["check-costs", file])
    const { findings } = JSON.parse(stdout) as {
      findings: { code: string; path: string; message: { en: string; ru: string } }[]
    }
    const found = findings.find((finding) => finding.code === "C05")
    expect(code).toBe(1)
    expect(found?.path).toBe("lines/L01/2011")
    expect(found?.message.en).not.toBe("")
    expect(found?.message.ru).toMatch(/[а-я]/)
  })

  test.each([
    ["nothing named", []],
    ["no such file", ["/no/such/file.json"]],
  ])("%s: exit 2 and one clear line", async (_name, args) => {
    const { code, stdout, stderr } = await runProgram(["check-costs", ...args])
    expect(code).toBe(2)
    expect(stdout).toBe("")
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  test.each(["", "{", "[]", "null", '{"lines":7}', "\u0000\u0001"])(
    "garbage %j is unreadable, not a crash",
    async (garbage) => {
      const file = path.join(folder.path, "garbage.json")
      writeFileSync(file, garbage)
      expect((await runProgram(["check-costs", file])).code).toBe(2)
    },
  )
})

test("alternat verify says 2 to what is no pack", async () => {
  expect((await runProgram(["verify", costsFile])).code).toBe(2)
  expect((await runProgram(["verify", "/no/such/pack.zip"])).code).toBe(2)
})

describe("npm start refuses in one clear line", () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())

  test.each([
    ["a broken DATABASE_URL", { DATABASE_URL: "nonsense", AUTH_SECRET: "x".repeat(32) }, /DATABASE_URL/],
    ["an outside database without a secret", { DATABASE_URL: "postgres://u:p@127.0.0.1:1/x" }, /AUTH_SECRET/],
    [
      "a database that doesn't answer",
      { DATABASE_URL: "postgres://u:p@127.0.0.1:1/x", AUTH_SECRET: "x".repeat(32) },
      /database/i,
    ],
    ["a port that is none", { PORT: "ninety" }, /PORT/],
    ["a REDIS_URL of another kind", { REDIS_URL: "http://cache" }, /REDIS_URL is not an address/],
    ["a REDIS_URL without a database number", { REDIS_URL: "redis://cache/zero" }, /REDIS_URL is not an address/],
  ])("%s", async (_name, env, says) => {
    // whoever runs these tests may have a server of their own on the usual port
    const own = { PORT: String(await freePort()), DATA_DIR: path.join(folder.path, "data") }
    const { code, stderr } = await runProgram(["start"], { ...own, ...env })
    expect(code).toBe(1)
    expect(stderr).toMatch(says)
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  test("a taken port", async () => {
    const port = await freePort()
    const squatter = createServer().listen(port, "127.0.0.1")
    const { code, stderr } = await runProgram(["start"], {
      PORT: String(port),
      DATA_DIR: path.join(folder.path, "data"),
    })
    squatter.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`${port}.*in use`))
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  test("a data directory that can't be one", async () => {
    const file = path.join(folder.path, "a-file")
    writeFileSync(file, "")
    const { code, stderr } = await runProgram(["start"], {
      PORT: String(await freePort()),
      DATA_DIR: path.join(file, "data"),
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/DATA_DIR/)
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })
})

describe("npm start", () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())

  test("[API77] the server stops in good order when the npm that started it is killed", async () => {
    const port = await freePort()
    const npm = spawn("npm", ["start"], {
      cwd: root,
      detached: true,
      env: { ...process.env, PORT: String(port), DATA_DIR: folder.path, LOG_LEVEL: "warn" },
      stdio: ["ignore", "pipe", "ignore"],
    })
    await new Promise<void>((resolve) => {
      npm.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("Alternat is ready at") && resolve())
    })
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    npm.kill("SIGKILL")
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        () => true,
        () => false,
      )
    await expect.poll(answers, { timeout: 60_000 }).toBe(false)
    // in good order: its database has ended too, and nobody holds the directory any more
    await expect.poll(() => existsSync(path.join(folder.path, "alternat.pid")), { timeout: 60_000 }).toBe(false)
    expect(existsSync(path.join(folder.path, "postgres/postmaster.pid"))).toBe(false)
  })
})

describe("starting, stopping, dying", () => {
  const folder = temporaryFolder()
  let running: RunningServer | null = null
  beforeAll(() => mkdirSync(folder.path, { recursive: true }))
  afterAll(async () => {
    await running?.stop()
    folder.remove()
  })

  test("a SIGKILLed server comes back on the same directory with everything it had, and stops cleanly on Ctrl-C", async () => {
    const port = await freePort()
    running = await startServer({ dataDir: folder.path, port })
    const head = await Person.signIn(running.url, "head@us.example")
    const made = await head.post("/api/plans/demo/comments", {
      target: { type: "clause", clauseId: "s2.c1" },
      audience: "shared",
      text: "Survives",
      due: null,
    })
    expect(made.status).toBe(201)
    await running.kill()
    running = await startServer({ dataDir: folder.path, port })
    const again = await Person.signIn(running.url, "head@us.example")
    expect(JSON.stringify(await again.get("/api/plans/demo/comments"))).toContain("Survives")
    expect(await running.stop()).toBe(0)
    running = null
  })

  test("a backup taken beside the running server restores into an empty installation, and into no other", async () => {
    const port = await freePort()
    running = await startServer({ dataDir: folder.path, port })
    const dir = path.join(folder.path, "backup")
    expect((await runProgram(["backup", dir], { DATA_DIR: folder.path })).code).toBe(0)
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
    const other = temporaryFolder()
    expect((await runProgram(["restore", dir], { DATA_DIR: other.path })).code).toBe(0)
    const second = await runProgram(["restore", dir], { DATA_DIR: other.path })
    expect([second.code, second.stderr.trim().split("\n")]).toEqual([1, [expect.stringMatching(/not empty/)]])
    const restored = await startServer({ dataDir: other.path, port: await freePort() })
    const head = await Person.signIn(restored.url, "head@us.example")
    expect(JSON.stringify(await head.get("/api/plans/demo/comments"))).toContain("Survives")
    expect(await restored.stop()).toBe(0)
    expect(await running.stop()).toBe(0)
    running = null
    other.remove()
  })

  test("a dead parent takes the server with it", async () => {
    const port = await freePort()
    const code = `const c=require("node:child_process").spawn(process.execPath,["apps/alternat/dist/main.mjs","start"],{stdio:["ignore","pipe","inherit"]});c.stdout.on("data",d=>process.stdout.write(d))`
    const parent = spawn(process.execPath, ["-e", code], {
      cwd: root,
      env: { ...process.env, PORT: String(port), DATA_DIR: folder.path },
      stdio: ["ignore", "pipe", "ignore"],
    })
    await new Promise<void>((resolve) =>
      parent.stdout.on("data", (chunk: Buffer) => /is ready at/.test(chunk.toString()) && resolve()),
    )
    parent.kill("SIGKILL")
    const deadline = Date.now() + 20_000
    while (
      await fetch(`http://127.0.0.1:${port}/healthz`).then(
        () => true,
        () => false,
      )
    ) {
      if (Date.now() > deadline) throw new Error("it outlived its parent by 20 s")
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(parent.killed).toBe(true)
  })
})
